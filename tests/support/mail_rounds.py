"""An outbox of e-mail, its sender, and a stand-in for the mailbox it goes by, on one clock."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.mail import MailCourier
from cards.delivery import repeated
from cards.forms import message
from cards.mails import mailed
from cards.shown import Shown
from cards.words import speak
from domain.delivery import Delivery, DeliveryState
from domain.mailing import mail_verdict
from domain.notices import Medium, Notice, NoticeKind
from domain.people import Language
from graph.mail import Mailbox
from localgraph.server import LocalGraph, running
from scheduler.addressing import by_email
from scheduler.deliver_outbox import OutboxSender
from storage.database import Database, Transaction
from storage.vault import Vault
from tests.support.graph_here import graph_at
from tests.support.outlook import MAILBOX, Ticking
from tests.support.post import CONCERN, NO_PACE, Counts
from tests.support.town import ANNA, BO, CARL, INDEX_KEY, MASTER_KEY, MONDAY_NOON, ORGANISATION

DANISH = speak(Language.DA)
PEOPLE = (ANNA, BO, CARL)
A_MINUTE = timedelta(minutes=1)


@dataclass(kw_only=True)
class Round:
    """An outbox of e-mail, its sender, and the mailbox it goes by, on one clock."""

    database: Database
    graph: LocalGraph
    courier: MailCourier
    clock: Ticking
    not_reached: list[tuple[str, DeliveryState]]

    async def delivers(self) -> None:
        """Let everything be sent that is due."""
        sender = OutboxSender[str](
            database=self.database,
            courier=self.courier,
            find=by_email,
            draw=_draw,
            not_reached=self._not_reached,
            watcher=Counts(),
            wake=lambda: None,
            rate=NO_PACE,
            now=lambda: self.clock.at,
            real=lambda: self.clock.at,
            jitter=lambda: 0.5,
            medium=Medium.EMAIL,
            judge=mail_verdict,
        )
        await sender.run()
        await sender.close()

    async def passes(self, minutes: int) -> None:
        for _ in range(minutes):
            self.clock.at += A_MINUTE
            await self.delivers()

    @property
    def received(self) -> Counter[str]:
        return Counter(each.to for each in self.graph.outbox.posts)

    @property
    def asked(self) -> int:
        return len(self.graph.log.of("mail.send"))

    @property
    def hastened(self) -> list[timedelta]:
        """Say what was asked before Graph wanted to be asked again, but for what was under way."""
        calls = self.graph.log.of("mail.send")
        return [
            later.at - each.at
            for each in calls
            for later in calls
            if timedelta() < later.at - each.at < timedelta(seconds=each.retry_after or 0)
        ]

    async def waits(self) -> bool:
        async with self.database.transaction() as tx:
            return await tx.outbox.next_due(medium=Medium.EMAIL) is not None

    async def _not_reached(self, _: Transaction, delivery: Delivery, state: DeliveryState) -> None:
        self.not_reached.append((str(delivery.notice.person), state))


async def _draw(_: Transaction, deliveries: Sequence[Delivery]) -> Sequence[Shown | None]:
    shown = message("PRØVE", "Det er en prøve.", say=DANISH)
    return [
        mailed(repeated(shown, DANISH) if each.repeated else shown, each.notice.kind, say=DANISH)
        for each in deliveries
    ]


@asynccontextmanager
async def a_round(database_url: str) -> AsyncIterator[Round]:
    """Three letters are due."""
    database = Database(database_url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await database.open()
    clock = Ticking(MONDAY_NOON)
    async with (
        running(LocalGraph(mailboxes=[MAILBOX], now=lambda: clock.at)) as standin,
        graph_at(standin.base_url, timer=clock.timer()) as graph,
    ):
        async with database.transaction() as tx:
            await tx.organisation.replace(ORGANISATION)
            await tx.outbox.add(
                [
                    Notice(
                        kind=NoticeKind.TRIAL,
                        about=CONCERN,
                        due_at=MONDAY_NOON,
                        person=each.id,
                        medium=Medium.EMAIL,
                    )
                    for each in PEOPLE
                ]
            )
        courier = MailCourier(Mailbox(graph, address=MAILBOX))
        yield Round(database=database, graph=standin, courier=courier, clock=clock, not_reached=[])
        assert standin.log.wrong == []  # MTG-12: all of it is as Microsoft's contract says
    await database.dispose()
