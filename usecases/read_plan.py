"""Read the plan of a case in SSP+: goals, and what is done about each (PLUS-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.case_actions import CaseAction, by_due
from domain.cases import Case
from domain.cells import readable
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases import permit
from usecases.keep_plan import Plan, plan_of
from usecases.read_case import must_be_cleared
from usecases.ssp_plus import is_in_ssp_plus


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlan:
    """A plan as one person may read it now."""

    case: Case
    plan: Plan = field(repr=False)
    actions: Sequence[CaseAction] = field(repr=False)
    people: Mapping[PersonId, Person]
    may_change: bool


async def read_plan(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> ReadPlan:
    """Read a plan, for somebody who may read what is agreed on (D9).

    :raises RuleBroken: `case.not_found`, or what the recusal question asks first.
    """
    case, matter, actor = await permit.case(tx, by, Action.OPEN, id, now=now)
    if DataClass.ACTIONS not in readable(actor, matter):
        raise RuleBroken("case.not_found", about=str(id))
    await must_be_cleared(tx, by, id)
    plan, _ = await plan_of(tx, case)
    actions = [each for each in await tx.actions.of_case(id) if each.focus]
    changes = can(actor, Action.PLAN, matter) and not matter.ended
    return ReadPlan(
        case=case,
        plan=plan,
        actions=by_due(actions),
        people=await tx.people.of_ids([each.owner for each in actions]),
        may_change=changes and await is_in_ssp_plus(tx, case),
    )
