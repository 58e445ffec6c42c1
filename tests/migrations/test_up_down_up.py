"""Every migration goes up, down and up again, on both kinds of database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, inspect

from storage.engine import engine_for
from storage.erasing import ERASED
from storage.migrate import downgrade, upgrade
from storage.rows import DATA, KEYS
from tests.support.databases import databases

Shape = dict[str, dict[str, str]]
VERSION_TABLE = f"{DATA}.alembic_version"
A_TABLE = ERASED[0][0].table  # whoever erases knows every table there is
metadata = A_TABLE.metadata


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with databases(request.param, folder=tmp_path_factory.mktemp("migrations")) as opened:
        yield opened.empty()


async def test_every_migration_goes_up_down_and_up_again(server_url: str) -> None:
    await upgrade(server_url)
    first = await _shape(server_url)
    await downgrade(server_url)
    below = await _shape(server_url)
    await upgrade(server_url)
    again = await _shape(server_url)

    assert below.keys() <= {VERSION_TABLE}
    assert again == first
    assert first.keys() == {*metadata.tables, VERSION_TABLE}


async def test_the_migrations_make_every_column_that_the_code_uses(server_url: str) -> None:
    await upgrade(server_url)

    shape = await _shape(server_url)

    for name, table in metadata.tables.items():
        assert shape[name].keys() == {column.name for column in table.columns}


async def _shape(url: str) -> Shape:
    """Tell which tables and columns there are, and whether a column may be empty."""
    engine = engine_for(url, may_create=True)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_look)
    finally:
        await engine.dispose()


def _look(connection: Connection) -> Shape:
    inspector = inspect(connection)
    known = inspector.get_schema_names()
    return {
        f"{schema}.{table}": {
            str(column["name"]): f"{column['type']} {'null' if column['nullable'] else 'not null'}"
            for column in inspector.get_columns(table, schema=schema)
        }
        for schema in (DATA, KEYS)
        if schema in known
        for table in inspector.get_table_names(schema=schema)
    }
