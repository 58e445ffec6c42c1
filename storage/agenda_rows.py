"""The tables of what a committee takes up: items, agendas, minutes, tasks from decisions."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    Table,
    Text,
    Uuid,
)

from storage.columns import Codes, Instant
from storage.meeting_rows import committee_meetings
from storage.rows import DATA, metadata

meeting_items = Table(
    "meeting_items",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("committee", Text, nullable=False, index=True),
    Column("meeting", ForeignKey(committee_meetings.c.id), index=True),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # beslutning, drøftelse, orientering
    Column("state", Text, nullable=False),
    Column("sudden", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("content", JSON, nullable=False),  # words, proposal, annexes, answer
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

agenda_versions = Table(
    "agenda_versions",
    metadata,
    Column("meeting", ForeignKey(committee_meetings.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # provisional, final, sudden
    Column("content", JSON, nullable=False),
    Column("made_by", Text),
    Column("made_at", Instant, nullable=False),
    schema=DATA,
)

minutes_versions = Table(
    "minutes_versions",
    metadata,
    Column("meeting", ForeignKey(committee_meetings.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("content", JSON, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("approved_by", Text),
    Column("approved_at", Instant),
    Column("distributed_at", Instant),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

minutes_comments = Table(
    "minutes_comments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("meeting", ForeignKey(committee_meetings.c.id), nullable=False, index=True),
    Column("number", Integer, nullable=False),  # of the version it is about
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("words", Text, nullable=False),
    schema=DATA,
)

minutes_approvals = Table(
    "minutes_approvals",
    metadata,
    Column("meeting", ForeignKey(committee_meetings.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    schema=DATA,
)

# Who else gets a committee's minutes, where that is not what its type says.
minutes_receivers = Table(
    "minutes_receivers",
    metadata,
    Column("committee", Text, primary_key=True),
    Column("receivers", Codes, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("noted_at", Instant, nullable=False),
    schema=DATA,
)

decision_tasks = Table(
    "decision_tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("meeting", ForeignKey(committee_meetings.c.id), nullable=False, index=True),
    Column("item", ForeignKey(meeting_items.c.id)),
    Column("committee", Text, nullable=False),
    Column("owner", Text, nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

TABLES = (
    meeting_items,
    agenda_versions,
    minutes_versions,
    minutes_comments,
    minutes_approvals,
    minutes_receivers,
    decision_tasks,
)
