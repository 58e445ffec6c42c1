"""The tables around committee meetings: the year's plan, whom they ask, efforts."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
)

from storage.columns import Codes, Instant
from storage.rows import DATA, metadata, numbered

school_holidays = Table(
    "school_holidays",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("from_on", Date, nullable=False, index=True),
    Column("to_on", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("noted_by", Text),
    Column("noted_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

closed_days = Table(
    "closed_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("why", Text, nullable=False),
    Column("noted_by", Text),
    Column("noted_at", Instant, nullable=False),
    schema=DATA,
)

# What a committee wants of its year, where that is not what its type says.
meeting_habits = Table(
    "meeting_habits",
    metadata,
    Column("committee", Text, primary_key=True),
    Column("policy", Text),
    Column("minutes", Integer),
    Column("preferred", Codes, nullable=False),
    Column("barred", Codes, nullable=False),
    Column("place", Text, nullable=False),
    Column("noted_by", Text),
    Column("noted_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

busy_halves = Table(
    "busy_halves",
    metadata,
    Column("person", Text, primary_key=True),
    Column("halves", Codes, nullable=False),  # `1a` is Monday morning, `5p` Friday afternoon
    Column("noted_at", Instant, nullable=False),
    schema=DATA,
)

year_plans = Table(
    "year_plans",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("year", Integer, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("base", Uuid),  # the plan it changes, where it is a replan
    Column("terms", Text, nullable=False),  # this and the next are JSON: domain/year_plan_json.py
    Column("problem", Text),
    Column("result", Text),
    Column("changes", Text, nullable=False),  # what was approved
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("phase", Text, nullable=False),  # how far the computing has come
    Column("lease_until", Instant),  # who computes it holds it until then
    Column("claims", Integer, nullable=False),
    Column("computed_at", Instant),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Column("published_at", Instant),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

_WAITING_PLAN = year_plans.c.state == "waiting"
Index(
    "uq_year_plans_one_waiting",
    year_plans.c.year,
    unique=True,
    sqlite_where=_WAITING_PLAN,
    postgresql_where=_WAITING_PLAN,
)

committee_meetings = Table(
    "committee_meetings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("committee", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer),  # none for a meeting beyond the plan
    Column("day", Date, nullable=False, index=True),
    Column("starts", Time, nullable=False),  # on the wall in Copenhagen
    Column("minutes", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("purpose", Text, nullable=False),  # why there is one beyond the plan
    Column("led_by", Text),
    Column("state", Text, nullable=False),
    Column("sequence", Integer, nullable=False),  # of its calendar entry (RFC 5546)
    Column("plan", Uuid),
    Column("called_by", Text),
    Column("called_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("version", Integer, nullable=False),
    UniqueConstraint("committee", "year", "number"),
    schema=DATA,
)
Index(
    "ix_committee_meetings_committee_day", committee_meetings.c.committee, committee_meetings.c.day
)

meeting_deadlines = Table(
    "meeting_deadlines",
    metadata,
    Column("meeting", ForeignKey(committee_meetings.c.id), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("done_at", Instant),
    schema=DATA,
)
_WAITING = meeting_deadlines.c.state == "waiting"
Index(
    "ix_meeting_deadlines_waiting",
    meeting_deadlines.c.due_at,
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)

meeting_replies = Table(
    "meeting_replies",
    metadata,
    Column("meeting", ForeignKey(committee_meetings.c.id), primary_key=True),
    Column("person", Text, primary_key=True, index=True),
    Column("slot", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("stands_for", Text),  # whose substitute they are asked as
    Column("asked_at", Instant, nullable=False),
    Column("replied_at", Instant),
    schema=DATA,
)

meeting_attendance = Table(
    "meeting_attendance",
    metadata,
    Column("meeting", ForeignKey(committee_meetings.c.id), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("slot", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("stands_for", Text),
    Column("noted_by", Text, nullable=False),
    Column("noted_at", Instant, nullable=False),
    schema=DATA,
)

seat_history = Table(
    "seat_history",
    metadata,
    Column("id", numbered, primary_key=True),
    Column("committee", Text, nullable=False, index=True),
    Column("person", Text, nullable=False, index=True),
    Column("slot", Text, nullable=False),
    Column("seat", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("by", Text),
    Column("at", Instant, nullable=False),
    schema=DATA,
)

pools = Table(
    "pools",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("amount", BigInteger, nullable=False),  # øre
    Column("noted_by", Text),
    Column("noted_at", Instant, nullable=False),
    schema=DATA,
)

efforts = Table(
    "efforts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # local, city-wide
    Column("state", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("content", JSON, nullable=False),  # words of the application, the three criteria
    Column("areas", Codes, nullable=False),
    Column("parties", Codes, nullable=False),
    Column("committee", Text),  # the leader group that approves it
    Column("year", Integer, nullable=False),  # whose pool pays
    Column("amount", BigInteger, nullable=False),  # øre
    Column("spent", BigInteger),
    Column("lead", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("applied_by", Text, nullable=False),
    Column("applied_at", Instant, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Column("overridden_by", Text),  # who let it go beyond what the pool has left (EFF-7)
    Column("settled_at", Instant),
    Column("evaluated_at", Instant),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

TABLES = (
    school_holidays,
    closed_days,
    meeting_habits,
    busy_halves,
    year_plans,
    committee_meetings,
    meeting_deadlines,
    meeting_replies,
    meeting_attendance,
    seat_history,
    pools,
    efforts,
)
