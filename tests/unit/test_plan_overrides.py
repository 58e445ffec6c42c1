"""What the Secretariat changes in templates, drills of templates, and files of YAML: BER-39."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alerts import Level
from domain.plan_templates import Data, Override, PlanKind, merged, rehearsing
from domain.plan_times import resolve
from domain.template_reading import TemplateFlawed, catalogue_from
from tests.support.action_plans import CATALOGUE, NOW
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
