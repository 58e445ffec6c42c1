"""The disk of the database is full: said clearly, nothing half-written, and on it goes after."""

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import aiohttp
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.logs import OneLine
from storage.engine import engine_for
from storage.room import FULL_FOR, Room
from tests.support.databases import Databases
from tests.support.reports import REPORT, answers_of
from tests.support.town import ANNA, DANISH, Town

CODE = re.compile(r"koden ([0-9A-F]{6})\.")
FULL = {
    "level": "ERROR",
    "logger": "storage.room",
    "event": "the disk of the database is full",
}
MUCH = "Han går på kæbeløse ål på åen. " * 100  # more than one page of a file

Full = Callable[[], AbstractAsyncContextManager[None]]

_NO_ROOM = """
CREATE FUNCTION data.no_room() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END$$
"""
_ON_POSTGRESQL = ("DO $$BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END$$",)
_ON_SQLITE = ("PRAGMA main.max_page_count = 1", "CREATE TABLE main.much AS SELECT zeroblob(9999)")
_BEFORE = "CREATE TRIGGER no_room BEFORE UPDATE ON data.drafts EXECUTE FUNCTION data.no_room()"


@pytest.fixture
def full_disk(town: Town, test_databases: Databases) -> Full:
    """A disk with no room.

    SQLite is given no further page. PostgreSQL is made to say what it says when it cannot extend
    a file, for filling its disk would need the rights to make one.
    """
    return lambda: _on_postgresql(town) if test_databases.is_postgresql else _on_sqlite(town)


@asynccontextmanager
async def _on_sqlite(town: Town) -> AsyncIterator[None]:
    await _ask(town, "PRAGMA data.max_page_count = 1")  # as many as there are, then
    yield
    await _ask(town, "PRAGMA data.max_page_count = 1000000")


@asynccontextmanager
async def _on_postgresql(town: Town) -> AsyncIterator[None]:
    await _ask(town, _NO_ROOM, _BEFORE)
    yield
    await _ask(town, "DROP FUNCTION data.no_room CASCADE")


async def _ask(town: Town, *statements: str) -> None:
    async with town.remembers() as tx:
        for statement in statements:
            await tx.connection.execute(text(statement))


async def why_not_ready(town: Town) -> list[str]:
    address = f"http://{town.settings.host}:{town.settings.port}/readyz"
    async with aiohttp.ClientSession() as outside, outside.get(address) as answer:
        return list((await answer.json()).get("why", []))


async def test_a_full_disk_is_said_clearly_and_nothing_is_half_written(
    town: Town, full_disk: Full, caplog: pytest.LogCaptureFixture
) -> None:
    """AC-IN-07: the draft is as it was, and takes what she wrote when there is room again."""
    anna = town.chat(ANNA)
    await anna.types("bekymring")
    await anna.fills(REPORT)
    await anna.presses("form.correct", step="concern")
    card, answers = anna.form(), await answers_of(town, anna)

    async with full_disk():
        told = await anna.presses_on(card, "form.next", observed=MUCH)

        assert DANISH("fault.title") in told
        assert CODE.search(told)
        assert await why_not_ready(town) == ["disk_full"]
        assert await answers_of(town, anna) == answers

    lines = [json.loads(OneLine().format(record)) for record in caplog.records]
    [line] = [line for line in lines if "disk" in line["event"]]
    assert line == {"at": line["at"], **FULL}
    assert not [line for line in lines if MUCH[:40] in json.dumps(line, ensure_ascii=False)]

    await anna.presses_on(card, "form.next", observed=MUCH)
    assert (await answers_of(town, anna))["observed"] == MUCH.strip()


async def test_a_disk_counts_as_full_for_a_while(
    database_url: str, test_databases: Databases
) -> None:
    seconds = 0.0
    engine = engine_for(database_url)
    room = Room(engine, ticks=lambda: seconds)
    assert not room.is_lacking()

    async with engine.connect() as connection:
        for statement in _ON_POSTGRESQL if test_databases.is_postgresql else _ON_SQLITE:
            with suppress(DBAPIError):
                await connection.execute(text(statement))
    await engine.dispose()

    assert room.is_lacking()
    seconds = FULL_FOR
    assert not room.is_lacking()
