"""What waits for somebody around SSP+: to assess, to answer, to ask what became of somebody."""

from collections.abc import Iterable
from datetime import datetime

from domain.access import Action
from domain.cases import Case
from domain.duties import Duty, DutyKind
from domain.matters import MatterKind
from domain.roles import Actor, Role
from storage.database import Transaction
from usecases.tell_outcomes import outcomes_due


async def cases_to_assess(tx: Transaction, actor: Actor, _: datetime) -> Iterable[Duty]:
    """List the cases whose group somebody facilitates, and that are to be assessed (AGE-6).

    They have no date: it would be a birthday.
    """
    groups = actor.seats(Role.FAC)
    waiting = await tx.assessments.open_in(groups) if groups else []
    cases = await tx.cases.of_ids([each.case for each in waiting])
    return [_duty(case, DutyKind.CASE_TO_ASSESS, Action.ASSESS_PLUS) for case in cases.values()]


async def handovers_to_answer(tx: Transaction, actor: Actor, _: datetime) -> Iterable[Duty]:
    """List what SSP+ is asked to take over, for its facilitator (PLUS-2)."""
    groups = actor.seats(Role.PFAC)
    waiting = await tx.handovers.waiting_in(groups) if groups else []
    cases = await tx.cases.of_ids([each.case for each in waiting])
    return [
        _duty(case, DutyKind.HANDOVER_WAITING, Action.ANSWER_HANDOVER) for case in cases.values()
    ]


async def outcomes_to_ask(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List those that SSP+ is to ask after by now; ended cases are among them (PLUS-7)."""
    groups = actor.seats(Role.PFAC)
    asked = await outcomes_due(tx, groups, now=now) if groups else []
    return [_duty(case, DutyKind.OUTCOME_DUE, Action.RECORD_OUTCOME) for case, _ in asked]


def _duty(case: Case, kind: DutyKind, action: Action) -> Duty:
    return Duty(
        kind=kind,
        matter=MatterKind.CASE,
        action=action,
        id=case.id,
        reference=case.reference,
        version=case.version,
    )
