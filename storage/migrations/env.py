"""Where Alembic runs a migration: on the connection it is given, in one transaction."""

from alembic import context
from sqlalchemy import Connection, text

from storage.rows import DATA, metadata

_ONE_AT_A_TIME = 7735117  # any number, as long as every replica locks the same


def _run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {DATA}"))
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_schemas=True,
        version_table_schema=DATA,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
