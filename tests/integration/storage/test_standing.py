"""How it stands with a send, after every step of whatever may happen to it (BER-13)."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest

from domain.delivery import NOT_REACHED, OPEN, Delivery, DeliveryState, is_sent
from domain.notices import Medium, Notice, NoticeKind, Tier
from domain.people import PersonId
from storage.database import Database, Transaction
from tests.integration.storage.conftest import Opens
from tests.integration.storage.examples import MONDAY_NOON, vault

S = DeliveryState
ABOUT = UUID(int=13)
KIND = NoticeKind.TRIAL
PEOPLE = [PersonId(f"p{number:02}") for number in range(12)]
LEASE = timedelta(seconds=10)
SECOND = timedelta(seconds=1)

# What may follow a state, whatever is said of a notice by whoever claimed it, however late.
ALLOWED: Final = {
    S.READY: {S.SENDING, S.CANCELLED, S.ACKNOWLEDGED, S.DELIVERED},
    S.SENDING: {S.READY, S.UNRESOLVED, S.DELIVERED, S.ACKNOWLEDGED, S.CANCELLED, *NOT_REACHED},
    S.UNRESOLVED: {S.SENDING, S.READY, S.DELIVERED, S.ACKNOWLEDGED, S.CANCELLED, *NOT_REACHED},
    S.DELIVERED: {S.ACKNOWLEDGED},
    S.ACKNOWLEDGED: set[DeliveryState](),
    S.CANCELLED: {S.ACKNOWLEDGED},  # where it may have arrived before it was cancelled
    **{state: {S.ACKNOWLEDGED} for state in NOT_REACHED},
}


def notices() -> Sequence[Notice]:
    return [
        Notice(kind=KIND, about=ABOUT, due_at=MONDAY_NOON, person=person, tier=Tier.ALERT)
        for person in PEOPLE
    ]


class Story:
    """What happens to a send, drawn by a seed; the books are looked at after every step."""

    def __init__(self, databases: Sequence[Database], *, seed: int) -> None:
        self._databases = databases
        self._random = random.Random(seed)  # noqa: S311
        self._held: list[Delivery] = []  # claimed by somebody, perhaps for the second time
        self._before: dict[PersonId, DeliveryState] = {}
        self._acknowledged: Counter[PersonId] = Counter()
        self.now = MONDAY_NOON

    async def happens(self, steps: int) -> None:
        what = [
            *[self._claim] * 3,
            *[self._settle] * 3,
            self._postpone,
            self._release,
            self._end,
            self._acknowledge,
            self._time_passes,
        ]
        async with self._databases[0].transaction() as tx:
            await tx.outbox.add(notices())
        for number in range(steps):
            step = self._random.choice(what if number != steps // 2 else [self._cancel])
            async with self._random.choice(self._databases).transaction() as tx:
                await step(tx)
            async with self._databases[0].transaction() as tx:
                await self._look(tx)

    async def _claim(self, tx: Transaction) -> None:
        self._held += await tx.outbox.claim(
            now=self.now, lease=LEASE, at_most=self._random.randint(1, 5)
        )

    async def _settle(self, tx: Transaction) -> None:
        await tx.outbox.settle_all([(each, "1:a", self.now) for each in self._some()])

    async def _postpone(self, tx: Transaction) -> None:
        until = self.now + self._random.choice((SECOND, LEASE))
        await tx.outbox.postpone_all(
            [(each, until) for each in self._some()],
            why="retry",
            unclear=self._random.random() < 1 / 2,
        )

    async def _release(self, tx: Transaction) -> None:
        await tx.outbox.release_all([(each, self.now) for each in self._some()])

    async def _end(self, tx: Transaction) -> None:
        for each in self._some():
            await tx.outbox.end(each, self._random.choice(sorted(NOT_REACHED)), now=self.now)

    async def _acknowledge(self, tx: Transaction) -> None:
        person = self._random.choice(PEOPLE)
        self._acknowledged[person] += await tx.standings.acknowledge(
            ABOUT, kind=KIND, person=person, now=self.now
        )

    async def _cancel(self, tx: Transaction) -> None:
        before = await tx.standings.tally(ABOUT, kind=KIND, now=self.now)
        waiting = before.get(S.READY, 0) + before.get(S.UNRESOLVED, 0)

        assert await tx.standings.cancel(ABOUT, kind=KIND, now=self.now) == waiting

    async def _time_passes(self, _: Transaction) -> None:
        self.now += self._random.choice((SECOND, LEASE))

    def _some(self) -> Sequence[Delivery]:
        """Take some of what was ever claimed: answers come late, and come twice."""
        return self._random.sample(self._held, k=min(len(self._held), 2))

    async def _look(self, tx: Transaction) -> None:
        tally = await tx.standings.tally(ABOUT, kind=KIND, now=self.now)
        each = await tx.standings.each(ABOUT, kind=KIND, now=self.now)
        states = {standing.person: standing.state for standing in each}
        acknowledged = {standing.person for standing in each if standing.acknowledged_at}

        assert sum(tally.values()) == len(each) == len(PEOPLE)
        assert Counter(states.values()) == tally
        assert is_sent(tally) == OPEN.isdisjoint(states.values())
        for person, state in states.items():
            before = self._before.get(person, S.READY)
            assert state in {before, *ALLOWED[before]}, (person, before, state)
        assert acknowledged == {who for who, state in states.items() if state is S.ACKNOWLEDGED}
        assert self._acknowledged == Counter(acknowledged)
        self._before = states


@pytest.mark.parametrize("seed", range(12))
async def test_everybody_is_in_one_state_after_every_step(opens: Opens, seed: int) -> None:
    """BER-13: claimed, settled, postponed, ended, pressed and cancelled by two at random."""
    story = Story([await opens(vault()), await opens(vault())], seed=seed)

    await story.happens(80)


async def claimed(database: Database) -> Delivery:
    """Promise everything, and claim the first."""
    async with database.transaction() as tx:
        await tx.outbox.add(notices())
        [delivery] = await tx.outbox.claim(now=MONDAY_NOON, lease=LEASE, at_most=1)
    return delivery


async def states(database: Database, *, after: timedelta = timedelta()) -> Counter[DeliveryState]:
    async with database.transaction() as tx:
        return Counter(await tx.standings.tally(ABOUT, kind=KIND, now=MONDAY_NOON + after))


async def test_a_lease_that_has_passed_is_unresolved_without_anybody_sweeping(
    database: Database,
) -> None:
    """BER-13."""
    await claimed(database)

    assert await states(database) == {S.SENDING: 1, S.READY: 11}
    assert await states(database, after=LEASE) == {S.UNRESOLVED: 1, S.READY: 11}


@pytest.mark.parametrize("late", ["settle", "postpone", "release", "end", "press"])
async def test_what_was_acknowledged_stays_so_whatever_comes_late(
    database: Database, late: str
) -> None:
    """BER-13: pressed while the answer from Teams was under way."""
    delivery = await claimed(database)
    person = delivery.notice.person
    assert person is not None
    async with database.transaction() as tx:
        assert await tx.standings.acknowledge(ABOUT, kind=KIND, person=person, now=MONDAY_NOON)
    async with database.transaction() as tx:
        match late:
            case "settle":
                await tx.outbox.settle_all([(delivery, "1:a", MONDAY_NOON)])
            case "postpone":
                await tx.outbox.postpone_all([(delivery, MONDAY_NOON)], why="retry")
            case "release":
                await tx.outbox.release_all([(delivery, MONDAY_NOON)])
            case "end":
                await tx.outbox.end(delivery, S.BLOCKED, now=MONDAY_NOON)
            case _:
                later = MONDAY_NOON + SECOND
                assert not await tx.standings.acknowledge(
                    ABOUT, kind=KIND, person=person, now=later
                )

    assert await states(database) == {S.ACKNOWLEDGED: 1, S.READY: 11}
    async with database.transaction() as tx:
        [standing, *_] = await tx.standings.each(ABOUT, kind=KIND, now=MONDAY_NOON)
        again = await tx.outbox.claim(now=MONDAY_NOON + LEASE, lease=LEASE, at_most=99)
    assert standing.acknowledged_at == MONDAY_NOON
    assert person not in {each.notice.person for each in again}


async def test_an_acknowledgement_ends_what_waits_in_both_media(database: Database) -> None:
    """BER-16: who has it by one way need not get it by the other."""
    told = notices()[0]
    assert told.person is not None
    mailed = Notice(
        kind=KIND, about=ABOUT, due_at=MONDAY_NOON, person=told.person, medium=Medium.EMAIL
    )
    async with database.transaction() as tx:
        await tx.outbox.add([told, mailed])
        await tx.standings.acknowledge(ABOUT, kind=KIND, person=told.person, now=MONDAY_NOON)
        left = [
            await tx.outbox.claim(now=MONDAY_NOON, lease=LEASE, at_most=9, medium=medium)
            for medium in Medium
        ]

    assert left == [[], []]
    assert await states(database) == {S.ACKNOWLEDGED: 1}


async def test_pressed_twenty_times_at_once_it_counts_once(opens: Opens) -> None:
    """BER-13: on every replica."""
    replicas = [await opens(vault()) for _ in range(4)]
    await claimed(replicas[0])

    async def presses(number: int) -> bool:
        async with replicas[number % 4].transaction() as tx:
            return await tx.standings.acknowledge(
                ABOUT, kind=KIND, person=PEOPLE[0], now=MONDAY_NOON
            )

    assert sorted(await asyncio.gather(*map(presses, range(20)))) == [False] * 19 + [True]


async def test_what_nobody_answers_for_any_more_can_be_cancelled(database: Database) -> None:
    await claimed(database)
    async with database.transaction() as tx:
        assert await tx.standings.cancel(ABOUT, kind=KIND, now=MONDAY_NOON + LEASE) == 12
        assert await tx.outbox.claim(now=MONDAY_NOON + LEASE, lease=LEASE, at_most=99) == []


async def test_what_was_cancelled_is_never_claimed_and_what_was_in_flight_still_counts(
    database: Database,
) -> None:
    """BER-13: it cannot be called back from Teams, so it is told as it is."""
    delivery = await claimed(database)
    async with database.transaction() as tx:
        assert await tx.standings.cancel(ABOUT, kind=KIND, now=MONDAY_NOON) == 11
        assert await tx.outbox.claim(now=MONDAY_NOON, lease=LEASE, at_most=99) == []
        await tx.outbox.settle_all([(delivery, "1:a", MONDAY_NOON)])

    assert await states(database) == {S.CANCELLED: 11, S.DELIVERED: 1}
