"""Who leads whom: the same authority, and the same area or SSP+ (domain.md §3)."""

import pytest

from domain.leadership import Roster
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
from tests.support.examples import person

VALBY, VANLOESE = AreaCode("VAL"), AreaCode("VAN")


def committee(code: str, type: CommitteeType, *areas: AreaCode) -> Committee:
    return Committee(code=CommitteeCode(code), type=type, name=code, areas=areas)


COMMITTEES = (
    committee("LG1", CommitteeType.LEADER, VALBY, VANLOESE),
    committee("LG2", CommitteeType.LEADER, AreaCode("TIN")),
    committee("KG1", CommitteeType.COORDINATION, VALBY),
    committee("LU1", CommitteeType.LOCAL, VANLOESE),
    committee("PLG", CommitteeType.SSP_PLUS_LEADER),
    committee("PKG", CommitteeType.SSP_PLUS_COORDINATION),
)
LEADER, STAND_IN, MEMBER = person("leader"), person("stand-in"), person("member")
POLICE = person("police", authority=Authority.KP)


def sits(who: Person, code: str, seat: Seat = Seat.MEMBER) -> Membership:
    return Membership(committee=CommitteeCode(code), person=who.id, slot="1", seat=seat)


def roster(*memberships: Membership) -> Roster:
    return Roster.of(
        people=[LEADER, STAND_IN, MEMBER, POLICE], committees=COMMITTEES, memberships=memberships
    )


class TestTheLeadersOfAPerson:
    @pytest.mark.parametrize("code", ["KG1", "LU1"])
    def test_sit_in_the_leader_group_of_their_area(self, code: str) -> None:
        found = roster(sits(LEADER, "LG1"), sits(MEMBER, code))

        assert found.leaders_of(MEMBER.id) == [LEADER.id]

    def test_are_of_their_own_authority(self) -> None:
        found = roster(sits(LEADER, "LG1"), sits(POLICE, "KG1"))

        assert found.leaders_of(POLICE.id) == []

    def test_lead_their_own_area_and_no_other(self) -> None:
        found = roster(sits(LEADER, "LG2"), sits(MEMBER, "KG1"))

        assert found.leaders_of(MEMBER.id) == []

    def test_are_those_of_ssp_plus_for_who_sits_there(self) -> None:
        found = roster(sits(LEADER, "PLG"), sits(MEMBER, "PKG"))

        assert found.leaders_of(MEMBER.id) == [LEADER.id]

    def test_are_not_their_substitutes(self) -> None:
        found = roster(sits(STAND_IN, "LG1", Seat.SUBSTITUTE), sits(MEMBER, "KG1"))

        assert found.leaders_of(MEMBER.id) == []
        assert not found.is_ssp_leader(STAND_IN.id)

    def test_are_nobody_for_who_sits_nowhere(self) -> None:
        assert roster(sits(LEADER, "LG1")).leaders_of(MEMBER.id) == []

    def test_are_not_oneself(self) -> None:
        found = roster(sits(LEADER, "LG1"), sits(LEADER, "KG1"))

        assert found.leaders_of(LEADER.id) == []
        assert found.is_ssp_leader(LEADER.id)
