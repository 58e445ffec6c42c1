"""Notices, addresses, turns and counters."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.delivery import NOT_REACHED, DeliveryState
from domain.errors import RuleBroken
from domain.notices import Medium, Tier
from storage.database import Database
from storage.vault import Shredded
from tests.integration.storage.examples import (
    A_MINUTE,
    ADDRESS,
    ANNA,
    KG5,
    MONDAY_NOON,
    concern,
    notice,
)


class TestOutbox:
    async def test_tells_the_same_thing_once(self, database: Database) -> None:
        waiting = notice()
        async with database.transaction() as tx:
            await tx.outbox.add([waiting, waiting])
            await tx.outbox.add([waiting])
            await tx.outbox.add([])

            [claimed] = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=9)
        assert (claimed.notice, claimed.attempts) == (waiting, 1)

    async def test_a_claim_that_was_not_ended_falls_due_again(self, database: Database) -> None:
        async with database.transaction() as tx:
            await tx.outbox.add([notice(), notice(due=A_MINUTE * 5)])
            [claimed] = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=9)

            assert await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=9) == []
            assert await tx.outbox.next_due() == MONDAY_NOON + A_MINUTE
            again = await tx.outbox.claim(now=MONDAY_NOON + A_MINUTE, lease=A_MINUTE, at_most=9)
        assert again == [replace(claimed, attempts=2, claims=2, repeated=True)]

    async def test_who_lost_a_claim_no_longer_decides(self, database: Database) -> None:
        async with database.transaction() as tx:
            await tx.outbox.add([notice()])
            [lost] = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=1)
            later = MONDAY_NOON + A_MINUTE
            [held] = await tx.outbox.claim(now=later, lease=A_MINUTE, at_most=1)

            await tx.outbox.end(lost, DeliveryState.GIVEN_UP, now=later, why="403")
            await tx.outbox.postpone_all([(lost, later + timedelta(days=1))], why="503")
            await tx.outbox.release_all([(lost, later + timedelta(days=1))])
            assert await tx.outbox.next_due() == later + A_MINUTE

            await tx.outbox.postpone_all([(held, later + timedelta(days=2))], why="503")
            assert await tx.outbox.next_due() == later + timedelta(days=2)

    async def test_what_had_not_begun_was_no_attempt_and_is_not_repeated(
        self, database: Database
    ) -> None:
        async with database.transaction() as tx:
            await tx.outbox.add([notice()])
            claimed = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=1)
            await tx.outbox.release_all([(each, MONDAY_NOON) for each in claimed])
            [again] = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=1)

        assert (again.attempts, again.claims, again.repeated) == (1, 2, False)

    async def test_what_once_may_have_arrived_is_repeated_ever_after(
        self, database: Database
    ) -> None:
        """BER-74: also when the next try certainly did not arrive."""
        async with database.transaction() as tx:
            await tx.outbox.add([notice()])
            repeated = []
            for unclear in (True, False, False):
                [each] = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=1)
                repeated.append(each.repeated)
                await tx.outbox.postpone_all([(each, MONDAY_NOON)], why="503", unclear=unclear)

        assert repeated == [False, True, True]

    async def test_each_medium_has_notices_of_its_own(self, database: Database) -> None:
        told = notice()
        mailed = replace(told, medium=Medium.EMAIL)
        async with database.transaction() as tx:
            await tx.outbox.add([told, mailed])
            claimed = {
                medium: await tx.outbox.claim(
                    now=MONDAY_NOON, lease=A_MINUTE, at_most=9, medium=medium
                )
                for medium in Medium
            }

        assert {medium: [each.notice for each in of] for medium, of in claimed.items()} == {
            Medium.TEAMS: [told],
            Medium.EMAIL: [mailed],
        }

    @pytest.mark.parametrize("ending", [*sorted(NOT_REACHED), DeliveryState.CANCELLED, None])
    async def test_what_has_ended_is_never_claimed_again(
        self, database: Database, ending: DeliveryState | None
    ) -> None:
        async with database.transaction() as tx:
            await tx.outbox.add([notice()])
            [claimed] = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=1)
            if ending is None:
                await tx.outbox.settle_all([(claimed, "1:a", MONDAY_NOON)])
            else:
                await tx.outbox.end(claimed, ending, now=MONDAY_NOON)

            assert await tx.outbox.next_due() is None
            later = MONDAY_NOON + timedelta(days=9)
            assert await tx.outbox.claim(now=later, lease=A_MINUTE, at_most=1) == []

    async def test_the_pressing_go_first_and_then_who_waited_longest(
        self, database: Database
    ) -> None:
        ordinary = [notice(due=-minutes * A_MINUTE) for minutes in (1, 9, 5)]
        alert = replace(notice(), tier=Tier.ALERT)
        async with database.transaction() as tx:
            await tx.outbox.add([*ordinary, alert])

            first = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=2)
            rest = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=9)

        assert [each.notice for each in first] == [alert, ordinary[1]]
        assert [each.notice for each in rest] == [ordinary[2], ordinary[0]]


class TestAddresses:
    async def test_are_learnt_blocked_and_learnt_again(self, database: Database) -> None:
        elsewhere = replace(ADDRESS, conversation_id="a:2")
        async with database.transaction() as tx:
            assert await tx.addresses.of(ANNA.id) is None
            await tx.addresses.learn(ANNA.id, ADDRESS, now=MONDAY_NOON)
            assert await tx.addresses.of(ANNA.id) == ADDRESS
            await tx.addresses.block(ANNA.id, "ConversationBlockedByUser")
            assert await tx.addresses.of(ANNA.id) is None
            await tx.addresses.learn(ANNA.id, elsewhere, now=MONDAY_NOON)
            assert await tx.addresses.of(ANNA.id) == elsewhere

    async def test_a_channel_has_one_too(self, database: Database) -> None:
        async with database.transaction() as tx:
            assert await tx.addresses.of_channel(KG5) is None
            await tx.addresses.learn_channel(KG5, ADDRESS)
            await tx.addresses.learn_channel(KG5, replace(ADDRESS, conversation_id="19:c"))

            assert await tx.addresses.of_channel(KG5) == replace(ADDRESS, conversation_id="19:c")


class TestTurns:
    async def test_a_replay_gets_the_same_answer(self, database: Database) -> None:
        """AC-AUTH-06: also after a restart, for it is the database that remembers."""
        async with database.transaction() as tx:
            assert await tx.turns.begin("a:1", "7", now=MONDAY_NOON) is None
            await tx.turns.remember("a:1", "7", b"tak", answered=False)

        async with database.transaction() as tx:
            seen = await tx.turns.begin("a:1", "7", now=MONDAY_NOON + A_MINUTE)
            assert seen is not None
            assert (seen.at, seen.answer, seen.answered) == (MONDAY_NOON, b"tak", False)
            await tx.turns.mark_answered(("a:1", "7"))

        async with database.transaction() as tx:
            seen = await tx.turns.begin("a:1", "7", now=MONDAY_NOON)
            assert seen is not None
            assert seen.answered
            assert await tx.turns.begin("a:1", "8", now=MONDAY_NOON) is None
            assert await tx.turns.begin("a:2", "7", now=MONDAY_NOON) is None

    async def test_a_turn_that_failed_can_be_taken_again(self, database: Database) -> None:
        async def fails() -> None:
            async with database.transaction() as tx:
                await tx.turns.begin("a:1", "7", now=MONDAY_NOON)
                await tx.turns.remember("a:1", "7", b"tak", answered=True)
                await tx.concerns.save(concern())  # there is no such concern

        with pytest.raises(RuleBroken):
            await fails()

        async with database.transaction() as tx:
            assert await tx.turns.begin("a:1", "7", now=MONDAY_NOON) is None
            await tx.turns.remember("a:1", "7", b"tak", answered=True)
        async with database.transaction() as tx:
            seen = await tx.turns.begin("a:1", "7", now=MONDAY_NOON)
            assert seen is not None
            assert seen.answer == b"tak"

    async def test_old_ones_are_forgotten_with_the_keys_of_their_days(
        self, database: Database
    ) -> None:
        tuesday = MONDAY_NOON + timedelta(days=1)
        async with database.transaction() as tx:
            for day in (MONDAY_NOON, tuesday):
                await tx.turns.begin("a:1", str(day), now=day)
                await tx.turns.remember("a:1", str(day), b"tak", answered=True)
            await tx.turns.forget_before(tuesday)

            assert await tx.turns.begin("a:1", str(tuesday), now=tuesday) is not None
            assert await tx.turns.begin("a:1", str(MONDAY_NOON), now=tuesday) is None
            with pytest.raises(Shredded):
                await tx.keys.of("turns/2026-03-02")
            await tx.keys.of("turns/2026-03-03")


class TestCounters:
    async def test_count_by_period(self, database: Database) -> None:
        async with database.transaction() as tx:
            assert await tx.counters.value("enquiries", "2026-03") == 0
            for _ in range(3):
                await tx.counters.count("enquiries", "2026-03")

            assert await tx.counters.value("enquiries", "2026-03") == 3
            assert await tx.counters.value("enquiries", "2026-04") == 0
