"""What the Secretariat changes in templates, drills of templates, and files of YAML: BER-39."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alerts import Level
from domain.plan_frames import Frame, read_frame
from domain.plan_templates import Data, Override, PlanKind, merged, rehearsing
from domain.plan_times import resolve
from domain.template_fields import TemplateFlawed
from domain.template_reading import catalogue_from, read_template
from domain.template_writing import changes_of, written_frame, written_template
from tests.support.action_plans import CATALOGUE, NOW, plan
from tests.support.examples import DORTE
from tests.support.template_mistakes import measures
from usecases.read_readiness import data_of, shipped


def override(code: str, **changes: Data | None) -> Override:
    return Override(template=code, revision=3, changes=changes, by=DORTE.id, at=NOW)


class TestWhatTheSecretariatChanges:
    """BER-39: overrides lie on top of what ships, without code."""

    def test_replaces_those_fields_and_no_others(self) -> None:
        catalogue = catalogue_from(shipped(), [override("H2", title="Brande", level="3")])

        changed, before = catalogue.templates["H2"], CATALOGUE.templates["H2"]
        assert (changed.title, changed.level, changed.label) == ("Brande", Level.FULL, "1.3")
        assert changed.measures == before.measures
        assert catalogue.templates["H1"] == CATALOGUE.templates["H1"]

    def test_can_have_an_agenda_of_its_own(self) -> None:
        catalogue = catalogue_from(shipped(), [override("H2", agenda=["Kun ilden"])])

        assert catalogue.templates["H2"].lists.agenda == ("Kun ilden",)
        assert catalogue.templates["H2"].lists.evaluation == CATALOGUE.lists.evaluation

    def test_can_take_a_template_out_of_use_or_add_one(self) -> None:
        own: dict[str, Data | None] = {
            "kind": "acute",
            "title": "Oversvømmelse",
            "trigger": "Vand i kældre.",
            "level": "2",
            "measures": measures({"measure": "M12", "first_day": "ja"}),
        }

        catalogue = catalogue_from(
            shipped(), [override("H8", in_use="nej"), override("E1", **own)]
        )

        offered = [each.code for each in catalogue.offered(PlanKind.ACUTE)]
        assert "H8" not in offered
        assert "E1" in offered

    def test_is_refused_when_it_does_not_hang_together(self) -> None:
        with pytest.raises(TemplateFlawed, match="investigation"):
            catalogue_from(shipped(), [override("H2", measures=measures({"measure": "M20"}))])

    @given(st.dictionaries(st.sampled_from(["title", "goal", "level"]), st.none() | st.text()))
    def test_merges_field_by_field(self, changes: dict[str, str | None]) -> None:
        ships: dict[str, Data] = {"title": "Brand", "kind": "acute"}

        laid = merged(ships, changes)

        assert laid["kind"] == "acute"
        assert all(laid.get(name) == value for name, value in changes.items())
        assert merged(laid, changes) == laid


class TestATemplateInAForm:
    @pytest.mark.parametrize("code", sorted(CATALOGUE.templates))
    def test_is_written_as_it_is_read(self, code: str) -> None:
        template = CATALOGUE.templates[code]

        written = written_template(template, shared=CATALOGUE.lists)

        again = read_template(json.loads(json.dumps(written)), catalogue=CATALOGUE, revision=0)
        assert again == template

    def test_is_kept_as_what_was_changed_and_no_more(self) -> None:
        before = written_template(CATALOGUE.templates["H2"], shared=CATALOGUE.lists)
        after: dict[str, Data] = {**before, "title": "Brande", "agenda": ["Ilden"]}
        del after["period"]

        changes = changes_of(after, shipped=before)

        assert changes == {"title": "Brande", "agenda": ["Ilden"], "period": None}
        assert merged(before, changes) == after
        changed = catalogue_from(shipped(), [override("H2", **changes)]).templates["H2"]
        assert (changed.title, changed.period) == ("Brande", None)
        assert changed.measures == CATALOGUE.templates["H2"].measures

    @pytest.mark.parametrize("code", sorted(CATALOGUE.templates))
    def test_is_kept_with_the_plan_that_was_made_of_it(self, code: str) -> None:
        made = plan(code)

        frame = read_frame(json.loads(json.dumps(written_frame(made))))

        assert frame == Frame(
            cadence=made.cadence,
            distribution=made.distribution,
            externals=made.externals,
            lists=made.lists,
        )

    def test_that_somebody_else_wrote_is_refused(self) -> None:
        with pytest.raises(TemplateFlawed, match="no_fields"):
            read_frame({"lists": "ingen"})


class TestADrill:
    def test_practises_another_template_in_its_own_hours(self) -> None:
        drill, practised = CATALOGUE.templates["Ø2"], CATALOGUE.templates["H3"]

        rehearsed = rehearsing(drill, practised)

        assert rehearsed.kind is PlanKind.DRILL
        assert (rehearsed.level, rehearsed.measures) == (Level.FULL, practised.measures)
        assert rehearsed.period is not None
        ends = resolve(rehearsed.period.ends, start=NOW)
        assert ends - NOW == timedelta(minutes=90)


class TestAFileOfYaml:
    def test_keeps_words_as_they_are_written(self) -> None:
        assert data_of("at: [10.00, 16:30]\nin_use: nej") == {
            "at": ["10.00", "16:30"],
            "in_use": "nej",
        }

    def test_that_says_a_field_twice_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"linje 2: »title« står der to gange"):
            data_of("title: Brand\ntitle: Ild")

    def test_that_builds_anything_builds_nothing(self) -> None:
        assert data_of("!!python/object/apply:os.getcwd []") == []
