"""An alert of level 3 whose plan is in force, and what is done until it is over."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from domain.action_plans import ActionPlan
from domain.alert_ending import Leftover
from domain.alert_log import AlertDecision, LogEntry, LogKind
from domain.alerts import Alert, AlertState, Level
from domain.evaluations import Evaluation
from domain.exports import ExportKind
from domain.notices import NoticeKind
from domain.people import Person, PersonId
from scheduler.tend_periods import tend_periods
from storage.database import Transaction
from storage.delivery_rows import outbox
from tests.integration.usecases.alarming import ALERT, LEFT, ORDER, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import DORTE, LARS, MONDAY_NOON
from usecases.end_alert import Ending, end_alert, normalise
from usecases.export_alert import ask_for_alert_paper
from usecases.extend_period import Extension, answer_extension, extend_period
from usecases.file_alert import file_alert
from usecases.hand_on_measures import hand_on_measures
from usecases.reopen_alert import reopen_alert
from usecases.run_action_plan import release_plan, set_period

DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
PERIOD = timedelta(days=14)
ENDS = MONDAY_NOON + PERIOD
BECAUSE = "Der har været roligt i en uge"
FULL = replace(ORDER, level=Level.FULL)


@dataclass(kw_only=True)
class Running:
    """An alert whose plan runs, and what time it is."""

    readiness: AlertDesk
    now: datetime = MONDAY_NOON + timedelta(hours=1)

    @property
    def desk(self) -> Desk:
        return self.readiness.desk

    async def alert(self) -> Alert:
        return await self.readiness.alert()

    async def begins(self, *, runs: bool = True) -> None:
        await self.readiness.opens()
        await self.readiness.activates(FULL)
        await self.readiness.leaves(after=LEFT - MONDAY_NOON)
        if not runs:
            return
        plan = await self.plan()
        async with self.desk.database.transaction() as tx:
            await set_period(tx, id=plan.id, period_end=ENDS, by=LARS, now=self.now)
            await release_plan(tx, id=plan.id, by=LARS, now=self.now)

    async def plan(self) -> ActionPlan:
        async with self.desk.database.transaction() as tx:
            return (await tx.action_plans.of_alert(ALERT))[0]

    async def ticks(self) -> int:
        """Let the minute's job look at periods."""
        return await tend_periods(self.desk.database, now=self.now)

    async def extends(
        self, until: datetime, *, by: Person = LARS, id: UUID | None = None, because: str = BECAUSE
    ) -> AlertDecision:
        self.now += A_MINUTE
        seen = (await self.alert()).version
        async with self.desk.database.transaction() as tx:
            return await extend_period(
                tx,
                alert=ALERT,
                wanted=Extension(id=id or uuid4(), until=until, because=because),
                by=by,
                seen=seen,
                now=self.now,
            )

    async def answers(self, *, agrees: bool, by: Person, because: str = "") -> AlertDecision:
        self.now += A_MINUTE
        async with self.desk.database.transaction() as tx:
            return await answer_extension(
                tx,
                alert=ALERT,
                id=uuid4(),
                agrees=agrees,
                because=because,
                by=by,
                now=self.now,
            )

    async def normalises(self, *, days: int = 3) -> Alert:
        seen = (await self.alert()).version
        async with self.desk.database.transaction() as tx:
            return await normalise(
                tx, id=ALERT, by=LARS, days=days, because=BECAUSE, seen=seen, now=self.now
            )

    async def hands_on(self, to: Leftover = Leftover.DAILY, *, by: Person = DORTE) -> int:
        """Hand on all that is left."""
        left = [each.id for each in (await self.plan()).measures if each.waits]
        async with self.desk.database.transaction() as tx:
            return await hand_on_measures(
                tx, id=ALERT, by=by, measures=left, to=to, words="Gadeplan Valby", now=self.now
            )

    async def ends(
        self, to: AlertState = AlertState.CLOSED, *, by: Person = LARS, because: str = BECAUSE
    ) -> Alert:
        seen = (await self.alert()).version
        ending = Ending(because=because, to=to, normal=(1, 2), close_down=(1,))
        async with self.desk.database.transaction() as tx:
            return await end_alert(tx, id=ALERT, by=by, ending=ending, seen=seen, now=self.now)

    async def closes(self) -> Alert:
        """Hand on what is left, and close it."""
        await self.hands_on()
        return await self.ends()

    async def reopens(self, *, by: Person = LARS, because: str = "Det er begyndt igen") -> Alert:
        seen = (await self.alert()).version
        async with self.desk.database.transaction() as tx:
            return await reopen_alert(
                tx, id=ALERT, by=by, because=because, seen=seen, now=self.now
            )

    async def is_exported(self, kind: ExportKind = ExportKind.ALERT_LOG_PDF) -> None:
        """Let Dorte take out its log, or another paper."""
        async with self.desk.database.transaction() as tx:
            await ask_for_alert_paper(tx, alert=ALERT, kind=kind, by=DORTE, now=self.now)

    async def files(self) -> Alert:
        async with self.desk.database.transaction() as tx:
            return await file_alert(tx, id=ALERT, by=DORTE, journal="2026-0417", now=self.now)

    async def evaluation(self) -> Evaluation:
        async with self.desk.database.transaction() as tx:
            found = await tx.evaluations.of(ALERT)
        assert found is not None
        return found

    async def line(self, kind: LogKind) -> LogEntry:
        """Read the latest line of a kind."""
        return [each for each in await self.readiness.log() if each.kind is kind][-1]

    async def told(self, kind: NoticeKind) -> list[PersonId]:
        """List who is told something, once for each time."""

        async def look(tx: Transaction) -> list[PersonId]:
            rows = await tx.connection.execute(
                select(outbox.c.person).where(outbox.c.kind == kind).order_by(outbox.c.person)
            )
            return [PersonId(row.person) for row in rows]

        async with self.desk.database.transaction() as tx:
            return await look(tx)
