"""Open one action: its owner may, and who works on its case (domain.md §14.2, "own action")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.case_actions import ActionStatus, CaseAction
from domain.cases import Case
from domain.cells import Sight, readable, seen
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.people import Person
from storage.database import Transaction
from usecases import permit

DONE, DROP, CHANGE, OPEN_CASE = "action.done", "action.drop", "action.change", "case.open"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAction:
    """An action, and what this person may do with it now."""

    action: CaseAction
    case: Case
    owner: Person
    may: Sequence[str]


async def read_action(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> OpenedAction:
    """Read an action.

    :raises RuleBroken: `action.not_found`, the same whether it is missing or not theirs to see.
    """
    action, case = await _found(tx, id, by, now=now)
    matter = await tx.matters.of_case(case, now=now)
    actor = await permit.actor_of(tx, by)
    owns = action.owner == by.id
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="action.open",
        about=str(case.id),
        result="ok",
        purpose=Purpose.CRIME_PREVENTION,
    )
    is_open = action.status is ActionStatus.OPEN
    handles = can(actor, Action.DROP_ACTION, matter)
    may = {
        DONE: is_open and owns and can(actor, Action.COMPLETE_ACTION, matter),
        CHANGE: is_open and handles,
        DROP: is_open and handles,
        OPEN_CASE: can(actor, Action.OPEN, matter),
    }
    return OpenedAction(
        action=action,
        case=case,
        owner=await tx.people.get(action.owner),
        may=[verb for verb, allowed in may.items() if allowed],
    )


async def case_to_clear(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> UUID | None:
    """Name the case whose relation question comes before this action is read (INH-2).

    :raises RuleBroken: `action.not_found`
    """
    _, case = await _found(tx, id, by, now=now)
    matter = await tx.matters.of_case(case, now=now)
    asked = can(await permit.actor_of(tx, by), Action.OPEN, matter)
    return case.id if asked and not await tx.relations.cleared(case.id, by.id) else None


async def _found(
    tx: Transaction, id: UUID, by: Person, *, now: datetime
) -> tuple[CaseAction, Case]:
    action = await tx.actions.find(id)
    case = await tx.cases.find(action.case) if action is not None else None
    if action is None or case is None or not await may_see(tx, action, case, by, now=now):
        raise RuleBroken("action.not_found", about=str(id))
    return action, case


async def may_see(
    tx: Transaction, action: CaseAction, case: Case, person: Person, *, now: datetime
) -> bool:
    """Tell whether somebody may read an action: all of its case's, or this one as its owner."""
    matter = await tx.matters.of_case(case, now=now)
    actor = await permit.actor_of(tx, person)
    if person.id in matter.recused:
        return False
    if can(actor, Action.OPEN, matter) and DataClass.ACTIONS in readable(actor, matter):
        return True
    own = can(actor, Action.COMPLETE_ACTION, matter) or DataClass.ACTIONS in seen(
        actor, matter, Sight.OWN
    )
    return own and action.owner == person.id
