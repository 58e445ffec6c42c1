"""Invariant 1 of domain.md §15: every concern has one owner, who may have it."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.concerns import HEARS_OF_URGENT, Receivers, receivers
from domain.errors import RuleBroken
from domain.people import Authority, Membership, Office, Person, PersonId, Seat
from tests.support.examples import GROUP, person, seat

SEK = frozenset({Office.SEK})
NAMES = [f"p{number}" for number in range(8)]
SEATS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(Seat)), unique_by=lambda each: each[0]
)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A concern on its way: who there is, and who of them must not have it."""

    members: list[tuple[Membership, Person]]
    secretariat: list[Person]
    barred: set[PersonId]
    urgent: bool
    in_a_group: bool

    def receivers(self) -> Receivers:
        return receivers(
            group=GROUP if self.in_a_group else None,
            members=self.members if self.in_a_group else [],
            secretariat=self.secretariat,
            barred=self.barred,
            urgent=self.urgent,
        )

    def facilitators(self) -> set[PersonId]:
        """Name those who would have the duty in the group."""
        return {
            each.id
            for held, each in self.members
            if self.in_a_group
            and held.seat is Seat.FACILITATOR
            and each.s115_covered
            and each.id not in self.barred
        }


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    authorities = draw(st.lists(st.sampled_from(Authority), min_size=8, max_size=8))
    covered = draw(st.sets(st.sampled_from(NAMES)))
    people = {
        name: person(name, authority=authority, covered=name in covered, offices=SEK)
        for name, authority in zip(NAMES, authorities, strict=True)
    }
    officers = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
    return Situation(
        members=[seat(people[name], kind) for name, kind in draw(SEATS)],
        secretariat=[people[name] for name in officers],
        barred={PersonId(name) for name in draw(st.sets(st.sampled_from(NAMES)))},
        urgent=draw(st.booleans()),
        in_a_group=draw(st.booleans()),
    )


ZARA = person("zara", offices=SEK)  # the Secretariat has somebody who may have anything


@given(situations())
def test_invariant_1_there_is_one_owner_in_the_group_or_else_in_triage(
    situation: Situation,
) -> None:
    situation.secretariat.append(ZARA)

    told = situation.receivers()

    able = situation.facilitators()
    if able:
        assert told.group == GROUP
        assert {told.owner, *told.told} == able
        assert told.nobody_in is None
    else:
        assert told.group is None
        assert told.owner in {each.id for each in situation.secretariat}
        assert told.nobody_in == (GROUP if situation.in_a_group else None)
    assert told.owner not in told.told


@given(situations())
def test_invariant_1_no_receiver_is_barred_or_without_cover(situation: Situation) -> None:
    situation.secretariat.append(ZARA)
    known = {each.id: each for _, each in situation.members}
    known |= {each.id: each for each in situation.secretariat}

    told = situation.receivers()

    heard = {told.owner, *told.told, *told.grave}
    assert not heard & situation.barred
    assert all(known[each].s115_covered for each in heard)
    assert all(known[each].authority in HEARS_OF_URGENT for each in told.grave)
    assert situation.urgent or not told.grave


@given(situations())
def test_invariant_1_without_anybody_able_it_is_refused_and_not_lost(situation: Situation) -> None:
    situation.barred.update(map(PersonId, NAMES))

    with pytest.raises(RuleBroken, match="no_receiver"):
        situation.receivers()
