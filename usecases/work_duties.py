"""What the work on cases asks of somebody: own actions, follow-ups, first coordinations, a yes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.access import Action
from domain.case_transitions import is_running
from domain.cases import RUNNING, Case, CaseState
from domain.dates import local_date
from domain.duties import Duty, DutyKind, Seen
from domain.matters import MatterKind
from domain.roles import Actor, Role
from storage.database import Transaction
from usecases.countersign import waiting_for

COORDINATE_WITHIN = timedelta(days=14)  # domain.md §16 case.max_days_to_first_coordination
_NEW = frozenset({CaseState.OPEN, CaseState.HANDED_OVER})


async def own_actions(tx: Transaction, actor: Actor, _: datetime) -> Iterable[Duty]:
    """List what somebody has promised to do (CASE-5)."""
    promised = await tx.actions.open_of(actor.person.id)
    cases = await tx.cases.of_ids({each.case for each in promised})
    return [
        Duty(
            kind=DutyKind.ACTION,
            matter=MatterKind.CASE,
            id=each.case,
            reference=cases[each.case].reference,
            version=cases[each.case].version,
            due=each.due_on,
            action=Action.COMPLETE_ACTION,
            own=Seen(id=each.id, version=each.version),
        )
        for each in promised
        if is_running(cases[each.case])
    ]


async def cases_to_coordinate(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List what a facilitator's groups are to coordinate, the first time or again (CASE-11)."""
    places = actor.seats(Role.FAC) | actor.seats(Role.PFAC)
    running = await tx.cases.in_groups(places, states=RUNNING) if places else []
    today = local_date(now)
    first = [
        _coordinate(case, DutyKind.COORDINATION, local_date(case.opened_at + COORDINATE_WITHIN))
        for case in running
        if case.state in _NEW
    ]
    again = [
        _coordinate(case, DutyKind.FOLLOW_UP, case.follow_up_on)
        for case in running
        if case.follow_up_on is not None and case.follow_up_on <= today
    ]
    return [*first, *again]


def _coordinate(case: Case, kind: DutyKind, due: date | None) -> Duty:
    return Duty(
        kind=kind,
        matter=MatterKind.CASE,
        id=case.id,
        reference=case.reference,
        version=case.version,
        due=due,
        action=Action.COORDINATE,
    )


async def countersigns_waiting(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List what somebody is asked to agree to; whether they may has been asked (§14.3)."""
    waiting = await waiting_for(tx, actor.person, now=now)
    cases = await tx.cases.of_ids({each.about for each in waiting})
    return [
        Duty(
            kind=DutyKind.COUNTERSIGN,
            id=each.id,
            reference=cases[each.about].reference if each.about in cases else "",
            due=local_date(each.expires_at),
        )
        for each in waiting
    ]
