"""The tables of alerts: who is alerted and answers, how silence climbs, the log, decisions."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from storage.columns import Codes, Instant
from storage.rows import DATA, metadata, numbered

# Whether it is a drill is never changed (BER-63): a trigger sees to that.
alerts = Table(
    "alerts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("template", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("situation", JSON, nullable=False),
    Column("audience", Text, nullable=False),  # JSON: domain/year_plan_json.py
    Column("areas", Codes, nullable=False),  # of the audience; none is the whole city
    Column("state", Text, nullable=False),
    Column("activated_by", Text, nullable=False),
    Column("activated_at", Instant, nullable=False, index=True),
    Column("leaves_at", Instant, nullable=False),
    Column("coordinator", Text, nullable=False),
    Column("log_keeper", Text, nullable=False),
    Column("period_end", Instant),
    Column("paused_until", Instant),
    Column("suspended_by", Uuid),
    Column("closed_at", Instant),
    Column("filed_at", Instant),
    Column("erased_at", Instant),  # what is kept can be removed from then on (BER-54)
    Column("version", Integer, nullable=False),
    UniqueConstraint("year", "number"),
    CheckConstraint(
        "erased_at IS NULL OR (filed_at IS NOT NULL AND closed_at IS NOT NULL)",
        name="erased_when_filed",
    ),
    Index(None, "state", "drill"),
    schema=DATA,
)

# What escalation looks at, frozen (BER-29): a trigger lets nobody change it.
alert_snapshots = Table(
    "alert_snapshots",
    metadata,
    Column("alert", ForeignKey(alerts.c.id), primary_key=True),
    Column("snapshot", Text, nullable=False),  # JSON: domain/year_plan_json.py
    schema=DATA,
)

alert_recipients = Table(
    "alert_recipients",
    metadata,
    Column("alert", ForeignKey(alerts.c.id), primary_key=True),
    Column("person", Text, primary_key=True, index=True),
    Column("authority", Text, nullable=False),
    Column("areas", Codes, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("stands_for", Text),
    Column("quorum", Boolean, nullable=False),
    Column("reply", Text),  # the latest; all of them are in `alert_replies`
    Column("replied_at", Instant),
    Column("via", Text),
    Column("via_person", Text),
    # The board counts in this index alone (BER-66).
    Index(None, "alert", "authority", "quorum", "reply"),
    schema=DATA,
)

alert_replies = Table(
    "alert_replies",
    metadata,
    Column("id", numbered, primary_key=True, autoincrement=True),
    Column("alert", ForeignKey(alerts.c.id), nullable=False),
    Column("person", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("via", Text, nullable=False),
    Column("via_person", Text, nullable=False),
    Index(None, "alert", "at"),
    schema=DATA,
)

# Where the ladder of each authority stands; whoever climbs it holds the row.
escalations = Table(
    "escalations",
    metadata,
    Column("alert", ForeignKey(alerts.c.id), primary_key=True),
    Column("authority", Text, primary_key=True),
    Column("required", Integer, nullable=False),  # of its quorum, as it was frozen
    Column("taken", Integer, nullable=False),
    Column("next_at", Instant),
    Column("met_at", Instant),
    Column("nobody_for", JSON, nullable=False),
    Column("token", Integer, nullable=False),  # counts changes: nobody climbs on what is old
    schema=DATA,
)
_CLIMBS = escalations.c.next_at.is_not(None)
Index(
    "ix_escalations_climbing",
    escalations.c.next_at,
    sqlite_where=_CLIMBS,
    postgresql_where=_CLIMBS,
)

# Whose letters in Teams do not show the alert as it stands (BER-18). It outlives the alert.
alert_redraws = Table(
    "alert_redraws",
    metadata,
    Column("alert", Uuid, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("next_at", Instant, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("token", Integer, nullable=False),  # counts wishes: one that comes meanwhile is kept
    schema=DATA,
)

# Append only (BER-44): triggers let nobody change or remove a line.
alert_log = Table(
    "alert_log",
    metadata,
    Column("alert", ForeignKey(alerts.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text),
    Column("words", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("authority", Text),
    Column("people", JSON, nullable=False),
    Column("reason", Text),
    Column("due_at", Instant),
    Column("late", Float),  # seconds
    Column("amends", Integer),
    schema=DATA,
)

alert_decisions = Table(
    "alert_decisions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("alert", ForeignKey(alerts.c.id), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant),
    Column("measure", Uuid),
    schema=DATA,
)

alert_offers = Table(
    "alert_offers",
    metadata,
    Column("alert", ForeignKey(alerts.c.id), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("to", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    schema=DATA,
)

situation_reports = Table(
    "situation_reports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("alert", ForeignKey(alerts.c.id), nullable=False),
    Column("party", Text, nullable=False),
    Column("situation", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("due_at", Instant),
    Index(None, "alert", "at"),
    schema=DATA,
)

readiness_meetings = Table(
    "readiness_meetings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("alert", ForeignKey(alerts.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("begins_at", Instant, nullable=False),
    Column("place", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("link_by", Instant, index=True),
    Column("called_by", Text, nullable=False),
    Column("called_at", Instant, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("cancelled_at", Instant),
    Column("version", Integer, nullable=False),
    UniqueConstraint("alert", "number"),
    schema=DATA,
)

attendances = Table(
    "attendances",
    metadata,
    Column("meeting", ForeignKey(readiness_meetings.c.id), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("reply", Text, nullable=False),
    Column("stands_for", Text),
    Column("asked_at", Instant, nullable=False),
    Column("replied_at", Instant),
    schema=DATA,
)

TABLES = (
    alerts,
    alert_snapshots,
    alert_recipients,
    alert_replies,
    escalations,
    alert_redraws,
    alert_log,
    alert_decisions,
    alert_offers,
    situation_reports,
    readiness_meetings,
    attendances,
)
