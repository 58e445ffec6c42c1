"""Who should sit where (domain.md §3), and what the composition report says is missing."""

from dataclasses import replace

import pytest
from hypothesis import given

from demo.organisation import demo_organisation
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Institution,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from domain.representation import (
    LEISURE_CENTRE,
    SCHOOL,
    SLOTS,
    Gap,
    gaps,
    required_slots,
    slot_codes,
)
from tests.support.organisations import organisations

VALBY, VANLOSE = AreaCode("VAL"), AreaCode("VAN")
GROUP = Committee(
    code=CommitteeCode("KG5"),
    type=CommitteeType.COORDINATION,
    name="Koordinationsgruppe 5",
    areas=(VALBY, VANLOSE),
)
LOCAL = Committee(
    code=CommitteeCode("LU-VAL"),
    type=CommitteeType.LOCAL,
    name="Lokaludvalg Valby",
    areas=(VALBY,),
)
STEERING = Committee(code=CommitteeCode("SG"), type=CommitteeType.STEERING, name="Styregruppen")
PLACES = (
    Institution(area=VALBY, name="Ulvesporslundens Skole", kind=SCHOOL),
    Institution(area=VALBY, name="Isfugleengens Skole", kind=SCHOOL),
    Institution(area=VALBY, name="Fritidscenter Ildfluen", kind=LEISURE_CENTRE),
    Institution(area=VANLOSE, name="Egernsdalens Skole", kind=SCHOOL),
)
CARL = Person(
    id=PersonId("carl"),
    aad_id="00000000-0000-0000-0000-0000000000c0",
    name="Carl",
    authority=Authority.KP,
    function="Politifaglig forebygger",
    email="carl@ssp-demo.example",
)


def seat(
    person: Person, slot: str, *, at: Committee = GROUP, as_: Seat = Seat.MEMBER
) -> Membership:
    return Membership(committee=at.code, person=person.id, slot=slot, seat=as_)


def least(committee: Committee) -> dict[str, int]:
    return {each.slot.code: each.least for each in required_slots(committee, PLACES)}


def missing(
    people: list[Person], seats: list[Membership], *, at: Committee = GROUP
) -> dict[str, int]:
    organisation = Organisation(
        people=people, committees=[at], memberships=seats, institutions=PLACES
    )
    return {gap.slot.code: gap.missing for gap in gaps(organisation)}


class TestRequiredSlots:
    def test_a_coordination_group_has_one_teacher_for_each_area_it_serves(self) -> None:
        assert least(GROUP) == {"KG.1": 1, "KG.2": 1, "KG.3": 1, "KG.4": 2, "KG.5": 1, "KG.6": 1}

    def test_a_local_committee_has_someone_from_each_school_and_centre_of_its_own_area(
        self,
    ) -> None:
        asked = least(LOCAL)

        assert (asked["LU.3"], asked["LU.4"]) == (2, 1)

    def test_a_local_committee_without_a_school_needs_no_teacher(self) -> None:
        assert least(replace(LOCAL, areas=(VANLOSE,)))["LU.4"] == 0

    def test_a_leader_group_has_two_school_heads_however_many_areas_it_leads(self) -> None:
        leaders = replace(GROUP, code=CommitteeCode("LG3"), type=CommitteeType.LEADER)

        assert least(leaders)["LG.3"] == 2

    @pytest.mark.parametrize(
        ("committee", "rows"),
        [("SG", 7), ("CG", 6), ("LG", 7), ("PLG", 7), ("LU", 7), ("KG", 6), ("PKG", 8)],
    )
    def test_every_committee_has_the_rows_of_the_framework(
        self, committee: str, rows: int
    ) -> None:
        assert sum(slot.committee == committee for slot in SLOTS) == rows

    def test_every_slot_names_the_authority_or_the_office_that_fills_it(self) -> None:
        assert [
            slot.code for slot in SLOTS if (slot.authority is None) == (slot.office is None)
        ] == []


