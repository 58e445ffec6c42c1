"""An alert in a real database: leaders, substitutes and managers of six authorities, a clock."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from domain.absences import Absence
from domain.alert_audience import default_audience
from domain.alert_log import LogEntry, LogKind
from domain.alerts import (
    QUORUM,
    Alert,
    AlertState,
    Level,
    Quorum,
    Recipient,
    Reply,
    Situation,
    Via,
    Why,
)
from domain.dates import local_date
from domain.delivery import DeliveryState
from domain.escalation import Reason, begin
from domain.notices import Medium, Notice, NoticeKind, Tier
from domain.people import Authority, Person, PersonId
from scheduler.escalate_alerts import escalate_alerts
from storage.database import Transaction
from storage.delivery_rows import outbox
from tests.integration.usecases.desk import Desk
from tests.support.escalating import VALBY, frozen, of
from tests.support.examples import MONDAY_NOON, person
from tests.support.town import DORTE
from usecases.answer_alert import answer_alert, answer_for
from usecases.climb_ladder import climb_ladders
from usecases.pause_alert import pause_alert, resume_alert

BUF, SOF, KP, KFF, BIF, KFO = (
    *(Authority.BUF, Authority.SOF, Authority.KP),
    *(Authority.KFF, Authority.BIF, Authority.KFO),
)
SIX: Quorum = {**QUORUM, KFO: 1}
LEFT_AT = MONDAY_NOON
Told = tuple[float, Reason, tuple[PersonId, ...]]


@dataclass(kw_only=True)
class Alerted:
    """An alert that has left, the people it is about, and what time it is."""

    desk: Desk
    alert: Alert
    now: datetime = LEFT_AT
    mail: bool = True

    @property
    def id(self) -> UUID:
        return self.alert.id

    async def forward(self, *, minutes: float) -> None:
        """Let time pass, with a ticker that is never late."""
        until = self.now + timedelta(minutes=minutes)
        while (due := await self._next_due()) is not None and due <= until:
            self.now = max(self.now, due)
            await self.ticks()
        self.now = until

    def stands_still(self, *, minutes: float) -> None:
        """Let time pass without a ticker: the bot is down."""
        self.now += timedelta(minutes=minutes)

    async def ticks(self) -> int:
        return await escalate_alerts(self.desk.database, mail=self.mail, now=self.now)

    async def answers(self, who: PersonId, reply: Reply) -> Recipient:
        async with self.desk.database.transaction() as tx:
            return await self.answer(tx, who, reply)

    async def answer(self, tx: Transaction, who: PersonId, reply: Reply) -> Recipient:
        return await answer_alert(
            tx, id=self.id, by=_person(who), reply=reply, mail=self.mail, now=self.now
        )

    async def answer_for(
        self,
        tx: Transaction,
        who: PersonId,
        reply: Reply,
        *,
        by: Person = DORTE,
        via: Via = Via.PHONE,
    ) -> Recipient:
        return await answer_for(
            tx, id=self.id, by=by, person=who, reply=reply, via=via, mail=self.mail, now=self.now
        )

    async def pauses(self, *, minutes: int) -> None:
        async with self.desk.database.transaction() as tx:
            await pause_alert(
                tx,
                id=self.id,
                by=DORTE,
                length=timedelta(minutes=minutes),
                because="Vi ringer til dem",
                now=self.now,
            )

    async def resumes(self) -> None:
        async with self.desk.database.transaction() as tx:
            await resume_alert(tx, id=self.id, by=DORTE, mail=self.mail, now=self.now)

    async def is_away(self, who: PersonId) -> None:
        """Note an absence of today."""
        today = local_date(self.now)
        absence = Absence(
            id=UUID(int=9), person=who, from_on=today, to_on=today, noted_at=self.now
        )
        async with self.desk.database.transaction() as tx:
            await tx.absences.add(absence)

    async def leaves_for_good(self, who: PersonId) -> None:
        async with self.desk.database.transaction() as tx:
            await tx.people.deactivate(who)

    async def ends(self) -> None:
        async with self.desk.database.transaction() as tx:
            held = await tx.alerts.hold(self.id)
            assert held is not None
            await tx.alerts.save(replace(held, state=AlertState.CLOSED))

    async def log(self) -> list[LogEntry]:
        async with self.desk.database.transaction() as tx:
            return await tx.alert_log.of(self.id)

    async def told(self, authority: Authority) -> list[Told]:
        """Tell the steps of one ladder, in minutes since the alert left."""
        return [
            ((each.at - LEFT_AT) / timedelta(minutes=1), each.reason, each.people)
            for each in await self.log()
            if each.kind is LogKind.ESCALATED and each.authority is authority and each.reason
        ]

    async def messages(self, who: PersonId) -> list[tuple[int, Medium, DeliveryState]]:
        """List what was ever to be sent to somebody, and where that stands."""
        found = select(outbox).where(
            outbox.c.person == who, outbox.c.about == self.id, outbox.c.kind == NoticeKind.ALERT
        )
        async with self.desk.database.transaction() as tx:
            rows = await tx.connection.execute(found.order_by(outbox.c.id))
        return [(row.round, Medium(row.medium), DeliveryState(row.state)) for row in rows]

    async def hears_whom_to_call(self, who: PersonId) -> int:
        """Count the call lists that somebody is told of."""
        async with self.desk.database.transaction() as tx:
            rows = await tx.connection.execute(
                select(outbox).where(
                    outbox.c.person == who, outbox.c.kind == NoticeKind.ALERT_CALL_LIST
                )
            )
            return len(rows.all())

    async def to_call(self) -> set[PersonId]:
        async with self.desk.database.transaction() as tx:
            return {each.person for each in await tx.call_list.waiting()}

    async def recipients(self) -> Mapping[PersonId, Recipient]:
        async with self.desk.database.transaction() as tx:
            return {each.person: each for each in await tx.recipients.of(self.id)}

    async def _next_due(self) -> datetime | None:
        async with self.desk.database.transaction() as tx:
            return await tx.escalations.next_due()


async def activated(desk: Desk, *, quorum: Quorum = SIX, number: int = 1) -> Alerted:
    """Alert the leader of each authority in Valby, as the activation does."""
    snapshot = frozen(quorum=quorum)
    made = _alert(number)
    leaders = [_recipient(made, each) for each in snapshot.asked]
    async with desk.database.transaction() as tx:
        known = {each.id for each in await tx.people.all()}
        for each in sorted(snapshot.people() - known):
            await tx.people.add(_person(each))
        await tx.alerts.add(made)
        await tx.recipients.add(leaders)
        await tx.escalations.begin(
            made.id, snapshot, [begin(snapshot, each) for each in snapshot.authorities()]
        )
        await tx.outbox.add([_notice(made, each.person) for each in leaders])
        await climb_ladders(
            tx, made, await tx.escalations.of(made.id), mail=True, now=made.activated_at
        )
    return Alerted(desk=desk, alert=made)


def leader(authority: Authority) -> PersonId:
    return of(authority, "leader")


def _alert(number: int) -> Alert:
    return Alert(
        id=UUID(int=1000 + number),
        year=2026,
        number=number,
        level=Level.COORDINATION,
        drill=False,
        template="H1",
        title="Uro på torvet",
        situation=Situation(happened="Slagsmål", where="Torvet", stands="Uro", done="Patrulje"),
        audience=default_audience(frozenset({VALBY})),
        state=AlertState.ACTIVATED,
        activated_by=DORTE.id,
        activated_at=LEFT_AT - timedelta(seconds=10),
        leaves_at=LEFT_AT,
        coordinator=DORTE.id,
        log_keeper=DORTE.id,
    )


def _recipient(alert: Alert, authority: Authority) -> Recipient:
    return Recipient(
        alert=alert.id,
        person=leader(authority),
        authority=authority,
        areas=frozenset({VALBY}),
        tier=Tier.ALERT_LEADERS,
        why=Why.AUDIENCE,
        added_at=alert.activated_at,
    )


def _notice(alert: Alert, who: PersonId) -> Notice:
    return Notice(
        kind=NoticeKind.ALERT,
        about=alert.id,
        due_at=alert.leaves_at,
        person=who,
        tier=Tier.ALERT_LEADERS,
    )


def _person(id: PersonId) -> Person:
    return person(id, authority=Authority(id.split()[0]))
