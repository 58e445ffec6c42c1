"""Who could be reached: what somebody lacks, and how it is counted (BER-19)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import Address, Known
from domain.leadership import Roster
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    PersonId,
    Seat,
)
from domain.reachability import SILENT_AFTER, UNREACHABLE, Lack, counted, groups, lacks, reach
from tests.support.examples import MONDAY_NOON, person

ADDRESS = Address(conversation_id="chat", service_url="https://teams.example/", tenant_id="t")
HEARD = Known(address=ADDRESS, blocked_why=None, heard_at=MONDAY_NOON)
GROUP = Committee(
    code=CommitteeCode("KG1"),
    type=CommitteeType.COORDINATION,
    name="KG1",
    areas=(AreaCode("VAL"), AreaCode("VAN")),
)
PEOPLE = [
    person(f"p{number}", authority=authority)
    for number, authority in enumerate([*Authority, Authority.SOF])
]
KNOWN = st.dictionaries(
    st.sampled_from([each.id for each in PEOPLE]),
    st.builds(
        Known,
        address=st.just(ADDRESS),
        blocked_why=st.sampled_from([None, "blocked", "app_missing", "removed"]),
        heard_at=st.sampled_from([None, MONDAY_NOON, MONDAY_NOON - 2 * SILENT_AFTER]),
    ),
)


def sits(who: int, slot: str, seat: Seat = Seat.MEMBER) -> Membership:
    return Membership(committee=GROUP.code, person=PEOPLE[who].id, slot=slot, seat=seat)


def roster(*memberships: Membership) -> Roster:
    return Roster.of(people=PEOPLE, committees=[GROUP], memberships=memberships)


class TestSomebody:
    @pytest.mark.parametrize(
        ("known", "lack"),
        [
            (HEARD, None),
            (None, Lack.APP_MISSING),
            (replace(HEARD, blocked_why="app_missing"), Lack.APP_MISSING),
            (replace(HEARD, blocked_why="removed"), Lack.APP_MISSING),
            (replace(HEARD, blocked_why="blocked"), Lack.BLOCKED),
            (replace(HEARD, heard_at=MONDAY_NOON - SILENT_AFTER), None),
            (
                replace(HEARD, heard_at=MONDAY_NOON - SILENT_AFTER - timedelta(seconds=1)),
                Lack.SILENT,
            ),
            (replace(HEARD, heard_at=None), Lack.SILENT),
        ],
    )
    def test_can_be_reached_or_it_is_said_why_not(
        self, known: Known | None, lack: Lack | None
    ) -> None:
        assert reach(known, now=MONDAY_NOON) is lack

    def test_has_a_substitute_when_somebody_stands_in_for_the_same_seat(self) -> None:
        found = lacks(
            roster(sits(0, "KG.1"), sits(1, "KG.1", Seat.SUBSTITUTE), sits(2, "KG.2")),
            {each.id: HEARD for each in PEOPLE},
            now=MONDAY_NOON,
        )

        assert {who for who, lack in found.items() if Lack.NO_SUBSTITUTE in lack} == {PEOPLE[2].id}

    def test_without_an_address_has_no_second_way(self) -> None:
        silent = replace(PEOPLE[0], email="")
        found = Roster.of(people=[silent], committees=[], memberships=[])

        assert lacks(found, {silent.id: HEARD}, now=MONDAY_NOON) == {
            silent.id: frozenset({Lack.NO_EMAIL})
        }


class TestAGroup:
    @given(KNOWN)
    def test_adds_up(self, known: dict[PersonId, Known]) -> None:
        """BER-13's habit: who can be reached and who cannot are everybody."""
        found = roster(sits(0, "KG.1"), sits(6, "KG.2"))
        lacking = lacks(found, {PEOPLE[0].id: HEARD} | known, now=MONDAY_NOON)

        for group in groups(found):
            numbers = counted(group, lacking, with_names=True)
            cannot = sum(numbers.counts.get(lack, 0) for lack in UNREACHABLE)
            assert numbers.reachable + cannot == numbers.total == len(group.people)
            assert numbers.counts == {k: len(v) for k, v in numbers.lacking.items()}
        whole = [each for each in groups(found) if each.area is None]
        assert sum(len(each.people) for each in whole) == len(PEOPLE)

    def test_is_an_authority_and_each_of_its_areas(self) -> None:
        found = groups(roster(sits(0, "KG.1")))

        assert [(each.area, list(each.people)) for each in found][:3] == [
            (None, [PEOPLE[0].id, PEOPLE[6].id]),
            ("VAL", [PEOPLE[0].id]),
            ("VAN", [PEOPLE[0].id]),
        ]

    def test_names_nobody_unless_it_may(self) -> None:
        found = roster()
        group = groups(found)[0]

        numbers = counted(group, lacks(found, {}, now=MONDAY_NOON), with_names=False)

        assert numbers.counts == {Lack.APP_MISSING: 2, Lack.NO_EMAIL: 2}
        assert not numbers.lacking
