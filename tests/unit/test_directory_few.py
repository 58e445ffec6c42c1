"""What Entra says that is few enough to be done at once, and what a data steward looks at."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.directory import CORRECTING, ENDING, Difference, DifferenceKind, GroupSight
from domain.directory_few import FEW, Few, at_once
from domain.people import Authority, CommitteeCode, Office, Person, PersonId

KG = CommitteeCode("KG5")
ANNA, BO = (
    Person(
        id=PersonId(name),
        aad_id=f"id-{name}",
        name=name.title(),
        authority=Authority.SOF,
        function="",
        email=f"{name}@kk.example",
    )
    for name in ("anna", "bo")
)


def group(*members: Person, left: Sequence[Person] = ()) -> GroupSight:
    return GroupSight(
        committee=KG,
        group="group-kg5",
        members=frozenset(each.aad_id for each in members),
        left=frozenset(each.aad_id for each in left),
    )


def many(count: int) -> list[Person]:
    return [replace(BO, id=PersonId(f"p{n}"), aad_id=f"id-{n}") for n in range(count)]


def ends(people: Sequence[Person]) -> list[Difference]:
    return [
        Difference(kind=DifferenceKind.DISABLED, aad_id=each.aad_id, person=each.id)
        for each in people
    ]


class TestAtOnce:
    @pytest.mark.parametrize(
        ("gone", "of", "done"),
        [(1, 3, 1), (2, 3, 0), (2, 20, 2), (5, 50, 5), (5, 49, 0), (6, 1000, 0), (0, 0, 0)],
    )
    def test_is_what_is_few_of_all(self, gone: int, of: int, done: int) -> None:
        people = many(of)

        assert len(at_once(ends(people[:gone]), people=people)) == done

    def test_is_nothing_where_a_steward_is_to_see_all(self) -> None:
        people = many(50)

        assert at_once(ends(people[:1]), people=people, few=Few(most=0)) == []

    def test_is_never_what_empties_a_group(self) -> None:
        people = many(50)
        left = [
            replace(each, kind=DifferenceKind.LEFT_GROUPS, committees=(KG,))
            for each in ends(people[:3])
        ]
        emptied = group(left=people[:3])

        assert at_once(left, people=people, groups=[emptied]) == []
        assert len(at_once(left, people=people, groups=[group(BO, left=people[:3])])) == 3

    def test_is_never_the_last_data_steward(self) -> None:
        steward = replace(BO, offices=frozenset({Office.STEW}))
        people = [*many(50), steward]

        assert at_once(ends([steward]), people=people) == []

    def test_may_be_one_data_steward_of_two(self) -> None:
        stewards = [replace(each, offices=frozenset({Office.STEW})) for each in (ANNA, BO)]

        assert len(at_once(ends(stewards[:1]), people=[*many(50), *stewards])) == 1

    @given(st.lists(st.sampled_from([*DifferenceKind]), max_size=40), st.integers(0, 400))
    def test_ends_at_most_a_few_and_gives_nobody_anything(
        self, kinds: list[DifferenceKind], of: int
    ) -> None:
        people = many(max(of, len(kinds)))
        differences = [
            Difference(kind=kind, aad_id=each.aad_id, person=each.id)
            for kind, each in zip(kinds, people, strict=False)
        ]
        done = at_once(differences, people=people)

        assert {each.kind for each in done} <= ENDING | CORRECTING
        assert len([each for each in done if each.kind in ENDING]) <= FEW.most
        assert len([each for each in done if each.kind in CORRECTING]) <= FEW.most
