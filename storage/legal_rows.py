"""The tables of legal decisions: whom a gate named for sensitive data, and what is exported."""

from sqlalchemy import Column, Table, Text, Uuid

from storage.columns import Instant
from storage.rows import DATA, metadata

# Who may read what is sensitive in a matter, by the judgement of somebody else (S115-3).
gated = Table(
    "gated",
    metadata,
    Column("matter", Uuid, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    schema=DATA,
)

exports = Table(
    "exports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("about", Uuid, nullable=False),
    Column("reason", Uuid, nullable=False),  # the record that says why
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("laid_at", Instant),
    Column("file", Text),
    Column("why_not", Text),
    schema=DATA,
)
