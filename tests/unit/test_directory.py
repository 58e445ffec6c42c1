"""What Entra says is held against the register; and what is few enough to be done at once."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.directory import (
    CORRECTING,
    ENDING,
    Account,
    DifferenceKind,
    DirectorySight,
    GroupSight,
    compare,
)
from domain.people import Authority, CommitteeCode, Membership, Office, Person, PersonId

ANNA, BO, CARL = (
    Person(
        id=PersonId(name),
        aad_id=f"id-{name}",
        name=name.title(),
        authority=authority,
        function="",
        email=f"{name}@kk.example",
    )
    for name, authority in (("anna", Authority.BUF), ("bo", Authority.SOF), ("carl", Authority.KP))
)
PEOPLE = (ANNA, BO, CARL)
KG, LU = CommitteeCode("KG5"), CommitteeCode("LU-VAL")


def seat(person: Person, committee: CommitteeCode) -> Membership:
    return Membership(committee=committee, person=person.id, slot="KG.1")


SEATS = (seat(ANNA, KG), seat(ANNA, LU), seat(BO, KG), seat(CARL, KG))


def account(
    person: Person,
    *,
    name: str | None = None,
    mail: str | None = None,
    enabled: bool = True,
    guest: bool = False,
) -> Account:
    return Account(
        aad_id=person.aad_id,
        name=person.name if name is None else name,
        mail=person.email if mail is None else mail,
        enabled=enabled,
        guest=guest,
    )


def group(committee: CommitteeCode, *members: Person, left: Sequence[Person] = ()) -> GroupSight:
    return GroupSight(
        committee=committee,
        group=f"group-{committee}",
        members=frozenset(each.aad_id for each in members),
        left=frozenset(each.aad_id for each in left),
    )


def sight(
    *groups: GroupSight,
    accounts: Sequence[Account] = (),
    missing: Sequence[Person] = (),
    never: Sequence[Person] = (),
) -> DirectorySight:
    """See everybody as the register has them, but for what is said here."""
    said = {each.aad_id: account(each) for each in PEOPLE}
    said |= {each.aad_id: each for each in accounts}
    gone = {each.aad_id for each in (*missing, *never)}
    return DirectorySight(
        accounts={id_: each for id_, each in said.items() if id_ not in gone},
        missing=frozenset(gone),
        seen_before=frozenset({*said} - {each.aad_id for each in never}),
        groups=groups,
    )


def found(
    seen: DirectorySight,
    people: Sequence[Person] = PEOPLE,
    seats: Sequence[Membership] = SEATS,
) -> list[tuple[DifferenceKind, str | None, tuple[CommitteeCode, ...]]]:
    return [
        (each.kind, each.person, each.committees)
        for each in compare(seen, people=people, memberships=seats)
    ]


AS_IT_IS = (group(KG, ANNA, BO, CARL), group(LU, ANNA))


class TestCompare:
    def test_finds_nothing_where_all_is_as_the_register_says(self) -> None:
        assert found(sight(*AS_IT_IS)) == []

    def test_finds_nothing_about_seats_where_there_are_no_groups(self) -> None:
        assert found(sight()) == []

    @pytest.mark.parametrize(
        ("seen", "kind"),
        [
            (sight(accounts=[account(BO, enabled=False)]), DifferenceKind.DISABLED),
            (sight(missing=[BO]), DifferenceKind.DELETED),
            (sight(never=[BO]), DifferenceKind.NOT_FOUND),
        ],
        ids=lambda each: str(each) if isinstance(each, DifferenceKind) else "",
    )
    def test_tells_an_account_that_was_closed_from_one_that_never_was(
        self, seen: DirectorySight, kind: DifferenceKind
    ) -> None:
        assert found(seen) == [(kind, BO.id, ())]

    def test_takes_nobody_to_be_gone_who_was_not_asked_for(self) -> None:
        seen = sight(*AS_IT_IS)
        rest = {id_: each for id_, each in seen.accounts.items() if id_ != BO.aad_id}

        assert found(replace(seen, accounts=rest)) == []

    def test_knows_an_id_in_any_case(self) -> None:
        loud = replace(BO, aad_id=BO.aad_id.upper())

        assert found(sight(*AS_IT_IS), people=(ANNA, loud, CARL)) == []

    def test_finds_who_left_the_only_group_there_was_for_them(self) -> None:
        seen = sight(group(KG, ANNA, CARL, left=[BO]), group(LU, ANNA))

        assert found(seen) == [(DifferenceKind.LEFT_GROUPS, BO.id, (KG,))]

    def test_finds_who_left_one_group_of_two(self) -> None:
        seen = sight(group(KG, BO, CARL, left=[ANNA]), group(LU, ANNA))

        assert found(seen) == [(DifferenceKind.LEFT_GROUP, ANNA.id, (KG,))]

    def test_keeps_somebody_who_left_one_group_and_is_in_another(self) -> None:
        seen = sight(group(KG, ANNA, CARL, left=[BO]), group(LU, ANNA, BO))

        assert found(seen) == [
            (DifferenceKind.LEFT_GROUP, BO.id, (KG,)),
            (DifferenceKind.WITHOUT_SEAT, BO.id, (LU,)),
        ]

    def test_leaves_a_seat_alone_whose_committee_has_no_group(self) -> None:
        seen = sight(group(KG, BO, CARL, left=[ANNA]))

        assert found(seen) == [(DifferenceKind.LEFT_GROUP, ANNA.id, (KG,))]

    def test_takes_no_office_from_somebody_for_leaving_groups(self) -> None:
        """A group says who sits in a committee; an office is something else."""
        chief = replace(BO, offices=frozenset({Office.SEK}))
        seen = sight(group(KG, ANNA, CARL, left=[BO]), group(LU, ANNA))

        assert found(seen, people=(ANNA, chief, CARL)) == [
            (DifferenceKind.LEFT_GROUP, BO.id, (KG,))
        ]

    def test_tells_who_never_was_in_the_group_from_who_left_it(self) -> None:
        seen = sight(group(KG, ANNA, CARL), group(LU, ANNA))

        assert found(seen) == [(DifferenceKind.WITHOUT_GROUP, BO.id, (KG,))]

    def test_shows_who_is_in_a_group_without_a_seat(self) -> None:
        seen = sight(group(KG, ANNA, BO, CARL), group(LU, ANNA, BO))

        assert found(seen) == [(DifferenceKind.WITHOUT_SEAT, BO.id, (LU,))]

    def test_takes_a_group_that_is_gone_to_say_nothing_of_its_people(self) -> None:
        gone = replace(group(KG, left=[ANNA, BO, CARL]), gone=True)

        assert found(sight(gone, group(LU, ANNA))) == [(DifferenceKind.GROUP_GONE, None, (KG,))]

    def test_shows_one_of_our_own_who_is_a_guest_but_not_the_police(self) -> None:
        guests = [account(ANNA, guest=True), account(CARL, guest=True)]

        assert found(sight(*AS_IT_IS, accounts=guests)) == [(DifferenceKind.GUEST, ANNA.id, ())]

    def test_shows_a_stranger_once_with_all_their_groups(self) -> None:
        stranger = replace(BO, id=PersonId("new"), aad_id="id-new", name="Ny")
        groups = (group(KG, ANNA, BO, CARL, stranger), group(LU, ANNA, stranger))
        [one] = compare(
            sight(*groups, accounts=[account(stranger, guest=True)]),
            people=PEOPLE,
            memberships=SEATS,
        )

        assert (one.kind, one.committees, one.name) == (DifferenceKind.UNKNOWN, (KG, LU), "Ny")
        assert one.guest

    def test_shows_no_stranger_whose_account_is_closed(self) -> None:
        stranger = replace(BO, id=PersonId("new"), aad_id="id-new")
        groups = (group(KG, ANNA, BO, CARL, stranger), group(LU, ANNA))

        assert found(sight(*groups, accounts=[account(stranger, enabled=False)])) == []

    def test_shows_who_had_left_and_is_in_a_group_again(self) -> None:
        people = (ANNA, replace(BO, active=False), CARL)
        seats = [each for each in SEATS if each.person != BO.id]

        assert found(sight(*AS_IT_IS), people=people, seats=seats) == [
            (DifferenceKind.RETURNED, BO.id, (KG,))
        ]

    @pytest.mark.parametrize(
        ("said", "becomes"),
        [
            (account(BO, name="Bo Ny"), "Bo Ny"),
            (account(BO, name="Bo  Ny (SOF)"), "Bo Ny"),
            (account(BO, mail="bo@ny.example"), "bo@ny.example"),
        ],
    )
    def test_gives_a_new_name_or_address(self, said: Account, becomes: str) -> None:
        [one] = compare(sight(*AS_IT_IS, accounts=[said]), people=PEOPLE, memberships=SEATS)

        assert (one.kind in CORRECTING, one.becomes) == (True, becomes)

    @pytest.mark.parametrize(
        "said",
        [
            account(BO, name="BO (SOF)"),
            account(BO, name=""),
            account(BO, mail="BO@kk.example"),
            account(BO, mail="ingen"),
        ],
    )
    def test_finds_nothing_in_what_only_looks_otherwise(self, said: Account) -> None:
        assert found(sight(*AS_IT_IS, accounts=[said])) == []

    def test_names_the_same_difference_the_same_each_time(self) -> None:
        once, again = (
            compare(sight(missing=[BO]), people=PEOPLE, memberships=SEATS) for _ in range(2)
        )

        assert [each.id for each in once] == [each.id for each in again]


SITUATIONS = st.fixed_dictionaries(
    {
        person.id: st.tuples(
            st.sampled_from(["open", "closed", "gone", "never", "unasked"]),
            st.sampled_from(["in", "left", "never"]),
            st.booleans(),
            st.booleans(),
        )
        for person in PEOPLE
    }
)


class TestAnythingEntraMaySay:
    @given(SITUATIONS)
    def test_ends_only_what_somebody_has_and_what_entra_took(
        self, situations: dict[PersonId, tuple[str, str, bool, bool]]
    ) -> None:
        """Whoever can sign in and is in their group, or never was, keeps what they have."""
        people = [replace(each, active=situations[each.id][2]) for each in PEOPLE]
        seats = [seat(each, KG) for each in people if situations[each.id][3] and each.active]
        inside = [each for each in people if situations[each.id][1] == "in"]
        left = [each for each in people if situations[each.id][1] == "left"]
        of = {each.id: situations[each.id][0] for each in people}
        seen = sight(
            group(KG, *inside, left=left),
            accounts=[account(each, enabled=False) for each in people if of[each.id] == "closed"],
            missing=[each for each in people if of[each.id] == "gone"],
            never=[each for each in people if of[each.id] == "never"],
        )
        asked = {
            each.aad_id: seen.accounts[each.aad_id]
            for each in people
            if of[each.id] in {"open", "closed"}
        }
        told = compare(replace(seen, accounts=asked), people=people, memberships=seats)

        seated = {each.person for each in seats}
        for each in told:
            if each.kind in {DifferenceKind.DISABLED, DifferenceKind.DELETED}:
                assert of[PersonId(str(each.person))] in {"closed", "gone"}
            elif each.kind in ENDING:
                assert each.person in seated
                assert situations[PersonId(str(each.person))][:2] == ("open", "left")
        ended = [each.person for each in told if each.kind in ENDING]
        assert len(ended) == len(set(ended))
        assert set(ended) <= {each.id for each in people if each.active}
        assert len({each.id for each in told}) == len(told)
