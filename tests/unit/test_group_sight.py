"""Who sees which part of a concern group: the row D13 of domain.md §14.2, and GRP-6."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.data_classes import DataClass
from domain.grants import Grant, GrantKind
from domain.group_sight import EVERY_AREA, Part, members_seen, sight
from domain.matters import Matter, MatterKind
from domain.people import Person, PersonId
from domain.roles import Actor
from tests.support import townspeople as town
from tests.unit.test_concern_groups import GROUP, MEMBER, MONDAY_NOON, VALBY, VANLOESE

G, W, M = Part.GENERAL, Part.WORKING, Part.MEMBERS
HERE = replace(MEMBER, id=UUID(int=21), area=VALBY)
THERE = replace(MEMBER, id=UUID(int=22), area=VANLOESE)
BOTH = [HERE, THERE]
ACROSS = Matter(
    kind=MatterKind.GROUP,
    id=GROUP.id,
    reference=GROUP.reference,
    groups=frozenset({town.VALBY_GROUP.code, town.VANLOESE_GROUP.code}),
    areas=frozenset({VALBY, VANLOESE}),
)
OF_PLUS = replace(ACROSS, groups=ACROSS.groups | {town.PLUS_GROUP.code}, plus=True)

# Who, what parts they see, whose names, and of whom they may write.
THE_SPEC = [
    (town.BO, {G, W, M}, {HERE.id}, {HERE.id}),
    (town.EVA, {G, W, M}, {THERE.id}, {THERE.id}),
    (town.CARL, {G, W, M}, {HERE.id}, set()),
    (town.SOFIE, {G, W, M}, {HERE.id}, set()),
    (town.LIV, {G, W, M}, {HERE.id}, set()),
    (town.KASPER, set(), set(), set()),  # KFF has no standing duty in cases (ORG-2)
    (town.KLAUS, set(), set(), set()),
    (town.LINE, {G}, set(), set()),  # local committee
    (town.LARS, {G}, set(), set()),  # leader group
    (town.PIA, set(), set(), set()),  # SSP+, and this is not SSP+'s
    (town.SANNE, set(), set(), set()),
    (town.RUTH, set(), set(), set()),
    (town.GRETE, set(), set(), set()),
    (town.DORTE, {G, W, M}, {HERE.id, THERE.id}, set()),  # the Secretariat's case officer reads
    (town.DENNIS, {G, W, M}, {HERE.id, THERE.id}, set()),
    (town.STINE, set(), set(), set()),
    (town.HENRIETTE, set(), set(), set()),
    (town.DAN, set(), set(), set()),
    (town.SUNE, set(), set(), set()),
    (town.ANNA, set(), set(), set()),
    (town.HELLE, set(), set(), set()),
]
IN_SSP_PLUS = [
    (town.PIA, {G, W, M}, {HERE.id, THERE.id}, {HERE.id, THERE.id}),
    (town.SANNE, {G, W, M}, {HERE.id, THERE.id}, set()),
    (town.OLE, set(), set(), set()),  # probation only where it has the person (PLUS-4)
    (town.RUTH, {G}, set(), set()),
    (town.BO, {G, W, M}, {HERE.id}, {HERE.id}),
    (town.CARL, {G, W, M}, {HERE.id}, set()),
    (town.LARS, {G}, set(), set()),
    (town.HELLE, set(), set(), set()),
]
SEATED = town.ORGANISATION.memberships
EVERYBODY = st.sampled_from(town.EVERYBODY)


def somebody(person: Person) -> Actor:
    held = [seat for seat in SEATED if seat.person == person.id]
    codes = {seat.committee for seat in held}
    return Actor(
        person=person,
        memberships=held,
        committees={
            each.code: each for each in town.ORGANISATION.committees if each.code in codes
        },
    )


def seen(actor: Actor, matter: Matter) -> set[UUID]:
    return {m.id for m in members_seen(actor.person.id, sight(actor, matter), BOTH, barred={})}


def granted(to: Person, what: UUID, *classes: DataClass) -> Matter:
    grant = Grant(
        id=UUID(int=31),
        matter=what,
        person=to.id,
        kind=GrantKind.AD_HOC,
        classes=frozenset(classes or {DataClass.SCREENING}),
        by=town.BO.id,
        begins_at=MONDAY_NOON,
        expires_at=MONDAY_NOON + timedelta(days=14),
    )
    return replace(ACROSS, grants=(grant,))


class TestTheRow:
    @pytest.mark.parametrize(
        ("matter", "person", "parts", "names", "writes"),
        [(ACROSS, *row) for row in THE_SPEC] + [(OF_PLUS, *row) for row in IN_SSP_PLUS],
        ids=lambda value: value.id if isinstance(value, Person) else "",
    )
    def test_is_kept_for_everybody(
        self,
        matter: Matter,
        person: Person,
        parts: Collection[Part],
        names: Collection[UUID],
        writes: Collection[UUID],
    ) -> None:
        """AC-AZ-03, row D13: each KG its own area's members, LU and LG the general part."""
        actor = somebody(person)
        seeing = sight(actor, matter)

        assert seeing.parts == set(parts)
        assert seen(actor, matter) == set(names)
        assert {each.id for each in BOTH if seeing.keeps(each)} == set(writes)

    @pytest.mark.parametrize(
        ("matter", "person"),
        list(product((ACROSS, OF_PLUS), town.EVERYBODY)),
        ids=lambda value: value.id if isinstance(value, Person) else "",
    )
    def test_is_empty_without_cover_and_after_leaving(
        self, matter: Matter, person: Person
    ) -> None:
        """S115-9: missing cover wins over every role, and over a grant."""
        for gone in (replace(person, s115_covered=False), replace(person, active=False)):
            actor = replace(somebody(person), person=gone)
            for opened in (matter, granted(gone, HERE.id)):
                assert sight(actor, opened).parts == set()
                assert seen(actor, opened) == set()

    def test_names_everybody_whose_part_is_more_than_nothing(self) -> None:
        listed = {person.id for person, *_ in THE_SPEC}
        sees = {p.id for p in town.EVERYBODY if sight(somebody(p), ACROSS).parts}

        assert sees <= listed

    def test_counts_the_areas_of_the_seat_that_coordinates_and_of_no_other(self) -> None:
        """Somebody who also sits in another area's local committee sees no names from there."""
        elsewhere = replace(town.VALBY_LOCAL, areas=(VANLOESE,))
        carl = somebody(town.CARL)
        seated = replace(
            carl,
            memberships=[
                *carl.memberships,
                replace(carl.memberships[0], committee=elsewhere.code, slot="LU.6"),
            ],
            committees={**carl.committees, elsewhere.code: elsewhere},
        )

        assert VANLOESE in seated.areas
        assert seen(seated, ACROSS) == {HERE.id}


