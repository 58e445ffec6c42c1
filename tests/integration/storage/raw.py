"""The database as a thief of its files or its backups would see it."""

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.engine import files_of
from storage.rows import DATA, metadata

# What nobody can remove, a restore puts back into an empty database; and what that points to.
APPEND_ONLY = ("audit", "note_events", "journal_tasks")
Backup = dict[str, list[dict[str, object]]]


async def everything_stored(database: Database, url: str) -> bytes:
    """Return every byte that the engine has written: tables, indexes, logs, and a dump."""
    if make_url(url).get_backend_name() == "sqlite":
        folder = files_of(url)[0].parent
        stem = files_of(url)[0].stem
        return b"".join(path.read_bytes() for path in folder.glob(f"{stem}.*"))
    async with database.transaction() as tx:
        await tx.connection.execute(text("CHECKPOINT"))
        relations = await tx.connection.scalars(
            text(
                "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
                " WHERE relnamespace IN ('data'::regnamespace, 'keys'::regnamespace)"
                " AND pg_relation_filepath(oid) IS NOT NULL"
            )
        )
        log = await tx.connection.scalars(
            text(
                "SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir()"
                " WHERE name ~ '^[0-9A-F]{24}$' AND modification > now() - interval '1 hour'"
            )
        )
        return b"".join([*relations, *log, await _dump(tx.connection)])


async def _dump(connection: AsyncConnection) -> bytes:
    """Return every row as text, which is what a dump holds."""
    lines: list[str] = []
    for table in metadata.sorted_tables:
        lines += await connection.scalars(
            text(f"SELECT row_to_json(t)::text FROM {table.fullname} t")  # noqa: S608
        )
    return "\n".join(lines).encode()


async def back_up(database: Database) -> Backup:
    """Copy the main part, as a nightly backup does; the key store is not in it."""
    async with database.transaction() as tx:
        return {
            table.fullname: [
                dict(row._mapping)  # noqa: SLF001
                for row in await tx.connection.execute(table.select())
            ]
            for table in metadata.sorted_tables
            if table.schema == DATA
        }


async def restore(database: Database, backup: Backup) -> None:
    """Put the main part back as it was, beside the key store as it is now."""
    tables = [
        table
        for table in metadata.sorted_tables
        if table.schema == DATA and not table.name.startswith(APPEND_ONLY)
    ]
    async with database.transaction() as tx:
        for table in reversed(tables):
            await tx.connection.execute(table.delete())
        for table in tables:
            if rows := backup[table.fullname]:
                await tx.connection.execute(table.insert(), rows)
