"""What waits for somebody of the efforts: to be assessed, decided, evaluated, settled."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from domain.access import Action
from domain.dates import local_date
from domain.duties import Duty, DutyKind
from domain.effort_dues import Due, dues
from domain.efforts import APPROVES, UNDECIDED, Effort, EffortState
from domain.matters import MatterKind
from domain.people import PersonId
from domain.roles import Actor, Role
from storage.database import Transaction
from usecases.effort_people import deciders

_KINDS = {
    Due.DURING: (DutyKind.EFFORT_TO_EVALUATE, Action.EVALUATE_EFFORT),
    Due.END: (DutyKind.EFFORT_TO_EVALUATE, Action.EVALUATE_EFFORT),
    Due.SETTLE: (DutyKind.EFFORT_TO_SETTLE, Action.SETTLE_EFFORT),
}


async def efforts_waiting(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List what this person is to do about an effort; whether they may is asked of the table."""
    efforts = await tx.efforts.in_states([*UNDECIDED, EffortState.APPROVED])
    today, me = local_date(now), actor.person.id
    return [
        duty
        for effort in efforts
        for duty in (
            *_to_decide(effort, actor, able=await deciders(tx, effort)),
            *_to_carry_out(effort, me, today),
        )
    ]


def _to_decide(effort: Effort, actor: Actor, *, able: Collection[PersonId]) -> Iterator[Duty]:
    """Name what comes first: the Secretariat's assessment, then a decision."""
    if effort.state is EffortState.APPLIED:
        yield _duty(effort, DutyKind.EFFORT_TO_ASSESS, Action.ASSESS_EFFORT)
    elif effort.state is EffortState.ASSESSED and not effort.is_own(actor.person.id, able=able):
        approves = APPROVES[effort.kind]
        own = effort.committee in actor.seats(Role.LGM)
        if own or approves is not Action.APPROVE_LOCAL_EFFORT:
            yield _duty(effort, DutyKind.EFFORT_TO_DECIDE, approves)


def _to_carry_out(effort: Effort, me: PersonId, today: date) -> Iterator[Duty]:
    """Name what its lead and its contact owe by now."""
    if me not in {effort.lead, effort.contact}:
        return
    for due, on in dues(effort):
        if on <= today:
            kind, action = _KINDS[due]
            yield _duty(effort, kind, action, due=on)


def _duty(effort: Effort, kind: DutyKind, action: Action, *, due: date | None = None) -> Duty:
    return Duty(
        kind=kind,
        matter=MatterKind.EFFORT,
        action=action,
        id=effort.id,
        reference=effort.reference,
        version=effort.version,
        due=due,
    )
