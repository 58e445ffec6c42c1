"""A pause that Teams asks for holds letters back and nothing else, in simulated time."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

from cards.shown import Shown
from domain.delivery import Address, Delivery, DeliveryState
from domain.notices import Medium, NoticeKind
from domain.pacing import stopped
from scheduler.addressing import in_teams
from scheduler.deliver_outbox import OutboxSender
from storage.database import Database, Transaction
from tests.faults.conftest import Fresh
from tests.support.hours import hour
from tests.support.hours import told as story_told
from tests.support.post import CARL, CONCERN, Counts, FakeCourier, Post, told
from tests.support.storm import PACE, PLAIN, VAULT

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


async def a_letter(_: Transaction, deliveries: Sequence[Delivery]) -> Sequence[Shown | None]:
    return [PLAIN for _ in deliveries]


async def unreached(_: Transaction, __: Delivery, ___: DeliveryState) -> None:
    """Look for no other way."""


async def paused_meanwhile(
    tx: Transaction, deliveries: Sequence[Delivery]
) -> Mapping[str, Address]:
    """Find everybody, so slowly that the slot is missed; another replica hears of a pause."""
    pace = await tx.pace.hold(Medium.TEAMS, rate=PACE, now=hour())
    await tx.pace.keep(Medium.TEAMS, stopped(pace, until=hour() + HOUR))
    await asyncio.sleep(0.4)
    return await in_teams(tx, deliveries)


def test_who_missed_a_slot_does_not_wait_for_an_hour_with_it(fresh: Fresh) -> None:
    """What is claimed is given back within its lease; a replica that closes is not held up."""

    async def story() -> None:
        database = Database(fresh(), VAULT)
        await database.open()
        post = Post(database)
        await post.knows(CARL)
        await post.promises(told(CARL, due_at=hour()))
        sender = OutboxSender(
            database=database,
            courier=FakeCourier(),
            find=paused_meanwhile,
            draw=a_letter,
            not_reached=unreached,
            watcher=Counts(),
            wake=lambda: None,
            rate=PACE,
            now=hour,
            real=hour,
        )
        begun = hour()
        await sender.run()
        await sender.idle()

        assert hour() - begun < 2 * SECOND
        async with database.transaction() as tx:
            tally = await tx.standings.tally(
                CONCERN, kind=NoticeKind.CONCERN_WAITING, now=begun + HOUR / 2
            )
        assert tally == {DeliveryState.READY: 1}
        await database.dispose()

    story_told(story())
