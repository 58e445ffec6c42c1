"""PostgreSQL databases used again: put back as they were, which is quicker than copying."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

_KEEP = """
    DO $$ DECLARE each record; BEGIN
        DROP SCHEMA IF EXISTS was CASCADE;
        CREATE SCHEMA was;
        CREATE TABLE was.tables AS
            SELECT format('%I.%I', schemaname, tablename) AS name,
                   format('was.%I', schemaname || '.' || tablename) AS kept
            FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'was');
        FOR each IN SELECT * FROM was.tables LOOP
            EXECUTE format('CREATE TABLE %s AS TABLE %s', each.kept, each.name);
        END LOOP;
    END $$
"""
_PUT_BACK = """
    DO $$ DECLARE each record; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR each IN SELECT * FROM was.tables LOOP
            EXECUTE format('DELETE FROM %s', each.name);
            EXECUTE format(
                'INSERT INTO %s OVERRIDING SYSTEM VALUE TABLE %s', each.name, each.kept
            );
        END LOOP;
        PERFORM setval(name, coalesce(last_value, start_value), last_value IS NOT NULL)
            FROM was.sequences;
    END $$
"""
_SEQUENCES = """
    SELECT format('%I.%I', schemaname, sequencename) AS name, start_value, last_value
    FROM pg_sequences
"""
_SHAPE = """
    SELECT md5(string_agg(piece, ',' ORDER BY piece)) FROM (
        SELECT concat(attrelid::regclass, attname, atttypid, attnotnull) AS piece
        FROM pg_attribute WHERE attrelid >= 16384 AND attrelid::regclass::text NOT LIKE 'pg_%'
        UNION ALL SELECT concat(tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
        UNION ALL SELECT concat(conrelid::regclass, conname) FROM pg_constraint
        UNION ALL SELECT concat(proname, prosrc) FROM pg_proc WHERE oid >= 16384
    ) AS pieces
"""
_ALONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def remember(url: str) -> None:
    """Keep beside every table what stands in it, so that `restore` can put it back."""
    async with _connected(url) as connection:
        await connection.execute(text(_KEEP))
        await connection.execute(text(f"CREATE TABLE was.sequences AS {_SEQUENCES}"))
        await connection.execute(text("CREATE TABLE was.shape (shape text)"))
        await connection.execute(text(f"INSERT INTO was.shape {_SHAPE}"))


async def restore(url: str) -> bool:
    """Put every row back; `False` when a test changed more than rows, and nothing can be done."""
    async with _connected(url) as connection:
        await connection.execute(text(_ALONE))
        kept_shape = await connection.scalar(text("SELECT shape FROM was.shape"))
        if await connection.scalar(text(_SHAPE)) != kept_shape:
            return False
        await connection.execute(text(_PUT_BACK))
    return True


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            yield connection
    finally:
        await engine.dispose()
