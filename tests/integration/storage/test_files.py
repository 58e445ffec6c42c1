"""The two files of an SQLite database: whose they are, and what happens when one is missing."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from storage.database import Database, NotReady
from storage.engine import files_of
from storage.migrate import upgrade
from tests.integration.storage.examples import ANNA, MONDAY_NOON, draft, vault


@pytest.fixture
async def url(tmp_path: Path) -> str:
    """A database in use, with a draft in it."""
    url = f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3"
    await upgrade(url)
    database = Database(url, vault())
    await database.open()
    async with database.transaction() as tx:
        await tx.drafts.begin(draft())
    await database.dispose()
    return url


async def test_only_their_owner_can_read_them(url: str) -> None:
    data, keys = files_of(url)

    assert (data.name, keys.name) == ("bot.sqlite3", "bot.keys.sqlite3")
    assert [path.stat().st_mode & 0o777 for path in (data, keys)] == [0o600, 0o600]


@pytest.mark.parametrize("missing", [0, 1], ids=["the data", "the keys"])
async def test_a_missing_file_is_not_made_anew(url: str, missing: int) -> None:
    """AC-CRYPT-06: an empty key store beside existing data would look like a new beginning."""
    path = files_of(url)[missing]
    path.unlink()
    database = Database(url, vault())

    with pytest.raises(NotReady, match="database"):
        await database.open()

    assert not path.exists()
    await database.dispose()


async def test_migrating_beside_a_missing_key_store_makes_none(url: str) -> None:
    """AC-CRYPT-06."""
    files_of(url)[1].unlink()

    with pytest.raises(OperationalError, match="unable to open"):
        await upgrade(url)

    assert not files_of(url)[1].exists()


async def test_a_key_store_from_elsewhere_opens_nothing(url: str, tmp_path: Path) -> None:
    """AC-CRYPT-04, 06: right master key, wrong key store."""
    other = f"sqlite+aiosqlite:///{tmp_path}/other.sqlite3"
    await upgrade(other)
    elsewhere = Database(other, vault())
    await elsewhere.open()
    await elsewhere.dispose()
    files_of(other)[1].replace(files_of(url)[1])

    database = Database(url, vault())
    await database.open()
    async with database.transaction() as tx:
        assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) is None
    await database.dispose()
