"""The table of whose Teams the app was put into, and what came of it."""

from sqlalchemy import Column, ForeignKey, Table, Text

from storage.columns import Instant
from storage.rows import DATA, metadata, people

app_installs = Table(
    "app_installs",
    metadata,
    Column("person", ForeignKey(people.c.id), primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("tried_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),
    schema=DATA,
)

TABLES = (app_installs,)
