"""The auditor: what is late is found, said once, shown where the watch looks, and over again."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from domain.escalation import begin
from domain.people import Authority, Organisation
from domain.plan_runs import PlanKind, PlanRun, PlanState
from domain.troubles import TroubleCode
from scheduler.audit import AUDIT_EVERY, MISSING
from storage.database import Database
from storage.vault import Vault
from tests.support.alerts_written import an_alert
from tests.support.door import knocker
from tests.support.escalating import frozen
from tests.support.examples import BO, DENNIS, DORTE
from tests.support.household import NIGHTLY
from tests.support.post import MINUTE, told
from tests.support.watch import Watch

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = datetime(2026, 3, 17, 1, 30, tzinfo=UTC)  # half past two in Copenhagen


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
            assert await watch.readiness(outside) == (200, '{"ready": true}')

            await watch.promises()
            await watch.passes(2 * MINUTE)
            assert await watch.readiness(outside) == (
                503,
                '{"ready": false, "why": ["outbox.overdue"]}',
            )

            await watch.settles_what_is_late()
            await watch.passes(AUDIT_EVERY)
            assert await watch.readiness(outside) == (200, '{"ready": true}')

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


class TestAPlanThatIsNotPublished:
    async def test_is_a_trouble_after_twenty_minutes(self, watch: Watch) -> None:
        """MTG-10: some committees may have their meetings, and nobody is told."""
        run = PlanRun(
            id=uuid4(), kind=PlanKind.PLAN, year=2027, asked_by=DORTE.id, asked_at=watch.now
        )
        approved = replace(run, state=PlanState.APPROVED, decided_at=watch.now)
        async with watch.database.transaction() as tx:
            await tx.year_plans.ask(approved)

        await watch.passes(19 * MINUTE)
        assert watch.why() == [[], [], []]
        await watch.passes(2 * MINUTE)
        assert watch.why() == [["plans.wait"]] * 3


class TestAnAlertThatDoesNotEscalate:
    async def test_is_a_trouble_after_a_minute(self, watch: Watch) -> None:
        """BER-76, BER-78: `/readyz` turns red, and the Secretariat telephones."""
        alert, snapshot = an_alert(), frozen()
        async with watch.database.transaction() as tx:
            await tx.alerts.add(alert)
            climbed = replace(begin(snapshot, Authority.BUF), next_at=watch.now)
            await tx.escalations.begin(alert.id, snapshot, [climbed])

        await watch.passes(AUDIT_EVERY)
        assert watch.why() == [[], [], []]
        await watch.passes(MINUTE)
        assert watch.why() == [["ladders.wait"]] * 3


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
        await watch.audits()
        assert watch.why() == [[], [], []]

        await watch.passes(2 * MINUTE)
        assert watch.why() == [["outbox.overdue"]] * 3

    async def test_does_not_forget_what_it_knew_before(self, watch: Watch) -> None:
        await watch.promises()
        await watch.passes(3 * MINUTE)
        watch.now += 9 * HOUR
        await watch.audits()

        assert watch.why() == [["outbox.overdue"]] * 3
        assert watch.heard[-1] == ([TroubleCode.OUTBOX_OVERDUE], watch.now)


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
        await watch.teams_refuses(turned_away, of=100)
        await watch.passes(MINUTE)

        assert watch.why() == [codes] * 3

    async def test_starts_the_second_channel_and_tells_the_secretariat(self, watch: Watch) -> None:
        await watch.passes(HOUR)
        assert watch.widened == []

        await watch.teams_refuses(40, of=100)
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
