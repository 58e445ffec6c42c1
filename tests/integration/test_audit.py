"""The auditor: what is late is found, said once, shown where the watch looks, and over again."""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cards.shown import Shown
from cards.words import speak
from domain.delivery import Delivery, DeliveryState
from domain.notices import NoticeKind, Tier
from domain.pacing import Pace, counted
from domain.people import Organisation, PersonId
from domain.troubles import Trouble, TroubleCode
from scheduler.audit import AUDIT_EVERY, MISSING, Auditor
from scheduler.checks import checks
from scheduler.draw_trouble import draw_trouble
from storage.database import Database, Transaction
from storage.vault import Vault
from tests.support.door import Knocker, knocker
from tests.support.examples import BO, DENNIS, DORTE
from tests.support.household import NIGHTLY, Household
from tests.support.post import MINUTE, MONDAY_NOON, told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OVERDUE, MISSED, THROTTLED = TroubleCode
NIGHT = datetime(2026, 3, 17, 1, 30, tzinfo=UTC)  # half past two in Copenhagen
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
            for auditor in self.auditors:
                await auditor.run()

    def why(self) -> list[list[str]]:
        return [list(auditor.why()) for auditor in self.auditors]

    async def promises(self, *, tier: Tier = Tier.ORDINARY) -> None:
        async with self.database.transaction() as tx:
            await tx.outbox.add([told(BO.id, due_at=self.now, tier=tier)])

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

    async def _drawn(self, tx: Transaction, delivery: Delivery) -> Shown | None:
        return await draw_trouble(tx, delivery.notice, checks=self.checks, now=self.now, say=SAY)

    async def _widen(self, _tx: Transaction, now: datetime) -> None:
        self.widened.append(now)

    def _signal(self, troubles: Sequence[Trouble], at: datetime) -> None:
        self.heard.append(([each.code for each in troubles], at))


@pytest.fixture
async def watch(database_url: str) -> AsyncIterator[Watch]:
    vault = Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})
    databases = [Database(database_url, vault) for _ in range(3)]
    for database in databases:
        await database.open()
    async with databases[0].transaction() as tx:
        await tx.organisation.replace(
            Organisation(people=[BO, DORTE, DENNIS], committees=[], memberships=[])
        )
    opened = Watch(databases)
    await opened.household.look()
    yield opened
    for database in databases:
        await database.dispose()


async def test_a_quiet_house_has_a_heartbeat(watch: Watch) -> None:
    await watch.passes(AUDIT_EVERY)

    assert watch.heard == [([], watch.now)] * 3
    assert watch.why() == [[], [], []]


