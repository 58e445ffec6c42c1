"""The tables of the life cycle: what is to be deleted, what was shown, what is taken back."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, Uuid

from storage.case_rows import cases
from storage.columns import Instant
from storage.rows import DATA, metadata, numbered

# The preview of what may soon be deleted; what happens after `last_event_at` strikes it off.
releases = Table(
    "releases",
    metadata,
    Column("case", ForeignKey(cases.c.id), primary_key=True),
    Column("listed_at", Instant, nullable=False),
    Column("last_event_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("agreed", Uuid),  # the countersign by which two people have let go of it
    schema=DATA,
)

# Which messages in Teams show something about a matter, so that they can be taken back.
shown_cards = Table(
    "shown_cards",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("activity", Text, primary_key=True),
    Column("matter", Uuid, primary_key=True),
    Column("service_url", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "matter"),
    schema=DATA,
)

recalls = Table(
    "recalls",
    metadata,
    Column("id", numbered, primary_key=True, autoincrement=True),
    Column("conversation", Text, nullable=False),
    Column("activity", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("next_at", Instant, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    schema=DATA,
)
