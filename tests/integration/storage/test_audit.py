"""The audit trail can be added to, and nothing else (AC-AUD-01, 04, 05)."""

from datetime import timedelta, timezone
from typing import NoReturn

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from domain.trail import Event
from storage.audit import TrailBroken
from storage.audit_rows import audit_chain, audit_checkpoints
from storage.database import Database, NotReady
from storage.rows import audit, drafts
from tests.integration.storage.conftest import Opens
from tests.integration.storage.examples import BO, MONDAY_NOON, draft, vault
from tests.support.databases import Databases
from tests.support.tampering import chain_of, did, tampering
from tests.support.trail import audited

MOMENT = MONDAY_NOON.replace(microsecond=120)


class TestALine:
    async def test_says_who_did_what_about_which_and_why(self, database: Database) -> None:
        """AC-AUD-04: to the microsecond, wherever the clock that told it stood."""
        async with database.transaction() as tx:
            await tx.audit.record(
                at=MOMENT.astimezone(timezone(timedelta(hours=1))),
                actor=BO.id,
                action="concern.read",
                about="B2026-0001",
                result="ok",
                purpose="coordination",
            )

        async with database.transaction() as tx:
            [event] = await audited(tx)
        assert event == Event(
            at=MOMENT,
            actor=BO.id,
            action="concern.read",
            about="B2026-0001",
            result="ok",
            purpose="coordination",
        )

    async def test_is_stored_in_the_one_way_it_can_be_written(self, database: Database) -> None:
        """AC-AUD-04: keys in order, no spaces, UTF-8, the moment as text."""
        await did(database, "æble", at=MONDAY_NOON)

        [_, link] = await chain_of(database)
        assert link.event.decode() == (
            '{"about":"about æble","action":"æble","actor":"anna",'
            '"at":"2026-03-02T12:00:00.000000+00:00","key":1,"purpose":"coordination",'
            '"result":"ok","seq":2}'
        )

    async def test_is_found_by_what_it_is_about(self, database: Database) -> None:
        await did(database, "one", "two", "one", at=MONDAY_NOON)

        async with database.transaction() as tx:
            found = await tx.audit.of("about one")
            latest = await tx.audit.latest("about two")
        assert [each.action for each in found] == ["one", "one"]
        assert latest is not None
        assert latest.action == "two"


class TestNobody:
    @pytest.mark.parametrize(
        "attempt",
        [
            pytest.param(update(audit_chain).values(about="other"), id="change"),
            pytest.param(delete(audit_chain), id="remove"),
            pytest.param(delete(audit_chain).where(audit_chain.c.seq == 1), id="remove one"),
            pytest.param(delete(audit_checkpoints), id="remove a checkpoint"),
            pytest.param(
                insert(audit).values(
                    at=MONDAY_NOON, action="a", about="b", result="c", purpose="d"
                ),
                id="add to what was before",
            ),
        ],
    )
    async def test_changes_or_removes_a_line(
        self, database: Database, attempt: Executable
    ) -> None:
        """AC-AUD-05."""
        await did(database, "one", at=MONDAY_NOON)
        async with database.transaction() as tx:
            await tx.connection.execute(
                insert(audit_checkpoints).values(
                    through=0, mac=b"", at=MONDAY_NOON, key_version=1, signature=b""
                )
            )

        with pytest.raises(DBAPIError, match="append only"):
            async with database.transaction() as tx:
                await tx.connection.execute(attempt)

        assert len(await chain_of(database)) == 2

    @pytest.mark.postgresql_only
    @pytest.mark.parametrize("table", ["audit", "audit_chain", "audit_checkpoints"])
    async def test_empties_the_table(self, database: Database, table: str) -> None:
        """AC-AUD-05."""
        with pytest.raises(DBAPIError, match="append only"):
            async with database.transaction() as tx:
                await tx.connection.execute(text(f"TRUNCATE data.{table}"))

    async def test_puts_another_line_in_the_place_of_one(
        self, database: Database, test_databases: Databases
    ) -> None:
        """AC-AUD-05: SQLite's REPLACE removes a row without waking a trigger for it."""
        await did(database, "one", at=MONDAY_NOON)
        [_, link] = await chain_of(database)
        verb = "INSERT" if test_databases.is_postgresql else "INSERT OR REPLACE"

        with pytest.raises(DBAPIError):
            async with database.transaction() as tx:
                await tx.connection.execute(
                    text(
                        f"{verb} INTO data.audit_chain"  # noqa: S608
                        " SELECT seq, prev, key_version, event, mac, at, 'other'"
                        " FROM data.audit_chain WHERE seq = 2"
                    )
                )

        assert (await chain_of(database))[1] == link


class TestAnActionThatCannotBeAudited:
    """AC-AUD-01."""

    async def test_is_not_done(self, database: Database) -> None:
        await did(database, "one", at=MONDAY_NOON)
        async with tampering(database) as connection:
            await connection.execute(delete(audit_chain))

        with pytest.raises(TrailBroken):
            await begin_draft(database)

        assert await count_of_drafts(database) == 0

    async def test_is_not_done_when_the_line_is_refused(self, database: Database) -> None:
        await did(database, "one", at=MONDAY_NOON)
        async with database.transaction() as tx:
            await tx.connection.execute(text("ALTER TABLE data.audit_chain RENAME TO elsewhere"))

        with pytest.raises(DBAPIError):
            await begin_draft(database)

        assert await count_of_drafts(database) == 0

    async def test_makes_the_bot_unready(self, database: Database) -> None:
        """AC-BAK-03: readiness includes the end of the chain."""
        await database.check()
        await did(database, "one", "two", at=MONDAY_NOON)
        await database.check()

        async with tampering(database) as connection:
            await connection.execute(
                update(audit_chain).where(audit_chain.c.seq == 3).values(mac=bytes(32))
            )
        with pytest.raises(NotReady, match="audit_chain"):
            await database.check()

        async with database.transaction() as tx:
            await tx.connection.execute(delete(audit_chain))
        with pytest.raises(NotReady, match="audit_chain"):
            await database.check()


async def test_what_was_rolled_back_leaves_no_gap(database: Database, opens: Opens) -> None:
    """Nor does it leave a key that nobody else has."""
    for again in (database, await opens(vault())):
        with pytest.raises(RuntimeError):
            await fail_after_recording(again)
    await did(database, "one", at=MONDAY_NOON)
    with pytest.raises(RuntimeError):
        await fail_after_recording(database)
    await did(await opens(vault()), "two", at=MONDAY_NOON)

    assert [each.seq for each in await chain_of(database)] == [1, 2, 3]


async def fail_after_recording(database: Database) -> NoReturn:
    async with database.transaction() as tx:
        await tx.audit.record(
            at=MONDAY_NOON, actor=None, action="a", about="b", result="c", purpose="d"
        )
        await tx.audit.flush()
        raise RuntimeError


async def begin_draft(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.drafts.begin(draft())
        await tx.audit.record(
            at=MONDAY_NOON,
            actor=BO.id,
            action="draft.begin",
            about="draft",
            result="ok",
            purpose="crime_prevention",
        )


async def count_of_drafts(database: Database) -> int:
    async with database.transaction() as tx:
        return int(
            (await tx.connection.execute(select(func.count()).select_from(drafts))).scalar_one()
        )