class TestAGrant:
    @given(person=EVERYBODY)
    def test_to_one_member_shows_that_member_and_the_general_part(self, person: Person) -> None:
        """GRP-6: other members only by a gate for one's own task."""
        actor = somebody(person)
        before = seen(actor, ACROSS)

        after = granted(person, THERE.id)

        if person.s115_covered:
            assert seen(actor, after) == before | {THERE.id}
            assert {G, M} <= sight(actor, after).parts
        else:
            assert seen(actor, after) == set()

    @given(person=EVERYBODY)
    def test_to_the_group_shows_them_all(self, person: Person) -> None:
        everybody = {HERE.id, THERE.id} if person.s115_covered else set()

        assert seen(somebody(person), granted(person, GROUP.id)) == everybody

    @given(person=EVERYBODY)
    def test_lets_nobody_write(self, person: Person) -> None:
        actor = somebody(person)

        assert sight(actor, granted(person, GROUP.id)).kept == sight(actor, ACROSS).kept

    def test_of_another_class_or_to_somebody_else_shows_nothing(self) -> None:
        line = somebody(town.LINE)

        assert seen(line, granted(town.LINE, HERE.id, DataClass.IDENTITY)) == set()
        assert seen(line, granted(town.LARS, HERE.id)) == set()


class TestRecusal:
    @given(
        person=EVERYBODY,
        barred=st.dictionaries(
            st.sampled_from([HERE.id, THERE.id]),
            st.frozensets(st.sampled_from([each.id for each in town.EVERYBODY])),
        ),
        every=st.booleans(),
    )
    def test_from_one_member_hides_that_member_and_nobody_else(
        self, person: Person, barred: dict[UUID, frozenset[PersonId]], *, every: bool
    ) -> None:
        """INH-3: whatever role they have, and whatever grant."""
        actor = somebody(person)
        matter = granted(person, GROUP.id) if every else ACROSS

        found = members_seen(person.id, sight(actor, matter), BOTH, barred=barred)

        hidden = {who for who, people in barred.items() if person.id in people}
        assert {each.id for each in found} == seen(actor, matter) - hidden

    def test_from_the_whole_group_hides_it(self) -> None:
        seeing = sight(somebody(town.BO), replace(ACROSS, recused=frozenset({town.BO.id})))

        assert seeing.parts == set()
        assert seeing.areas is not EVERY_AREA
        assert not seeing.areas
