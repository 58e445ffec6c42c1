"""The tables of the directory: groups of committees, who was last seen in them, differences."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
)

from storage.columns import Codes, Instant
from storage.rows import DATA, committees, metadata

# Which Entra group has the members of a committee.
committee_groups = Table(
    "committee_groups",
    metadata,
    Column("committee", ForeignKey(committees.c.code), primary_key=True),
    Column("group_id", Text, nullable=False, unique=True),
    Column("set_by", Text),  # nobody: it came with a file
    Column("set_at", Instant, nullable=False),
    Column("gone_at", Instant),  # since when Entra has no such group
    schema=DATA,
)

# Ids only, as Entra last told: what somebody is called is asked for anew each time.
directory_members = Table(
    "directory_members",
    metadata,
    Column("group_id", Text, primary_key=True),
    Column("aad_id", Text, primary_key=True),
    Column("nested", Boolean, nullable=False),  # a group in the group
    Column("seen_at", Instant, nullable=False),
    Column("left_at", Instant),
    schema=DATA,
)

# Whom Entra has had: an account that is gone is told from an id that never was one.
directory_accounts = Table(
    "directory_accounts",
    metadata,
    Column("aad_id", Text, primary_key=True),
    Column("seen_at", Instant, nullable=False),
    schema=DATA,
)

# From where changes are asked for next; one row for each handful of groups.
directory_reads = Table(
    "directory_reads",
    metadata,
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("groups", Codes, nullable=False),
    Column("link", Text, nullable=False),
    Column("read_at", Instant, nullable=False),
    schema=DATA,
)

# One row: who wants us to ask, when that is tried next, and what came of it the last time.
directory_state = Table(
    "directory_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("asked_by", Text),
    Column("asked_at", Instant),
    Column("next_at", Instant),
    Column("tries", Integer, nullable=False),
    Column("read_at", Instant),
    Column("trouble", Text),
    Column("trouble_at", Instant),
    Column("figures", JSON, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
    schema=DATA,
)

directory_differences = Table(
    "directory_differences",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("aad_id", Text, nullable=False),
    Column("person", Text),
    Column("committees", Codes, nullable=False),
    Column("name", Text, nullable=False),
    Column("was", Text, nullable=False),
    Column("becomes", Text, nullable=False),
    Column("guest", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Index(None, "state", "found_at"),
    schema=DATA,
)

TABLES = (
    committee_groups,
    directory_members,
    directory_accounts,
    directory_reads,
    directory_state,
    directory_differences,
)
