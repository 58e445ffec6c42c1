"""The tables around a case: SSP+, concern groups, access requests, absences and facts."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
)

from storage.case_rows import cases, subjects
from storage.columns import Codes, Instant, Sealed
from storage.rows import DATA, metadata

# When it must be decided is not stored: it is the person's birthday (AGE-6).
assessments = Table(
    "assessments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case", ForeignKey(cases.c.id), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("reminded", Codes, nullable=False),
    Column("outcome", Text),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Column("escalated_at", Instant),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case", ForeignKey(cases.c.id), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("from_group", Text, nullable=False),
    Column("to_group", Text, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Column("meets_on", Date),
    Column("lead", Text),
    Column("version", Integer, nullable=False),
    schema=DATA,
)
_PROPOSED = handovers.c.state == "proposed"
Index(
    "uq_handovers_one_proposed",
    handovers.c.case,
    unique=True,
    sqlite_where=_PROPOSED,
    postgresql_where=_PROPOSED,
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("case", ForeignKey(cases.c.id), primary_key=True),
    Column("first_processed_on", Date, nullable=False),
    Column("content", Sealed, nullable=False),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

concern_groups = Table(
    "concern_groups",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("group", Text, nullable=False, index=True),  # the coordination group that has it
    Column("areas", Codes, nullable=False),
    Column("known_before", Boolean, nullable=False),
    Column("begun_by", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("review_on", Date),
    Column("last_event_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

group_members = Table(
    "group_members",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("concern_group", ForeignKey(concern_groups.c.id), nullable=False, index=True),
    Column("area", Text, nullable=False),
    Column("subject", ForeignKey(subjects.c.id), index=True),
    Column("role", Text, nullable=False),
    Column("role_at", Instant, nullable=False),
    Column("role_by", Text, nullable=False),
    Column("gate", Uuid, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("left_at", Instant),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

access_requests = Table(
    "access_requests",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("case", ForeignKey(cases.c.id), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("registered_by", Text, nullable=False),
    Column("drafted_by", Text),
    Column("reviewed_by", Text),
    Column("released_at", Instant),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

access_marks = Table(
    "access_marks",
    metadata,
    Column("request", ForeignKey(access_requests.c.id), primary_key=True),
    Column("piece", Uuid, primary_key=True),  # a record, an action or an addition left out
    Column("why", Text, nullable=False),  # a code
    Column("by", Text, nullable=False),
    schema=DATA,
)

absences = Table(
    "absences",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("noted_at", Instant, nullable=False),
    schema=DATA,
)

playbooks = Table(
    "playbooks",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

# Statistics outlive the case: no name, no text, no exact date (STAT-4).
facts = Table(
    "facts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("quarter", Text, nullable=False),
    Column("pseudonym", Uuid),
    Column("area", Text),
    Column("level", Integer),
    Column("band", Text),
    Column("authority", Text),
    Column("detail", Text),
    Column("value", Integer),
    Index(None, "kind", "quarter"),
    schema=DATA,
)

# Goes when the case is deleted; then nothing leads from a fact to anybody.
pseudonyms = Table(
    "pseudonyms",
    metadata,
    Column("case", ForeignKey(cases.c.id), primary_key=True),
    Column("pseudonym", Uuid, nullable=False, unique=True),
    schema=DATA,
)