class TestAStuckRow:
    """BER-78."""

    async def test_is_found_within_two_minutes_by_every_replica(self, watch: Watch) -> None:
        await watch.passes(HOUR)
        await watch.promises()
        await watch.passes(2 * MINUTE)

        assert watch.why() == [["outbox.overdue"]] * 3

    async def test_is_not_called_late_before_a_minute_has_passed(self, watch: Watch) -> None:
        await watch.passes(HOUR)
        await watch.promises()
        await watch.passes(MINUTE)

        assert watch.why() == [[], [], []]

    async def test_turns_readiness_red_and_green_again_when_it_is_settled(
        self, watch: Watch
    ) -> None:
        async with knocker() as outside:
            outside.at = watch.now
            assert await _asked(outside, watch) == (200, '{"ready": true}')

            await watch.promises()
            await watch.passes(2 * MINUTE)
            assert await _asked(outside, watch) == (
                503,
                '{"ready": false, "why": ["outbox.overdue"]}',
            )

            await watch.settles_what_is_late()
            await watch.passes(AUDIT_EVERY)
            assert await _asked(outside, watch) == (200, '{"ready": true}')

    async def test_stops_the_heartbeat_until_it_is_settled(self, watch: Watch) -> None:
        await watch.passes(HOUR)
        await watch.promises()
        await watch.passes(10 * MINUTE)
        last_clean = max(at for found, at in watch.heard if not found)
        assert watch.now - last_clean > 8 * MINUTE

        await watch.settles_what_is_late()
        await watch.passes(AUDIT_EVERY)
        assert watch.heard[-1] == ([], watch.now)

    async def test_is_an_error_in_the_log_once_and_its_end_is_said(
        self, watch: Watch, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("INFO")
        del watch.auditors[1:]
        await watch.promises()
        await watch.passes(HOUR)
        await watch.settles_what_is_late()
        await watch.passes(HOUR)

        said = [each.getMessage() for each in caplog.records if each.name == "scheduler.audit"]
        assert said.count("trouble outbox.overdue began") == 1
        assert said.count("trouble outbox.overdue is over") == 1


class TestTheSecretariat:
    async def test_is_told_once_though_three_replicas_audit(self, watch: Watch) -> None:
        """BER-78, BER-80."""
        await watch.promises()
        await watch.passes(2 * HOUR)
        heard = await watch.secretariat_hears()

        assert sorted(str(person) for person, _ in heard) == ["dennis", "dorte"]

    async def test_is_told_again_the_next_day_while_it_lasts(self, watch: Watch) -> None:
        await watch.promises()
        await watch.passes(3 * MINUTE)
        watch.now += DAY
        await watch.passes(3 * MINUTE)

        assert len(await watch.secretariat_hears()) == 4

    async def test_reads_how_it_stands_when_it_is_told(self, watch: Watch) -> None:
        await watch.promises()
        await watch.passes(3 * MINUTE)
        async with watch.database.transaction() as tx:
            await tx.outbox.add([told(DORTE.id, due_at=watch.now - 2 * MINUTE)])
        [(_, shown), _] = await watch.secretariat_hears()

        assert shown is not None
        assert "Antal beskeder, der er forsinket: 2." in shown.words
        assert "mandag 16. marts 2026 kl. 12.00" in shown.words
        assert "ring selv" in shown.words
        assert "outbox.overdue" in shown.words

    async def test_is_not_told_of_what_is_over(self, watch: Watch) -> None:
        await watch.promises()
        await watch.passes(3 * MINUTE)
        await watch.settles_what_is_late()

        assert [shown for _, shown in await watch.secretariat_hears()] == [None, None]

    async def test_is_not_told_that_it_has_not_been_told(self, watch: Watch) -> None:
        """Word of a trouble that is late itself is not a trouble of its own."""
        await watch.promises()
        await watch.passes(3 * MINUTE)
        await watch.settles_what_is_late()
        await watch.passes(HOUR)

        assert watch.why() == [[], [], []]


class TestAMachineThatSleeps:
    async def test_gets_a_minute_to_do_what_fell_due_meanwhile(self, watch: Watch) -> None:
        await watch.passes(HOUR)
        await watch.promises()
        watch.now += 9 * HOUR
        for auditor in watch.auditors:
            await auditor.run()
        assert watch.why() == [[], [], []]

        await watch.passes(2 * MINUTE)
        assert watch.why() == [["outbox.overdue"]] * 3

    async def test_does_not_forget_what_it_knew_before(self, watch: Watch) -> None:
        await watch.promises()
        await watch.passes(3 * MINUTE)
        watch.now += 9 * HOUR
        for auditor in watch.auditors:
            await auditor.run()

        assert watch.why() == [["outbox.overdue"]] * 3
        assert watch.heard[-1] == ([OVERDUE], watch.now)


class TestAMissedChore:
    async def test_is_found_when_nobody_has_done_it_after_ten_minutes(self, watch: Watch) -> None:
        watch.now = NIGHT - HOUR
        await watch.household.look()
        await watch.passes(HOUR + 10 * MINUTE)
        assert watch.why() == [[], [], []]

        await watch.passes(2 * MINUTE)
        assert watch.why() == [["chores.missed"]] * 3
        [(_, shown), _] = await watch.secretariat_hears()
        assert shown is not None
        assert "Antal opgaver, der ikke er udført: 1." in shown.words
        assert "tirsdag 17. marts 2026 kl. 02.30" in shown.words

    async def test_is_over_when_it_is_done(self, watch: Watch) -> None:
        watch.now = NIGHT - HOUR
        await watch.household.look()
        await watch.passes(HOUR + 12 * MINUTE)
        await watch.household.look()
        await watch.passes(AUDIT_EVERY)

        assert watch.household.done(NIGHTLY) == ["2026-03-17"]
        assert watch.why() == [[], [], []]


class TestThrottling:
    """BER-79."""

    @pytest.mark.parametrize(("turned_away", "codes"), [(10, []), (12, ["pace.throttled"])])
    async def test_of_more_than_a_tenth_is_a_trouble(
        self, watch: Watch, turned_away: int, codes: list[str]
    ) -> None:
        await watch.passes(HOUR)
        await _teams_refuses(watch, turned_away, of=100)
        await watch.passes(MINUTE)

        assert watch.why() == [codes] * 3

    async def test_starts_the_second_channel_and_tells_the_secretariat(self, watch: Watch) -> None:
        await watch.passes(HOUR)
        assert watch.widened == []

        await _teams_refuses(watch, 40, of=100)
        await watch.passes(MINUTE)
        assert watch.widened
        heard = await watch.secretariat_hears()
        assert [person for person, _ in heard] == ["dennis", "dorte"]
        assert all(shown is not None and "40 %" in shown.words for _, shown in heard)


async def test_an_auditor_that_cannot_look_says_so(watch: Watch) -> None:
    """Fail closed: silence is no good news."""
    watch.now = NIGHT
    [auditor, *_] = watch.auditors
    async with watch.database.transaction() as tx:
        await tx.connection.execute(text("ALTER TABLE data.job_runs RENAME TO lost"))
    for _ in range(20):
        watch.now += AUDIT_EVERY
        with suppress(SQLAlchemyError):
            await auditor.run()

    assert auditor.why() == [MISSING]


async def _asked(outside: Knocker, watch: Watch) -> tuple[int, str]:
    outside.at += timedelta(seconds=1)
    outside.amiss = watch.auditors[0].why()
    reply = await outside.asks("GET", "/readyz")
    return reply.status, reply.text


async def _teams_refuses(watch: Watch, refused: int, *, of: int) -> None:
    """Let a minute pass in which Teams refused so many of what was sent."""
    async with watch.database.transaction() as tx:
        pace = await tx.pace.hold(rate=45, now=watch.now)
        pace = counted(
            Pace.fresh(rate=pace.rate, now=watch.now), taken=of - refused, now=watch.now
        )
        pace = counted(pace, turned_away=refused, now=watch.now)
        await tx.pace.keep(pace)
