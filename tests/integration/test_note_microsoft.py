"""What Microsoft 365 refuses: noted, told once a day to who can change it, and over again."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.microsoft import Amiss, Refusal, Service
from domain.people import Office, Organisation
from domain.troubles import TroubleCode
from graph.calls import GraphRefused, GraphSilent, GraphTrouble
from graph.needs import Need
from scheduler.audit import AUDIT_EVERY
from scheduler.checks import checks
from scheduler.note_microsoft import MicrosoftNotes
from storage.database import Database
from storage.vault import Vault
from tests.support.door import knocker
from tests.support.examples import BO, DORTE, person
from tests.support.post import MINUTE
from tests.support.watch import Watch

DAY = timedelta(days=1)
OLE = person("ole", offices=frozenset({Office.SYS}))
DENIED = GraphRefused(
    need=Need.CALENDAR, status=403, codes=["ErrorAccessDenied"], request_id="5f0c"
)
SILENT = GraphSilent(need=Need.MAIL, status=504, codes=[])


class Noted:
    """Two replicas that hear of Graph, and the watch over both."""

    def __init__(self, watch: Watch, databases: list[Database]) -> None:
        self.watch = watch
        self.one, self.other = (MicrosoftNotes(each, now=lambda: watch.now) for each in databases)

    async def hears(self, *troubles: GraphTrouble | None, need: Need = Need.CALENDAR) -> None:
        for trouble in troubles:
            self.one.hear(need if trouble is None else trouble.need, trouble)
        await self.one.run()

    async def refusals(self) -> list[Refusal]:
        async with self.watch.database.transaction() as tx:
            return [*await tx.graph_troubles.all()]


@pytest.fixture
async def noted(database_url: str) -> AsyncIterator[Noted]:
    vault = Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})
    databases = [Database(database_url, vault) for _ in range(2)]
    for database in databases:
        await database.open()
    async with databases[0].transaction() as tx:
        await tx.organisation.replace(
            Organisation(people=[BO, DORTE, OLE], committees=[], memberships=[])
        )
    watch = Watch(databases)
    await watch.household.look()
    yield Noted(watch, databases)
    for database in databases:
        await database.dispose()


async def test_administrator_and_secretariat_are_told_what_to_do(noted: Noted) -> None:
    """MTG-18: »ingen adgang til postkassen«, by name of the permission, and once."""
    await noted.hears(DENIED)
    await noted.watch.passes(10 * MINUTE)

    heard = await noted.watch.secretariat_hears()
    assert {person for person, _ in heard} == {DORTE.id, OLE.id}
    assert len(heard) == 2
    for _, shown in heard:
        assert shown is not None
        assert "Ingen adgang til postkassen." in shown.words
        assert "Application Calendars.ReadWrite" in shown.words
        assert "ErrorAccessDenied" in shown.words


async def test_they_are_told_again_the_next_day_and_not_when_it_is_over(noted: Noted) -> None:
    await noted.hears(DENIED)
    await noted.watch.passes(AUDIT_EVERY)
    noted.watch.now += DAY
    await noted.watch.passes(AUDIT_EVERY)
    told = [shown for _, shown in await noted.watch.secretariat_hears() if shown is not None]
    assert len(told) == 4

    await noted.hears(None)
    assert [shown for _, shown in await noted.watch.secretariat_hears()] == [None] * 4


async def test_the_bot_stays_ready_and_its_heart_beats(noted: Noted) -> None:
    """Nobody's alert waits for Microsoft 365, and nobody restarts a bot because of it."""
    await noted.hears(DENIED)
    await noted.watch.passes(10 * MINUTE)

    assert noted.watch.why() == [[], []]
    async with knocker() as outside:
        outside.at = noted.watch.now
        assert await noted.watch.readiness(outside) == (200, '{"ready": true}')


async def test_it_goes_on_from_the_hour_it_began(noted: Noted) -> None:
    began = noted.watch.now
    await noted.hears(DENIED)
    noted.watch.now += 10 * MINUTE
    await noted.hears(DENIED)

    (refusal,) = await noted.refusals()
    assert (refusal.since, refusal.seen_at) == (began, began + 10 * MINUTE)
    assert (refusal.amiss, refusal.request_id) == (Amiss.MAILBOX_CLOSED, "5f0c")


async def test_another_reason_begins_anew(noted: Noted) -> None:
    await noted.hears(DENIED)
    noted.watch.now += MINUTE
    await noted.hears(GraphRefused(need=Need.CALENDAR, codes=["AADSTS700027"]))

    (refusal,) = await noted.refusals()
    assert (refusal.since, refusal.amiss) == (noted.watch.now, Amiss.CERTIFICATE_UNKNOWN)


async def test_what_passes_is_told_when_it_did_not(noted: Noted) -> None:
    await noted.hears(SILENT)
    await noted.watch.passes(14 * MINUTE)
    assert await noted.watch.secretariat_hears() == []

    await noted.hears(SILENT)
    await noted.watch.passes(2 * MINUTE)
    assert len(await noted.watch.secretariat_hears()) == 2


async def test_a_service_that_works_says_nothing_of_another(noted: Noted) -> None:
    await noted.hears(DENIED, SILENT)
    await noted.hears(None, need=Need.MAIL)

    assert [each.service for each in await noted.refusals()] == [Service.CALENDAR]


async def test_among_many_calls_the_one_that_was_refused_counts(noted: Noted) -> None:
    await noted.hears(None, DENIED, None)

    assert len(await noted.refusals()) == 1


async def test_what_only_a_call_got_wrong_is_nobodys_trouble(noted: Noted) -> None:
    await noted.hears(GraphRefused(need=Need.CALENDAR, status=404, codes=["ErrorItemNotFound"]))

    assert await noted.refusals() == []


async def test_another_replica_sees_it_and_sees_it_end(noted: Noted) -> None:
    await noted.hears(DENIED)
    noted.other.hear(Need.CALENDAR, None)
    await noted.other.run()

    assert await noted.refusals() == []


async def test_what_nobody_asks_for_any_more_is_forgotten(noted: Noted) -> None:
    """Microsoft 365 was switched off: what was refused before is nobody's work."""
    await noted.hears(DENIED)
    await noted.watch.passes(AUDIT_EVERY)
    told = len(await noted.watch.secretariat_hears())
    noted.watch.now += 3 * DAY
    await noted.watch.passes(AUDIT_EVERY)

    assert told == 2
    assert [shown for _, shown in await noted.watch.secretariat_hears()] == [None] * told


@pytest.mark.parametrize(
    ("left", "days"), [(DAY, 1), (30 * DAY, 30), (31 * DAY, None), (-DAY, 0), (None, None)]
)
async def test_a_certificate_that_ends_soon_is_told_a_month_before(
    noted: Noted, left: timedelta | None, days: int | None
) -> None:
    """MTG-18: with its end, the bot can neither answer in Teams nor ask Microsoft 365."""
    now = noted.watch.now
    check = checks(
        noted.watch.household.replicas[0],
        real=lambda: now,
        widen=None,
        proof_ends=None if left is None else now + left,
    )[TroubleCode.CERTIFICATE_ENDS]
    async with noted.watch.database.transaction() as tx:
        trouble = await check.look(tx, now)

    assert (trouble.count if trouble else None) == days
    assert set(check.tells) == {Office.SYS, Office.SEK}
