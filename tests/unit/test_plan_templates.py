"""Every template that ships is sound, and what is not is said in a sentence: BER-39."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from cards.words import speak
from domain.alerts import Level
from domain.parties import Party
from domain.people import Language
from domain.plan_templates import (
    CardRole,
    Data,
    PlanKind,
    PlanTier,
    Steering,
    Template,
)
from domain.plan_times import Relative, Unit
from domain.template_fields import TemplateFlawed
from domain.template_reading import catalogue_from
from tests.support.action_plans import CATALOGUE
from tests.support.template_mistakes import (
    MISTAKES,
    anything,
    measures,
    mistakes,
    problems,
    with_measure,
)
from usecases.read_readiness import shipped

FIRST_DAY = {  # readiness.md §5.3: the bold ones
    "H1": "M1 M2 M5 M12 M19",
    "H2": "M1 M2 M8 M12 M15 M19",
    "H3": "M2 M1 M11 M12 M16 M19",
    "H4": "M1 M2 M8 M12 M19",
    "H5": "M8 M2 M12 M15",
    "H6": "M1 M2 M8 M12 M13 M16 M19",
    "H7": "M2 M1 M12 M19",
    "H8": "M8 M1 M2 M5 M12",
    "H9": "M12 M19",
}
LATER = {
    "H1": "M3 M4 M7 M9 M10 M13",
    "H2": "M5 M6 M7 M14",
    "H3": "M5 M6 M8 M13 M14",
    "H4": "M5 M6 M7",
    "H5": "M1 M5 M6 M11",
    "H6": "M5 M6 M7 M14",
    "H7": "M3 M4 M5 M10 M18",
    "H8": "M7",
    "H9": "",
    "B1": "M6 M1 M2 M7 M12",
    "B2": "M7 M10 M1 M8 M12",
    "B3": "M7 M1 M8 M12",
    "B4": "M8 M7 M1 M2 M6 M12",
    "B5": "M2 M8 M1 M12 M13 M16",
    "B6": "M2 M8 M1 M12 M13 M16",
    "Ø1": "",
    "Ø2": "",
}
LEVELS = {"H3": Level.FULL, "H6": Level.FULL, "H7": Level.FULL}
BOTH = measures({"measure": "M20"}, {"measure": "M1"})
every_template = pytest.mark.parametrize(
    "template", CATALOGUE.templates.values(), ids=lambda each: str(each.code)
)


def named(codes: str) -> set[str]:
    return set(codes.split())


class TestTheCatalogue:
    def test_has_every_measure_but_investigation(self) -> None:
        assert set(CATALOGUE.measures) == {f"M{number}" for number in range(1, 20)}

    def test_has_every_template(self) -> None:
        assert set(CATALOGUE.templates) == set(LATER)

    def test_gives_measures_their_hours(self) -> None:
        hours = {
            each.code: each.deadline.count
            for each in CATALOGUE.measures.values()
            if isinstance(each.deadline, Relative) and each.deadline.unit is Unit.HOURS
        }

        assert hours == {
            **dict.fromkeys(["M2", "M16"], 2),
            **dict.fromkeys(["M1", "M8", "M12"], 4),
            **dict.fromkeys(["M3", "M5", "M6", "M7", "M11", "M13", "M15", "M17"], 24),
            **dict.fromkeys(["M4", "M18"], 48),
            "M9": 72,
        }

    def test_keeps_no_words_where_they_belong_to_the_young_peoples_cases(self) -> None:
        assert {each.code for each in CATALOGUE.measures.values() if each.wordless} == {
            "M3",
            "M17",
        }

    def test_has_an_action_card_for_each_role(self) -> None:
        steps = {role: len(CATALOGUE.cards[role].steps) for role in CardRole}

        assert steps == {CardRole.SECRETARIAT: 7, CardRole.SSP_LEADER: 6}

    def test_offers_templates_by_kind(self) -> None:
        offered = {kind: len(CATALOGUE.offered(kind)) for kind in PlanKind}

        assert offered == {PlanKind.ACUTE: 9, PlanKind.KNOWN: 6, PlanKind.DRILL: 2}


class TestEveryTemplate:
    @every_template
    def test_has_the_measures_of_the_catalogue(self, template: Template) -> None:
        first = {each.kind for each in template.measures if each.first_day}

        assert first == named(FIRST_DAY.get(template.code, ""))
        assert {each.kind for each in template.measures} - first == named(LATER[template.code])

    @every_template
    def test_has_its_kind_and_level(self, template: Template) -> None:
        kind = {"H": PlanKind.ACUTE, "B": PlanKind.KNOWN, "Ø": PlanKind.DRILL}[template.code[0]]
        level = {
            PlanKind.ACUTE: LEVELS.get(template.code, Level.COORDINATION),
            PlanKind.KNOWN: Level.ORIENTATION,
            PlanKind.DRILL: None,
        }[kind]

        assert (template.kind, template.level) == (kind, level)

    @every_template
    def test_ships_with_everything_of_the_list(self, template: Template) -> None:
        assert template.title
        assert template.trigger
        assert template.parties
        assert template.distribution
        assert all((template.lists.agenda, template.lists.close_down, template.lists.evaluation))

    @every_template
    def test_runs_for_a_limited_period_unless_somebody_must_set_it(
        self, template: Template
    ) -> None:
        """BER-56: the free template alone leaves it open."""
        assert (template.period is None) == (template.code == "H9")

    @every_template
    def test_gives_nobody_outside_ssp_more_than_the_reduced_version(
        self, template: Template
    ) -> None:
        """BER-48: whoever is outside hears of it in the reduced version."""
        tiers = {each.to: each.tier for each in template.distribution}

        assert {tiers.get(each, PlanTier.EXTERNAL) for each in template.externals} <= {
            PlanTier.EXTERNAL
        }

    def test_of_the_whole_city_is_approved(self) -> None:
        asked = {
            each.code
            for each in CATALOGUE.templates.values()
            if each.steering is Steering.APPROVAL
        }

        assert asked == {"H6"}

    def test_has_probation_only_where_a_conflict_lasts(self) -> None:
        """BER-12: off by default."""
        having = {each.code for each in CATALOGUE.templates.values() if Party.KFO in each.parties}

        assert having == {"H7"}

    def test_of_a_holiday_becomes_the_acute_one_when_it_goes_wrong(self) -> None:
        assert {
            each.code: each.becomes for each in CATALOGUE.templates.values() if each.becomes
        } == {"B4": "H8", "B5": "H6", "B6": "H6"}


class TestAMistake:
    @pytest.mark.parametrize(
        ("template", "changes", "code"), MISTAKES, ids=lambda each: str(each)[:60]
    )
    def test_in_a_template_is_found(
        self, template: str, changes: dict[str, Data | None], code: str
    ) -> None:
        assert code in mistakes(template, **changes)

    def test_is_said_in_a_sentence_that_names_the_template(self) -> None:
        found = [each for code, changes, _ in MISTAKES for each in problems(code, changes)]

        for language in Language:
            say = speak(language)
            for each in found:
                assert re.match(r"[HBØ]\d", say(f"rule.{each.code}", **each.facts))

    def test_does_not_hide_the_next(self) -> None:
        found = mistakes("H1", title=None, level="0", measures=BOTH)

        assert found == ["template.missing", "template.number", "template.investigation"]

    def test_of_a_measure_without_deadline_is_found(self) -> None:
        with pytest.raises(TemplateFlawed, match=r"template.no_deadline.*M98") as flawed:
            catalogue_from(with_measure({"code": "M98", "title": "Nyt", "party": "SOF"}))

        assert {each.code for each in flawed.value.problems} == {"template.no_deadline"}

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"code": "M20", "title": "Efterforskning", "party": "KP"}, "investigation"),
            ({"code": "M98", "title": "Slukning", "party": "HB"}, "no_party"),
            ({"code": "M1", "title": "Gade", "party": "SOF"}, "twice"),
        ],
    )
    def test_in_the_measures_is_found(self, changes: dict[str, Data], code: str) -> None:
        with pytest.raises(TemplateFlawed, match=f"template.{code}"):
            catalogue_from(with_measure({**changes, "deadline": "T+1 timer"}))

    def test_in_a_list_or_a_card_is_found(self) -> None:
        with pytest.raises(TemplateFlawed, match=r"agenda"):
            catalogue_from(replace(shipped(), lists={"goal": ["Ro"]}))
        with pytest.raises(TemplateFlawed, match=r"chef"):
            catalogue_from(
                replace(shipped(), cards={"cards": [{"role": "chef", "title": "Chefen"}]})
            )

    @given(anything)
    def test_of_any_shape_is_named_and_never_a_crash(self, value: Data) -> None:
        for field in ("measures", "parties", "period", "cadence", "level", "distribution"):
            assert all(each.startswith("template.") for each in mistakes("H1", **{field: value}))
