"""The audit chain is anchored each hour, checked each night, and whoever must know is told."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.notices import NoticeKind
from domain.people import Office, Organisation, Person
from domain.troubles import Trouble, TroubleCode
from scheduler.audit import Auditor
from scheduler.checks import checks
from scheduler.keep_trail import anchor_trail, broken_trail, check_trail
from storage.anchor_file import lines_of
from storage.database import Database
from storage.vault import Vault
from tests.support.examples import ANNA, BO, DORTE
from tests.support.household import Household
from tests.support.post import MONDAY_NOON
from tests.support.tampering import did, rebuilt, removed_after

HOUR = timedelta(hours=1)
DPO: Person = replace(ANNA, offices=frozenset({Office.DPO}))
HEAD: Person = replace(BO, offices=frozenset({Office.HEAD}))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(
        database_url, Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})
    )
    await database.open()
    await has(database, DPO, HEAD, DORTE)
    yield database
    await database.dispose()


async def has(database: Database, *people: Person) -> None:
    async with database.transaction() as tx:
        await tx.organisation.replace(Organisation(people=people, committees=[], memberships=[]))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "anchors"


async def audit(database: Database) -> list[str]:
    """Let the auditor look once; return whom it has promised to tell of the audit chain."""
    auditor = Auditor(
        database=database,
        checks=checks(
            Household([database], now=MONDAY_NOON).replicas[0],
            real=lambda: MONDAY_NOON,
            widen=None,
        ),
        now=lambda: MONDAY_NOON,
        signal=lambda *_: None,
    )
    await auditor.run()
    async with database.transaction() as tx:
        claimed = await tx.outbox.claim(now=MONDAY_NOON, lease=HOUR, at_most=99)
        await tx.outbox.release_all((each, MONDAY_NOON) for each in claimed)
    assert {each.notice.kind for each in claimed} <= {NoticeKind.DELIVERY_TROUBLE}
    assert bool(claimed) == ("audit.broken" in auditor.why())
    return sorted(str(each.notice.person) for each in claimed)


class TestAnAnchor:
    async def test_is_a_line_in_the_file_and_one_in_the_log(
        self, database: Database, file: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("INFO")
        await did(database, "one", "two", at=MONDAY_NOON)
        for hours in (1, 2):
            await anchor_trail(database, file, now=MONDAY_NOON + hours * HOUR)
        await anchor_trail(database, None, now=MONDAY_NOON)

        assert [line.count('"seq":3,') for line in lines_of(file)] == [1, 1]
        said = [each for each in caplog.records if each.getMessage() == "audit anchored"]
        assert [vars(each)["seq"] for each in said] == [3, 3, 3]

    async def test_is_not_written_before_there_is_a_chain(
        self, database: Database, file: Path
    ) -> None:
        await anchor_trail(database, file, now=MONDAY_NOON)

        assert lines_of(file) == []
        assert (await check_trail(database, file, now=MONDAY_NOON)).holds


class TestACheck:
    """AC-AUD-07."""

    async def test_that_finds_nothing_tells_nobody(self, database: Database, file: Path) -> None:
        await did(database, "one", "two", at=MONDAY_NOON)
        await anchor_trail(database, file, now=MONDAY_NOON)

        assert (await check_trail(database, file, now=MONDAY_NOON)).holds
        assert await audit(database) == []

    async def test_that_finds_something_tells_dpo_and_head_once(
        self, database: Database, file: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        await did(database, "one", "two", at=MONDAY_NOON)
        await anchor_trail(database, file, now=MONDAY_NOON)
        await removed_after(database, 1)

        verdict = await check_trail(database, file, now=MONDAY_NOON)

        assert [str(each) for each in verdict.breaks] == ["truncated:2-3"]
        assert await audit(database) == ["anna", "bo"]
        assert await audit(database) == ["anna", "bo"]
        said = [vars(each) for each in caplog.records if each.name == "security"]
        assert [(each["msg"], each["about"]) for each in said] == [
            ("audit.broken", "truncated:2-3")
        ]

    async def test_tells_the_secretariat_where_nobody_else_is(
        self, database: Database, file: Path
    ) -> None:
        await has(database, DORTE)
        await did(database, "one", at=MONDAY_NOON)
        await anchor_trail(database, file, now=MONDAY_NOON)
        await rebuilt(database, at=MONDAY_NOON, links=5)
        await check_trail(database, file, now=MONDAY_NOON)

        assert await audit(database) == ["dorte"]

    async def test_that_finds_nothing_more_ends_the_trouble(
        self, database: Database, file: Path
    ) -> None:
        await did(database, "one", "two", at=MONDAY_NOON)
        await anchor_trail(database, file, now=MONDAY_NOON)
        await removed_after(database, 1)
        await check_trail(database, file, now=MONDAY_NOON)
        async with database.transaction() as tx:
            assert await broken_trail(tx, MONDAY_NOON) == Trouble(
                code=TroubleCode.AUDIT_BROKEN, count=1, since=MONDAY_NOON
            )

        await anchor_trail(database, file, now=MONDAY_NOON, accepted=frozenset({"truncated:2-3"}))
        await check_trail(database, file, now=MONDAY_NOON)
        async with database.transaction() as tx:
            assert await broken_trail(tx, MONDAY_NOON) is None
