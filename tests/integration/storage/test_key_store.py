"""Wrong, missing or truncated keys: no start, and no new ones either (AC-CRYPT-06)."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, func, select

from storage.database import Database, NotReady
from storage.rows import data_keys, index_keys, masters
from storage.vault import KeyRefused, Vault
from tests.integration.storage.conftest import Opens
from tests.integration.storage.examples import (
    MONDAY_NOON,
    SECRETS,
    concern,
    draft,
    parts,
    vault,
)


async def count_of_keys(database: Database) -> int:
    async with database.transaction() as tx:
        counted = await tx.connection.execute(select(func.count()).select_from(masters))
        number: int = counted.scalar_one()
        return number


async def test_the_first_start_introduces_the_keys_and_the_next_ones_know_them(
    opens: Opens,
) -> None:
    for _ in range(2):
        database = await opens(vault())
        await database.check()

    assert await count_of_keys(database) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(
            lambda: Vault(masters={1: SECRETS[3]}, indexes={8: SECRETS[8]}), id="another master"
        ),
        pytest.param(lambda: vault(masters=(2,)), id="the master is missing"),
        pytest.param(
            lambda: Vault(masters={1: SECRETS[1]}, indexes={8: SECRETS[3]}), id="another index key"
        ),
        pytest.param(lambda: vault(indexes=(9,)), id="the index key is missing"),
        pytest.param(
            lambda: Vault(masters={1: SECRETS[8]}, indexes={8: SECRETS[1]}), id="exchanged"
        ),
    ],
)
async def test_a_start_with_the_wrong_keys_is_refused(
    database: Database, opens: Opens, wrong: Callable[[], Vault]
) -> None:
    """AC-CRYPT-06."""
    async with database.transaction() as tx:
        await tx.concerns.add(concern(), parts())

    with pytest.raises(KeyRefused):
        await opens(wrong())

    assert await count_of_keys(database) == 1
    await database.check()


async def test_a_key_store_that_was_lost_is_not_begun_anew(
    database: Database, opens: Opens
) -> None:
    """AC-CRYPT-06: new keys beside old data would hide that it can no longer be read."""
    async with database.transaction() as tx:
        await tx.drafts.begin(draft())
        for table in (data_keys, masters, index_keys):
            await tx.connection.execute(delete(table))

    with pytest.raises(NotReady, match="keys"):
        await database.check()
    with pytest.raises(KeyRefused, match="sealed data"):
        await opens(vault())

    assert await count_of_keys(database) == 0


async def test_a_replica_notices_when_its_keys_were_retired(
    database: Database, database_url: str
) -> None:
    """AC-BAK-03: readiness includes the keys."""
    stranger = Database(database_url, vault(masters=(2,)))

    with pytest.raises(NotReady, match="keys"):
        await stranger.check()

    await stranger.dispose()
    await database.check()


async def test_without_tables_nothing_starts(empty_database_url: str) -> None:
    empty = Database(empty_database_url, vault())

    with pytest.raises(NotReady, match="database"):
        await empty.open()
    with pytest.raises(NotReady, match="database"):
        await empty.check()

    await empty.dispose()


async def test_nothing_is_sealed_before_the_keys_were_introduced(database_url: str) -> None:
    unopened = Database(database_url, vault())

    with pytest.raises(KeyRefused):
        async with unopened.transaction() as tx:
            await tx.drafts.begin(draft())

    async with unopened.transaction() as tx:
        assert await tx.drafts.of(draft().owner, now=MONDAY_NOON) is None
    await unopened.dispose()
