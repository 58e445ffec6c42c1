"""Replicas that audit one database, and what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cards.shown import Shown
from cards.words import speak
from domain.delivery import Delivery, DeliveryState
from domain.notices import Medium, NoticeKind
from domain.pacing import Pace, counted
from domain.people import PersonId
from domain.troubles import Trouble, TroubleCode
from scheduler.audit import AUDIT_EVERY, Auditor
from scheduler.checks import checks
from scheduler.draw_trouble import draw_trouble
from storage.database import Database, Transaction
from tests.support.door import Knocker
from tests.support.examples import BO
from tests.support.household import Household
from tests.support.post import MINUTE, MONDAY_NOON, told

SAY = speak(None)


class Watch:
    """Three replicas that audit one database, and what became of it."""

    def __init__(self, databases: Sequence[Database]) -> None:
        self.database = databases[0]
        self.household = Household(databases, now=MONDAY_NOON)
        self.heard: list[tuple[list[TroubleCode], datetime]] = []
        self.widened: list[datetime] = []
        self.checks = checks(self.household.replicas[0], real=lambda: self.now, widen=self._widen)
        self.auditors = [
            Auditor(
                database=database,
                checks=self.checks,
                now=lambda: self.now,
                signal=self._signal,
            )
            for database in databases
        ]

    @property
    def now(self) -> datetime:
        return self.household.now

    @now.setter
    def now(self, now: datetime) -> None:
        self.household.now = now

    async def passes(self, time: timedelta) -> None:
        """Let time pass, with an audit as often as there is one."""
        until = self.now + time
        while self.now < until:
            self.now = min(self.now + AUDIT_EVERY, until)
            await self.audits()

    def why(self) -> list[list[str]]:
        return [list(auditor.why()) for auditor in self.auditors]

    async def audits(self) -> None:
        """Let every replica audit now."""
        for auditor in self.auditors:
            await auditor.run()

    async def promises(self) -> None:
        async with self.database.transaction() as tx:
            await tx.outbox.add([told(BO.id, due_at=self.now)])

    async def settles_what_is_late(self) -> list[Delivery]:
        """Do what a sender does; word of the trouble itself is left where it is."""
        async with self.database.transaction() as tx:
            claimed = await tx.outbox.claim(now=self.now, lease=MINUTE, at_most=99)
            late = [each for each in claimed if each.notice.kind is NoticeKind.CONCERN_WAITING]
            for delivery in late:
                await tx.outbox.end(delivery, DeliveryState.DELIVERED, now=self.now)
            told_of = [each for each in claimed if each not in late]
            await tx.outbox.release_all((each, self.now) for each in told_of)
        return told_of

    async def secretariat_hears(self) -> list[tuple[PersonId | None, Shown | None]]:
        """Draw what has been promised to the Secretariat, as the sender would now."""
        async with self.database.transaction() as tx:
            claimed = await tx.outbox.claim(now=self.now, lease=MINUTE, at_most=99)
            await tx.outbox.release_all((each, self.now) for each in claimed)
            return [
                (each.notice.person, await self._drawn(tx, each))
                for each in claimed
                if each.notice.kind is NoticeKind.DELIVERY_TROUBLE
            ]

    async def teams_refuses(self, refused: int, *, of: int) -> None:
        """Begin a minute in which Teams refuses so many of what is sent."""
        fresh = Pace.fresh(rate=45, now=self.now)
        pace = counted(fresh, taken=of - refused, turned_away=refused, now=self.now)
        async with self.database.transaction() as tx:
            await tx.pace.hold(Medium.TEAMS, rate=45, now=self.now)
            await tx.pace.keep(Medium.TEAMS, pace)

    async def readiness(self, outside: Knocker) -> tuple[int, str]:
        """Ask at the door, as an operator's watch does."""
        outside.at += timedelta(seconds=1)
        outside.amiss = self.auditors[0].why()
        reply = await outside.asks("GET", "/readyz")
        return reply.status, reply.text

    async def _drawn(self, tx: Transaction, delivery: Delivery) -> Shown | None:
        return await draw_trouble(tx, delivery.notice, checks=self.checks, now=self.now, say=SAY)

    async def _widen(self, _tx: Transaction, now: datetime) -> None:
        self.widened.append(now)

    def _signal(self, troubles: Sequence[Trouble], at: datetime) -> None:
        self.heard.append(([each.code for each in troubles], at))
