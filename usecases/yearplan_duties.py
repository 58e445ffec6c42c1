"""What waits for who plans the year: a proposal that nobody has decided about."""

from collections.abc import Iterable
from datetime import datetime

from domain.dates import local_date
from domain.duties import Duty, DutyKind
from domain.office_actions import OfficeAction, may
from domain.plan_runs import PlanState
from domain.roles import Actor
from storage.database import Transaction
from usecases.ask_plan import AHEAD


async def year_plans_waiting(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """Name the years that a plan is proposed for."""
    if not may(actor, OfficeAction.PLAN_YEAR):
        return []
    first = local_date(now).year
    return [
        Duty(kind=DutyKind.YEAR_PLAN_PROPOSED, id=run.id, reference=str(year))
        for year in range(first, first + AHEAD + 1)
        for run in await tx.year_plans.of_year(year, states=[PlanState.PROPOSED])
    ]
