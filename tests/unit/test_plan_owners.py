"""Whom an authority's measures go to: the SSP leader of the area, BER-33."""

from domain.action_plans import Owner
from domain.leadership import Roster
from domain.parties import Party
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Person,
    Seat,
)
from domain.plan_owners import default_owners, party_leaders
from tests.support.examples import DENNIS, DORTE, person

VALBY, VANLOESE, TINGBJERG = AreaCode("VAL"), AreaCode("VAN"), AreaCode("TIN")
COMMITTEES = (
    Committee(
        code=CommitteeCode("LG1"), type=CommitteeType.LEADER, name="", areas=(VALBY, VANLOESE)
    ),
    Committee(code=CommitteeCode("LG2"), type=CommitteeType.LEADER, name="", areas=(TINGBJERG,)),
    Committee(code=CommitteeCode("PLG"), type=CommitteeType.SSP_PLUS_LEADER, name=""),
)
NEAR, FAR, STAND_IN, PLUS = person("near"), person("far"), person("stand-in"), person("plus")
POLICE = person("police", authority=Authority.KP)
SECRETARIAT = (DORTE.id, DENNIS.id)


def sits(who: Person, code: str, seat: Seat = Seat.MEMBER) -> Membership:
    return Membership(committee=CommitteeCode(code), person=who.id, slot="1", seat=seat)


def owners(*memberships: Membership, areas: frozenset[AreaCode]) -> dict[Party, Owner]:
    return default_owners(roster(*memberships), areas=areas, secretariat=SECRETARIAT)


def roster(*memberships: Membership) -> Roster:
    return Roster.of(
        people=[NEAR, FAR, STAND_IN, PLUS, POLICE], committees=COMMITTEES, memberships=memberships
    )


class TestTheOwner:
    def test_is_the_leader_of_the_area_and_a_substitute_stands_in(self) -> None:
        found = owners(
            sits(FAR, "LG2"),
            sits(NEAR, "LG1"),
            sits(STAND_IN, "LG1", Seat.SUBSTITUTE),
            areas=frozenset({VALBY}),
        )

        assert found[Party.SOF] == Owner(person=NEAR.id, substitute=STAND_IN.id)

    def test_of_two_areas_is_who_leads_most_of_them(self) -> None:
        found = owners(
            sits(FAR, "LG2"), sits(NEAR, "LG1"), areas=frozenset({VALBY, VANLOESE, TINGBJERG})
        )

        assert found[Party.SOF] == Owner(person=NEAR.id, substitute=FAR.id)

    def test_is_somebody_elsewhere_where_nobody_leads_the_area(self) -> None:
        found = owners(sits(FAR, "LG2"), areas=frozenset({VALBY}))

        assert found[Party.SOF].person == FAR.id

    def test_of_an_authority_that_nobody_leads_is_nobody(self) -> None:
        found = owners(sits(NEAR, "LG1"), areas=frozenset({VALBY}))

        assert Party.KP not in found

    def test_is_a_substitute_where_there_is_nobody_else(self) -> None:
        found = owners(sits(STAND_IN, "LG1", Seat.SUBSTITUTE), areas=frozenset({VALBY}))

        assert found[Party.SOF] == Owner(person=STAND_IN.id)

    def test_of_the_secretariats_measures_is_whoever_is_on_duty(self) -> None:
        found = owners(areas=frozenset())

        assert found == {Party.SEK: Owner(person=DORTE.id, substitute=DENNIS.id)}

    def test_stands_in_from_the_area_before_from_elsewhere(self) -> None:
        found = owners(
            sits(NEAR, "LG1"),
            sits(FAR, "LG2", Seat.SUBSTITUTE),
            sits(PLUS, "PLG", Seat.SUBSTITUTE),
            sits(STAND_IN, "LG1", Seat.SUBSTITUTE),
            areas=frozenset({VALBY}),
        )

        assert found[Party.SOF].substitute == STAND_IN.id


class TestWhoHearsOfWhatIsLate:
    """BER-34: each authority's SSP leaders."""

    def test_is_all_who_lead_there(self) -> None:
        heard = party_leaders(
            roster(sits(NEAR, "LG1"), sits(POLICE, "LG1")),
            areas=frozenset({VALBY}),
            secretariat=SECRETARIAT,
        )

        assert heard[Party.SOF] == (NEAR.id,)
        assert heard[Party.KP] == (POLICE.id,)
        assert heard[Party.SEK] == SECRETARIAT
        assert heard[Party.KFO] == ()
