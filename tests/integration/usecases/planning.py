"""A desk at which an alert's plan is carried out: level 3 in Valby, with owners of five."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Self
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alert_log import LogEntry, LogKind
from domain.alerts import Level
from domain.notices import NoticeKind
from domain.people import Person
from domain.plan_measures import Measure
from storage.database import Transaction
from tests.integration.usecases.alarming import ORDER, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import LARS, MONDAY_NOON
from usecases.activate_alert import Order
from usecases.run_action_plan import release_plan, set_period

FULL = replace(ORDER, level=Level.FULL)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class PlanDesk:
    """A desk with an alert that has a plan."""

    readiness: AlertDesk
    id: UUID

    @classmethod
    async def of(cls, desk: Desk, order: Order = FULL, *, by: Person = LARS) -> Self:
        readiness = AlertDesk(desk=desk)
        await readiness.opens()
        alert = await readiness.activates(order, by=by)
        async with desk.database.transaction() as tx:
            plans = await tx.action_plans.of_alert(alert.id)
        return cls(readiness=readiness, id=plans[0].id)

    @property
    def desk(self) -> Desk:
        return self.readiness.desk

    async def plan(self) -> ActionPlan:
        async with self.desk.database.transaction() as tx:
            found = await tx.action_plans.find(self.id)
        assert found is not None
        return found

    async def measure(self, kind: str) -> Measure:
        return next(each for each in (await self.plan()).measures if each.kind == kind)

    async def runs(self, *, by: Person = LARS, after: timedelta = timedelta()) -> ActionPlan:
        """Let the plan run for a week."""
        now = MONDAY_NOON + after

        async def work(tx: Transaction) -> None:
            await set_period(tx, id=self.id, period_end=now + A_WEEK, by=by, now=now)
            await release_plan(tx, id=self.id, by=by, now=now)

        await self.desk.does(work)
        return await self.plan()

    async def lines(self, kind: LogKind = LogKind.MEASURE) -> Sequence[LogEntry]:
        return [each for each in await self.readiness.log() if each.kind is kind]

    async def told(self, kind: NoticeKind, *, after: timedelta = timedelta()) -> list[str]:
        """Say who is told of a kind by then; each claim is taken once."""
        due = await self.desk.due(after=after)
        return sorted(str(each.notice.person) for each in due if each.notice.kind is kind)
