"""Who has told their own staff, and for whom somebody may say so: BER-49."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from domain.alert_sharings import ShareKind, ShareWay, Sharing
from domain.alerts import Recipient, Why
from domain.briefings import briefings, tells_for
from domain.notices import Tier
from domain.people import Person, PersonId
from tests.support.action_plans import NOW
from tests.support.examples import ANNA, BO, CARL, DORTE

ALERT = UUID(int=7)
LEADERS = frozenset({BO.id, CARL.id})
MINUTE = timedelta(minutes=1)


def alerted(person: Person, *, instead_of: PersonId | None = None) -> Recipient:
    return Recipient(
        alert=ALERT,
        person=person.id,
        authority=person.authority,
        areas=frozenset(),
        tier=Tier.ALERT,
        why=Why.SUBSTITUTE if instead_of else Why.AUDIENCE,
        added_at=NOW,
        stands_for=instead_of,
    )


def says(person: Person, *, after: timedelta = MINUTE) -> Sharing:
    return Sharing(
        id=UUID(int=1),
        kind=ShareKind.BRIEFED,
        alert=ALERT,
        person=person.id,
        way=ShareWay.BY_HAND,
        by=person.id,
        at=NOW + after,
    )


ALL = [alerted(BO), alerted(CARL), alerted(DORTE), alerted(ANNA, instead_of=CARL.id)]


def test_lists_the_leaders_who_were_alerted_and_nobody_else() -> None:
    told = briefings(ALL, leaders=LEADERS, sharings=[])

    assert {each.leader for each in told} == LEADERS
    assert {each.authority for each in told} == {BO.authority, CARL.authority}
    assert all(each.at is None for each in told)


def test_counts_who_stood_in_for_a_leader() -> None:
    told = briefings(ALL, leaders=LEADERS, sharings=[says(ANNA)])
    first, last = told

    assert (first.leader, first.at) == (BO.id, None)
    assert (last.leader, last.by, last.at) == (CARL.id, ANNA.id, NOW + MINUTE)


def test_keeps_the_first_time_it_was_said() -> None:
    again = replace(says(BO, after=5 * MINUTE), id=UUID(int=2))
    told = briefings(ALL, leaders=LEADERS, sharings=[says(BO), again])

    assert {each.leader: each.at for each in told}[BO.id] == NOW + MINUTE


def test_another_sharing_says_nothing_of_it() -> None:
    c3 = replace(says(BO), kind=ShareKind.C3, way=ShareWay.C3)

    assert all(each.at is None for each in briefings(ALL, leaders=LEADERS, sharings=[c3]))


def test_says_whose_staff_somebody_may_tell() -> None:
    assert tells_for(BO.id, ALL, leaders=LEADERS) == {BO.id}
    assert tells_for(ANNA.id, ALL, leaders=LEADERS) == {CARL.id}
    assert tells_for(DORTE.id, ALL, leaders=LEADERS) == frozenset()
