"""The tables of case work: people it is about, cases, decisions, and what they rest on."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from storage.columns import Codes, Instant, Sealed
from storage.rows import DATA, metadata, numbered

subjects = Table(
    "subjects",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("merged_into", Uuid),
    Column("erased_at", Instant),
    schema=DATA,
)
_MERGED = subjects.c.merged_into.is_not(None)
Index(
    "ix_subjects_merged_into",
    subjects.c.merged_into,
    sqlite_where=_MERGED,
    postgresql_where=_MERGED,
)

# What a subject can be found by, once for each group that has a case of theirs; never the words
# themselves (AC-CRYPT-05). The order of the key is what a search reads: docs/decisions/0030.
subject_marks = Table(
    "subject_marks",
    metadata,
    Column("mark", LargeBinary, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("subject", ForeignKey(subjects.c.id), primary_key=True),
    Column("index_version", Integer, nullable=False),
    Index(None, "subject", "mark"),
    schema=DATA,
)

# No two subjects have the same CPR number, however many open a case at once (CASE-3).
subject_cprs = Table(
    "subject_cprs",
    metadata,
    Column("mark", LargeBinary, primary_key=True),
    Column("subject", ForeignKey(subjects.c.id), nullable=False, index=True),
    Column("index_version", Integer, nullable=False),
    schema=DATA,
)

cases = Table(
    "cases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("subject", ForeignKey(subjects.c.id), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("group", Text, nullable=False),
    Column("partner", Text),
    Column("area", Text),
    Column("level", Integer),
    Column("lead", Text),
    Column("plus_type", Text),
    Column("kif", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("coordinated_at", Instant),
    Column("follow_up_on", Date),
    Column("closed_at", Instant),
    Column("close_reason", Text),
    Column("last_event_at", Instant, nullable=False),
    Column("merged_into", Uuid),
    Column("held", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "group", "state"),
    schema=DATA,
)
# Few cases have these: an index of all would be taken by no planner, which is to say a scan.
for _rare, _then in (("partner", "state"), ("lead", "state"), ("merged_into", "id")):
    _has_one = cases.c[_rare].is_not(None)
    Index(
        f"ix_cases_{_rare}",
        cases.c[_rare],
        cases.c[_then],
        sqlite_where=_has_one,
        postgresql_where=_has_one,
    )
_RUNNING = (cases.c.state != "closed") & cases.c.merged_into.is_(None)
Index(
    "uq_cases_one_running",  # one open case per person (CASE-3)
    cases.c.subject,
    unique=True,
    sqlite_where=_RUNNING,
    postgresql_where=_RUNNING,
)

merges = Table(
    "merges",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("from_case", ForeignKey(cases.c.id), nullable=False, index=True),
    Column("into_case", ForeignKey(cases.c.id), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("agreed_by", Text, nullable=False),
    Column("undone_at", Instant),
    Column("undone_by", Text),
    schema=DATA,
)

records = Table(
    "records",
    metadata,
    Column("number", numbered, primary_key=True, autoincrement=True),  # in the order written
    Column("id", Uuid, nullable=False, unique=True),
    Column("matter", Uuid, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("data_class", Text, nullable=False),
    Column("by", Text),
    Column("at", Instant, nullable=False),
    Column("replaces", Uuid, unique=True),
    Column("withheld_by", Text),
    Column("meeting", Uuid),
    Column("content", Sealed, nullable=False),
    Index(None, "matter", "kind"),
    Index(None, "kind", "at"),
    schema=DATA,
)

actions = Table(
    "actions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case", ForeignKey(cases.c.id), nullable=False, index=True),
    Column("authority", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("focus", Text),  # of the five areas of a plan in SSP+ (PLUS-3)
    Column("agreed_by", Text, nullable=False),
    Column("agreed_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("meeting", Uuid),
    Column("version", Integer, nullable=False),
    Column("content", Sealed, nullable=False),
    Index(None, "owner", "status"),
    schema=DATA,
)

grants = Table(
    "grants",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("matter", Uuid, nullable=False, index=True),
    Column("person", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("classes", Codes, nullable=False),
    Column("by", Text, nullable=False),
    Column("begins_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("gate", Uuid),
    Column("review_by", Instant),
    Column("reviewed_by", Text),
    Column("reviewed_at", Instant),
    schema=DATA,
)

informings = Table(
    "informings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case", ForeignKey(cases.c.id), nullable=False),
    Column("addressee", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("collected_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("review_on", Date),
    Column("decided_by", Text),
    Column("second_by", Text),
    Column("decided_at", Instant),
    Column("version", Integer, nullable=False),
    UniqueConstraint("case", "addressee"),
    schema=DATA,
)

journal_tasks = Table(
    "journal_tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("matter", Uuid, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("journal_ref", Text),
    Column("system", Text),
    Column("filed_on", Date),
    Column("filed_by", Text),
    Column("verified_by", Text),
    Column("verified_at", Instant),
    Column("why_not", Text),  # a code: why it is not recordable
    Column("version", Integer, nullable=False),
    schema=DATA,
)
_OPEN = journal_tasks.c.state == "open"
Index(
    "uq_journal_tasks_one_open",  # what happens meanwhile is filed with it (NOT-4)
    journal_tasks.c.matter,
    unique=True,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)

# Written once, never changed: a trigger sees to it (NOT-4).
note_events = Table(
    "note_events",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, nullable=False),
    Column("source", Uuid, nullable=False),  # the decision, record or case it notes
    Column("round", Integer, nullable=False),  # how often the source had such an event
    Column("matter", Uuid, nullable=False, index=True),
    Column("by", Text),
    Column("at", Instant, nullable=False),
    Column("task", ForeignKey(journal_tasks.c.id), nullable=False, index=True),
    UniqueConstraint("code", "source", "round"),
    schema=DATA,
)

countersigns = Table(
    "countersigns",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("about", Uuid, nullable=False, index=True),
    Column("seen", Integer, nullable=False),  # the version of what it is about
    Column("state", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Column("terms", Text, nullable=False),  # JSON of ids and codes only; words lie in records
    Column("version", Integer, nullable=False),
    schema=DATA,
)

case_meetings = Table(
    "case_meetings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("group", Text, nullable=False, index=True),
    Column("begun_by", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("present", Codes, nullable=False),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

agenda_items = Table(
    "agenda_items",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("meeting", ForeignKey(case_meetings.c.id), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("about", Uuid, nullable=False),
    Column("why", Codes, nullable=False),  # a new concern, a follow-up, an overdue action …
    Column("state", Text, nullable=False),
    Column("ended_at", Instant),
    UniqueConstraint("meeting", "position"),
    schema=DATA,
)