class TestGaps:
    def test_a_seat_of_the_right_authority_fills_its_slot(self) -> None:
        assert "KG.5" not in missing([CARL], [seat(CARL, "KG.5")])

    @pytest.mark.parametrize("as_", [Seat.SUBSTITUTE, Seat.FACILITATOR])
    def test_only_standing_members_fill_a_slot(self, as_: Seat) -> None:
        assert missing([CARL], [seat(CARL, "KG.5", as_=as_)])["KG.5"] == 1

    def test_somebody_of_another_authority_does_not_fill_it(self) -> None:
        teacher = replace(CARL, authority=Authority.BUF)

        assert missing([teacher], [seat(teacher, "KG.5")])["KG.5"] == 1

    def test_somebody_who_has_left_does_not_fill_it(self) -> None:
        gone = replace(CARL, active=False)

        assert missing([gone], [seat(gone, "KG.5")])["KG.5"] == 1

    def test_a_seat_whose_person_is_unknown_does_not_fill_it(self) -> None:
        assert missing([], [seat(CARL, "KG.5")])["KG.5"] == 1

    def test_one_person_fills_one_slot_of_a_committee(self) -> None:
        """REP-2."""
        found = missing([CARL], [seat(CARL, "KG.5"), seat(CARL, "KG.6")])

        assert ("KG.5" in found, found["KG.6"]) == (False, 1)

    def test_one_teacher_where_two_are_asked_for_leaves_one_missing(self) -> None:
        teacher = replace(CARL, authority=Authority.BUF)

        assert missing([teacher], [seat(teacher, "KG.4")])["KG.4"] == 1

    def test_only_the_head_of_secretariat_fills_the_chair_of_the_steering_group(self) -> None:
        head = replace(CARL, offices=frozenset({Office.HEAD}))
        chair = [seat(head, "SG.7", at=STEERING, as_=Seat.CHAIR)]

        assert "SG.7" not in missing([head], chair, at=STEERING)
        assert missing([CARL], chair, at=STEERING)["SG.7"] == 1

    @given(organisations())
    def test_a_gap_is_never_larger_than_what_is_asked_for(
        self, organisation: Organisation
    ) -> None:
        for gap in gaps(organisation):
            assert 0 < gap.missing <= gap.least

    @given(organisations())
    def test_seating_somebody_for_what_is_missing_closes_the_gap(
        self, organisation: Organisation
    ) -> None:
        """The report asks for exactly what would satisfy it."""
        filled = organisation
        for gap in gaps(organisation):
            filled = _seated(filled, gap)

        assert gaps(filled) == []

    @given(organisations())
    def test_nobody_leaving_can_close_a_gap(self, organisation: Organisation) -> None:
        before = {(gap.committee, gap.slot.code): gap.missing for gap in gaps(organisation)}
        someone = organisation.people[0]
        left = replace(
            organisation,
            people=[replace(someone, active=False), *organisation.people[1:]],
        )

        after = {(gap.committee, gap.slot.code): gap.missing for gap in gaps(left)}

        assert all(after.get(key, 0) >= number for key, number in before.items())

    def test_the_committees_are_reported_in_the_registers_order(self) -> None:
        organisation = demo_organisation()
        order = [committee.code for committee in organisation.committees]

        found = [order.index(gap.committee) for gap in gaps(organisation)]

        assert found == sorted(found)


@pytest.mark.parametrize("committee", CommitteeType)
def test_every_required_slot_is_one_a_seat_may_carry(committee: CommitteeType) -> None:
    assert {slot.code for slot in SLOTS if slot.committee is committee} <= slot_codes(committee)


def _seated(organisation: Organisation, gap: Gap) -> Organisation:
    newcomers = [
        replace(
            CARL,
            id=PersonId(f"new {gap.committee} {gap.slot.code} {number}"),
            authority=gap.slot.authority or Authority.SOF,
            offices=frozenset({gap.slot.office} if gap.slot.office else ()),
        )
        for number in range(gap.missing)
    ]
    seats = [
        Membership(committee=gap.committee, person=each.id, slot=gap.slot.code)
        for each in newcomers
    ]
    return replace(
        organisation,
        people=[*organisation.people, *newcomers],
        memberships=[*organisation.memberships, *seats],
    )
