"""An administrator follows docs/drift/data.md, command by command, on a real database."""

from argparse import Namespace
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from bot.audit_errands import AuditRefused, accept_audit, verify_audit
from bot.settings import Settings
from bot.wiring import open_database
from domain.data_classes import DataClass
from scheduler.keep_trail import anchor_trail
from storage.database import Database
from storage.engine import files_of
from storage.migrate import upgrade
from storage.vault import Shredded
from tests.integration.storage.examples import MONDAY_NOON, concern, parts
from tests.support.databases import Databases
from tests.support.drift import block, follow
from tests.support.postgresql_programs import address, folders
from tests.support.processes import a_process
from tests.support.tampering import did
from tests.support.town import settings_for

NOTHING_ASKED = Namespace(file=None)
SEEN = "En dreng i Valby"


@dataclass(frozen=True, kw_only=True)
class Copies:
    """Two places, as the guide wants it: one for the data, another for the keys."""

    data: Path
    keys: Path

    @property
    def named(self) -> dict[str, str]:
        return {"DATA": str(self.data), "NOEGLER": str(self.keys)}


class Administrator:
    """Somebody who copies commands from the guide."""

    def __init__(self, engine: str, folder: Path) -> None:
        self._engine = engine
        self._folder = folder

    async def backs_up(self, url: str, name: str) -> Copies:
        copies = Copies(data=self._folder / f"{name}-data", keys=self._folder / f"{name}-keys")
        for place in (copies.data, copies.keys):
            place.mkdir()
        await self._follows("Sikkerhedskopi", {"DATABASE": self._named(url), **copies.named})
        return copies

    async def restores(self, copies: Copies, *, to: str) -> None:
        await self._follows("Genskab", {"NY_DATABASE": self._named(to), **copies.named})

    async def _follows(self, what: str, given: dict[str, str]) -> None:
        commands = block(f"{what} med {self._engine}").text
        await follow(commands, folder=self._folder, given=given, first=folders())

    def _named(self, url: str) -> str:
        if self._engine == "PostgreSQL":
            return address(url)
        return str(files_of(url)[0].with_suffix(""))


@pytest.fixture
def administrator(test_databases: Databases, tmp_path: Path) -> Administrator:
    return Administrator("PostgreSQL" if test_databases.is_postgresql else "SQLite", tmp_path)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return replace(
        settings_for(database_url, teams_port=3979, bot_port=3978),
        audit_anchor_file=str(tmp_path / "anchors"),
    )


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = open_database(settings)
    await database.open()
    yield database
    await database.dispose()


async def confided(database: Database, reference: str) -> UUID:
    filed = concern(reference)
    async with database.transaction() as tx:
        await tx.concerns.add(filed, parts(seen=SEEN))
    return filed.id


async def reads(database: Database, id: UUID) -> str:
    async with database.transaction() as tx:
        return str(await tx.concerns.read(id, [DataClass.TEXT]))


async def test_data_of_yesterday_and_keys_of_today_bring_back_what_is_not_forgotten(
    settings: Settings,
    database: Database,
    administrator: Administrator,
    empty_database_url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Yesterday two concerns were there, and a copy was made while the bot ran
    kept, erased = await confided(database, "B2026-0001"), await confided(database, "B2026-0002")
    await did(database, "yesterday", at=MONDAY_NOON)
    yesterday = await administrator.backs_up(settings.database_url, "yesterday")

    # Since then one was erased, and more was done; then the data is lost
    async with database.transaction() as tx:
        await tx.concerns.erase_parts(erased)
    await did(database, "today", at=MONDAY_NOON)
    await anchor_trail(database, Path(settings.audit_anchor_file), now=MONDAY_NOON)
    today = await administrator.backs_up(settings.database_url, "today")
    await administrator.restores(
        Copies(data=yesterday.data, keys=today.keys), to=empty_database_url
    )

    # What was not erased can be read again, and nothing else; the missing end is noticed
    again = replace(settings, database_url=empty_database_url)
    restored = open_database(again)
    await restored.open()
    assert SEEN in await reads(restored, kept)
    with pytest.raises(Shredded):
        await reads(restored, erased)
    await restored.dispose()
    with pytest.raises(AuditRefused, match="truncated"):
        await verify_audit(again, NOTHING_ASKED)
    await accept_audit(again, NOTHING_ASKED)
    await verify_audit(again, NOTHING_ASKED)
    assert "the chain holds" in capsys.readouterr().out


@pytest.mark.postgresql_only
async def test_the_bots_own_account_is_enough_to_run_and_not_to_rewrite_the_trail(
    settings: Settings, tmp_path: Path
) -> None:
    # Two accounts and a database, and the tables by their owner
    server = settings.database_url
    await sql("Som administrator", address(server), tmp_path)
    try:
        owner = address(server, account="ssp_ejer", database="ssp")
        await upgrade(owner.replace("postgresql:", "postgresql+asyncpg:", 1))
        await sql("I databasen ssp", owner, tmp_path)

        # The bot begins as its own account, with all its jobs, and nothing breaks
        own = address(server, account="ssp_bot", database="ssp")
        restricted = replace(
            settings, database_url=own.replace("postgresql:", "postgresql+asyncpg:", 1)
        )
        async with a_process(restricted) as bot:
            await bot.says("audit found nothing late")
            assert [line for line in bot.lines if line["level"] == "ERROR"] == []

        # It confides and reads, and cannot touch what was audited
        database = open_database(restricted)
        await database.open()
        assert SEEN in await reads(database, await confided(database, "B2026-0001"))
        await did(database, "something", at=MONDAY_NOON)
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with database.transaction() as tx:
                await tx.connection.execute(text("DELETE FROM data.audit_chain"))
        await database.dispose()
    finally:
        await clean_up(address(server), tmp_path)


async def sql(name: str, database: str, folder: Path) -> None:
    (folder / "block.sql").write_text(block(name, language="sql").text, encoding="utf-8")
    await follow(
        'psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --file=block.sql "$DATABASE"',
        folder=folder,
        given={"DATABASE": database},
        first=folders(),
    )


async def clean_up(database: str, folder: Path) -> None:
    await follow(
        'psql --quiet "$DATABASE" -c "DROP DATABASE IF EXISTS ssp WITH (FORCE)"'
        ' -c "DROP ROLE IF EXISTS ssp_bot" -c "DROP ROLE IF EXISTS ssp_ejer"',
        folder=folder,
        given={"DATABASE": database},
        first=folders(),
    )
