"""Find one action for whoever may end or change it; to all others it is not there."""

from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.case_actions import ActionStatus, CaseAction
from domain.cases import Case
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.matters import Matter
from domain.people import Person
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit


async def own_action(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[CaseAction, Case, Matter]:
    """Find an action for its owner.

    :raises RuleBroken: `action.not_found` for anybody else, and where there is none;
        `action.ended` for the owner of what has ended.
    """
    action, case, matter, actor = await _held(tx, id, by, now=now)
    owns = action.owner == by.id and by.id not in matter.recused
    if owns and action.status is not ActionStatus.OPEN:
        raise RuleBroken("action.ended")
    if not (owns and can(actor, Action.COMPLETE_ACTION, matter)):
        raise RuleBroken("action.not_found", about=str(id))
    await _record(tx, Action.COMPLETE_ACTION, case, by, now=now)
    return action, case, matter


async def handled_action(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[CaseAction, Case, Matter]:
    """Find an action for somebody who works on its case.

    :raises RuleBroken: `action.not_found` for anybody else, and where there is none.
    """
    action, case, matter, actor = await _held(tx, id, by, now=now)
    if not can(actor, Action.DROP_ACTION, matter):
        raise RuleBroken("action.not_found", about=str(id))
    await _record(tx, Action.DROP_ACTION, case, by, now=now)
    return action, case, matter


async def _held(
    tx: Transaction, id: UUID, by: Person, *, now: datetime
) -> tuple[CaseAction, Case, Matter, Actor]:
    action = await tx.actions.hold(id)
    case = await tx.cases.find(action.case) if action is not None else None
    if action is None or case is None:
        raise RuleBroken("action.not_found", about=str(id))
    matter = await tx.matters.of_case(case, now=now)
    return action, case, matter, await permit.actor_of(tx, by)


async def _record(
    tx: Transaction, action: Action, case: Case, by: Person, *, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=f"case.{action}",
        about=str(case.id),
        result="ok",
        purpose=Purpose.CRIME_PREVENTION,
    )
