"""What loading a register would change, said before it is loaded."""

from dataclasses import replace
from uuid import UUID

from domain.people import CommitteeCode, Institution, Membership, Office, Organisation, Seat
from tests.support.townspeople import (
    BO,
    CARL,
    DORTE,
    LARS,
    LINE,
    ORGANISATION,
    VALBY_GROUP,
)
from usecases.compare_register import compare


def without(organisation: Organisation, *ids: str) -> Organisation:
    return replace(
        organisation,
        people=[each for each in organisation.people if each.id not in ids],
        memberships=[each for each in organisation.memberships if each.person not in ids],
    )


class TestADifference:
    def test_of_the_same_register_is_none(self) -> None:
        found = compare(ORGANISATION, ORGANISATION)

        assert not found
        assert str(found) == "Registret er allerede sådan."

    def test_names_who_loses_what_was_given_in_the_bot(self) -> None:
        """APP-2: a seat and an office that the file does not know of would be lost."""
        seat = Membership(committee=VALBY_GROUP.code, person=LARS.id, slot="KG.4")
        given = replace(DORTE, offices=frozenset({Office.SEK, Office.STEW}))
        people = [given if each.id == DORTE.id else each for each in ORGANISATION.people]
        now = replace(ORGANISATION, people=people, memberships=(*ORGANISATION.memberships, seat))

        found = compare(now, ORGANISATION)

        assert found.taken == (
            f"{DORTE.name}: ikke længere STEW",
            f"{LARS.name}: member i KG5 på KG.4",
        )
        assert (found.given, found.corrected) == ((), ())

    def test_names_who_leaves_and_who_comes(self) -> None:
        left = without(ORGANISATION, CARL.id)

        assert f"{CARL.name} er ikke længere med" in compare(ORGANISATION, left).taken
        assert f"{CARL.name} kommer med" in compare(left, ORGANISATION).given

    def test_of_a_seat_that_became_another_is_one_taken_and_one_given(self) -> None:
        moved = [
            replace(each, seat=Seat.SUBSTITUTE) if each.person == LINE.id else each
            for each in ORGANISATION.memberships
        ]
        found = compare(ORGANISATION, replace(ORGANISATION, memberships=moved))

        assert found.taken == (f"{LINE.name}: member i LU-VAL på LU.4",)
        assert found.given == (f"{LINE.name}: substitute i LU-VAL på LU.4",)

    def test_tells_what_is_corrected_and_what_is_no_longer_covered(self) -> None:
        """S115-9: cover is access."""
        changed = replace(BO, function="Facilitator", s115_covered=False)
        people = [changed if each.id == BO.id else each for each in ORGANISATION.people]
        found = compare(ORGANISATION, replace(ORGANISATION, people=people))

        assert found.taken == (f"{BO.name}: ikke længere dækket af §115",)
        assert found.corrected == (f"{BO.name}: stilling »{BO.function}« bliver »Facilitator«",)

    def test_tells_of_another_entra_group_but_not_of_one_left_out(self) -> None:
        code, old, new = VALBY_GROUP.code, f"{UUID(int=1)}", f"{UUID(int=2)}"
        linked = replace(ORGANISATION, groups={code: old})

        assert compare(linked, replace(ORGANISATION, groups={code: new})).corrected == (
            f"{code}: Entra-gruppe »{old}« bliver »{new}«",
        )
        assert not compare(linked, ORGANISATION)

    def test_tells_of_committees_and_places(self) -> None:
        school = Institution(area=VALBY_GROUP.areas[0], kind="school", name="Vindrosestiens Skole")
        other = replace(VALBY_GROUP, code=CommitteeCode("KG7"), name="Koordinationsgruppe Syd")
        committees = [
            replace(each, name="KG Vest", areas=()) if each.code == VALBY_GROUP.code else each
            for each in ORGANISATION.committees
        ]
        after = replace(ORGANISATION, committees=[*committees, other], institutions=[school])
        found = compare(ORGANISATION, after)

        assert found.given == (
            "Koordinationsgruppe Syd (KG7) kommer til",
            "Vindrosestiens Skole (VAL) kommer til",
        )
        assert found.corrected == (
            "KG5: navn »Koordinationsgruppe Vest« bliver »KG Vest«",
            "KG5: områder VAL bliver ",
        )
        assert compare(after, ORGANISATION).taken == (
            "Koordinationsgruppe Syd (KG7) findes ikke længere",
            "Vindrosestiens Skole (VAL) er ikke længere i registret",
        )
