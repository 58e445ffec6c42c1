"""The senders of both media, side by side on one timetable."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.senders import Senders
from bot.signals import Signals
from bot.spans import Tracer
from cards.shown import Shown
from domain.delivery import Delivery, DeliveryState
from domain.notices import Medium, Notice, NoticeKind
from domain.people import PersonId
from scheduler.deliver_outbox import AT_ONCE, IN_FLIGHT
from scheduler.timetable import Timetable
from storage.database import Transaction
from tests.support.mailboxes import Mailboxes
from tests.support.post import CONCERN, MONDAY_NOON, NO_PACE, Post, told
from tests.support.town import ANNA, ORGANISATION

A_DAY = timedelta(days=1)
MORE_THAN_TEAMS_IS_ASKED_AT_ONCE = [PersonId(f"p{number}") for number in range(IN_FLIGHT + 1)]
BY_EMAIL = Notice(
    kind=NoticeKind.TRIAL,
    about=CONCERN,
    due_at=MONDAY_NOON,
    person=ANNA.id,
    medium=Medium.EMAIL,
)


class Letterbox(Mailboxes):
    """Tells when a letter has come."""

    def __init__(self) -> None:
        super().__init__()
        self.has_one = asyncio.Event()

    async def deliver(self, letter: bytes, *, to: str) -> str:
        self.has_one.set()
        return await super().deliver(letter, to=to)


class SlowTeams:
    """Holds its answers until it is let go on; says when it has all that it is asked at once."""

    def __init__(self) -> None:
        self.asked = 0
        self.is_full = asyncio.Event()
        self.goes_on = asyncio.Event()

    async def __call__(self) -> None:
        self.asked += 1
        if self.asked == AT_ONCE:
            self.is_full.set()
        await self.goes_on.wait()


async def test_an_email_goes_while_the_job_for_teams_is_still_at_work(post: Post) -> None:
    """BER-79: Teams that answers slowly is when e-mail is needed."""
    slow, mail = SlowTeams(), Letterbox()
    post.courier.meanwhile = slow
    senders = Senders(
        database=post.database,
        courier=post.courier,
        spent=lambda: 0,
        mail=mail,
        draw=_draw,
        not_reached=_not_reached,
        signals=Signals(),
        tracer=Tracer(),
        wake=lambda: senders.wake(timetable),
        rate=NO_PACE,
        clock=Clock(lambda: post.now),
    )
    timetable = Timetable(senders.jobs(every=A_DAY))
    async with post.database.transaction() as tx:
        await tx.organisation.replace(ORGANISATION)
    await post.knows(*MORE_THAN_TEAMS_IS_ASKED_AT_ONCE)
    await post.promises(*map(told, MORE_THAN_TEAMS_IS_ASKED_AT_ONCE))
    timetable.start()
    await asyncio.wait_for(slow.is_full.wait(), timeout=5)

    await post.promises(BY_EMAIL)
    senders.wake(timetable)
    await asyncio.wait_for(mail.has_one.wait(), timeout=3)

    assert post.received == []
    slow.goes_on.set()
    await senders.close()
    await timetable.stop()
    assert [to for to, _ in mail.received] == [ANNA.email]


async def _draw(_: Transaction, deliveries: Sequence[Delivery]) -> Sequence[Shown | None]:
    return [Shown(words="Er du der?", summary="SSP")] * len(deliveries)


async def _not_reached(_: Transaction, __: Delivery, ___: DeliveryState) -> None:
    """Nobody is out of reach here."""
