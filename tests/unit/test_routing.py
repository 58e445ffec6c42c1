"""Routing: the table of domain.md §4, AREA-3, AREA-7 and CON-6."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ages import AgeBand
from domain.levels import CRITERIA
from domain.people import AreaCode, CommitteeCode
from domain.routing import ROUTING_VERSION, Outcome, Route, route

VALBY = AreaCode("VAL")
KG = CommitteeCode("KG6")
PKG = CommitteeCode("PKG")


@dataclass(frozen=True)
class Facts:
    """A level-1 concern about a named schoolchild in Valby, unless told otherwise."""

    band: AgeBand = AgeBand.SSP
    level: int | None = 1
    criteria: frozenset[str] = field(default_factory=frozenset)
    area: AreaCode | None = VALBY
    elsewhere: bool = False
    name_known: bool = True
    group_of_area: CommitteeCode | None = KG
    ssp_plus_group: CommitteeCode | None = PKG

    def routed(self) -> Route:
        return route(
            band=self.band,
            level=self.level,
            criteria=self.criteria,
            area=self.area,
            elsewhere=self.elsewhere,
            name_known=self.name_known,
            group_of_area=self.group_of_area,
            ssp_plus_group=self.ssp_plus_group,
        )


CHILD = Facts()
ADULT = replace(CHILD, band=AgeBand.SSP_PLUS_AGE, level=3)

ANY_FACTS = st.builds(
    Facts,
    band=st.sampled_from(AgeBand),
    level=st.sampled_from([None, 1, 2, 3, 4]),
    criteria=st.frozensets(st.sampled_from([each.code for each in CRITERIA])),
    area=st.sampled_from([None, VALBY]),
    elsewhere=st.booleans(),
    name_known=st.booleans(),
    group_of_area=st.sampled_from([None, KG]),
    ssp_plus_group=st.sampled_from([None, PKG]),
)


@pytest.mark.parametrize("level", [None, 1, 2, 3, 4])
def test_con_2_the_group_of_the_area_handles_all_levels(level: int | None) -> None:
    routed = replace(CHILD, level=level).routed()

    assert (routed.outcome, routed.destination) == (Outcome.GROUP, KG)
    assert routed.reasons == ("route.group_of_area",)
    assert not routed.also_assess_ssp_plus


def test_age_5_between_17_and_a_half_and_18_ssp_plus_is_assessed_too() -> None:
    routed = replace(CHILD, band=AgeBand.SSP_TRANSITION).routed()

    assert routed.destination == KG
    assert routed.also_assess_ssp_plus
    assert routed.reasons == ("route.group_of_area", "route.assess_ssp_plus")


@pytest.mark.parametrize(
    ("band", "reason"),
    [(AgeBand.UNDER_10, "route.under_10"), (AgeBand.OVER, "route.over")],
)
def test_age_outside_10_to_25_is_diverted(band: AgeBand, reason: str) -> None:
    routed = replace(CHILD, band=band).routed()

    assert (routed.outcome, routed.destination) == (Outcome.DIVERTED, None)
    assert routed.reasons == (reason,)


@pytest.mark.parametrize("level", [3, 4])
def test_age_4_repeated_or_person_dangerous_crime_from_18_goes_to_ssp_plus(level: int) -> None:
    routed = replace(ADULT, level=level).routed()

    assert routed.destination == PKG
    assert routed.reasons == ("route.ssp_plus_group",)


def test_plus_1_ssp_plus_is_city_wide_and_needs_no_area() -> None:
    assert replace(ADULT, area=None, group_of_area=None).routed().destination == PKG


@pytest.mark.parametrize("level", [1, 2])
def test_k19_an_adult_at_a_low_level_goes_to_triage(level: int) -> None:
    routed = replace(ADULT, level=level).routed()

    assert (routed.outcome, routed.destination) == (Outcome.TRIAGE, None)
    assert routed.reasons == ("route.adult_low",)


@pytest.mark.parametrize(
    ("criteria", "destination", "reasons"),
    [
        ({"L4.b"}, PKG, ("route.ssp_plus_group",)),
        ({"L4.e"}, PKG, ("route.ssp_plus_group",)),
        ({"L2.d"}, None, ("route.adult_low",)),
        (set(), None, ("route.level_unknown",)),
    ],
)
def test_age_4_without_a_proposed_level_the_criteria_count(
    criteria: set[str], destination: CommitteeCode | None, reasons: tuple[str, ...]
) -> None:
    routed = replace(ADULT, level=None, criteria=frozenset(criteria)).routed()

    assert (routed.destination, routed.reasons) == (destination, reasons)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (replace(CHILD, elsewhere=True), "route.elsewhere"),
        (replace(CHILD, elsewhere=True, area=None, group_of_area=None), "route.elsewhere"),
        (replace(CHILD, area=None, group_of_area=None), "route.area_unknown"),
        (replace(CHILD, group_of_area=None), "route.area_unmapped"),
        (replace(CHILD, name_known=False), "route.name_unknown"),
        (replace(CHILD, band=AgeBand.UNKNOWN), "route.age_unknown"),
        (replace(ADULT, ssp_plus_group=None), "route.no_ssp_plus_group"),
        (replace(ADULT, elsewhere=True), "route.elsewhere"),
    ],
)
def test_whatever_is_in_doubt_goes_to_triage(facts: Facts, reason: str) -> None:
    routed = facts.routed()

    assert (routed.outcome, routed.destination) == (Outcome.TRIAGE, None)
    assert routed.reasons == (reason,)


def test_every_doubt_is_told() -> None:
    routed = replace(CHILD, name_known=False, area=None).routed()

    assert routed.reasons == ("route.name_unknown", "route.area_unknown")


@given(ANY_FACTS)
def test_con_6_every_concern_is_routed_and_the_route_explained(facts: Facts) -> None:
    routed = facts.routed()

    assert (routed.outcome is Outcome.GROUP) == (routed.destination is not None)
    assert routed.destination in {None, facts.group_of_area, facts.ssp_plus_group}
    assert routed.reasons
    assert routed.version == ROUTING_VERSION


@given(ANY_FACTS)
def test_age_only_an_age_outside_the_target_group_is_diverted(facts: Facts) -> None:
    outside = facts.band in {AgeBand.UNDER_10, AgeBand.OVER}

    assert (facts.routed().outcome is Outcome.DIVERTED) == outside


@given(ANY_FACTS)
def test_age_8_only_adults_go_to_ssp_plus_alone(facts: Facts) -> None:
    assert facts.routed().destination != PKG or facts.band is AgeBand.SSP_PLUS_AGE


@given(ANY_FACTS)
def test_age_5_the_assessment_follows_the_band_and_nothing_else(facts: Facts) -> None:
    assert facts.routed().also_assess_ssp_plus == (facts.band is AgeBand.SSP_TRANSITION)
