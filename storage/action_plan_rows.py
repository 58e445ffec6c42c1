"""The tables of action plans: measures, versions, who got them, templates, what was learned."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
)

from storage.columns import Codes, Instant
from storage.readiness_rows import alerts
from storage.rows import DATA, metadata

action_plans = Table(
    "action_plans",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("alert", ForeignKey(alerts.c.id), index=True),  # none: the calendar grew it
    Column("calendar_row", Uuid, unique=True),  # a row grows one plan (BER-40)
    Column("template", Text, nullable=False),
    Column("template_label", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("drill", Boolean, nullable=False),
    Column("level", Integer),
    Column("title", Text, nullable=False),
    Column("areas", Codes, nullable=False),
    Column("parties", Codes, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("period_end", Instant),
    Column("frame", JSON, nullable=False),  # domain/plan_frames.py
    Column("made_by", Text),
    Column("made_at", Instant, nullable=False),
    Column("track", Text, nullable=False),
    Column("verdict", JSON(none_as_null=True)),
    Column("asked_by", Instant),
    Column("reminders", Boolean, nullable=False),
    Column("released_at", Instant),
    Column("decisions", JSON, nullable=False),  # of one that the calendar grew
    Column("closed_at", Instant),  # of the same; others are over with their alert
    Column("erased_at", Instant),  # of the same; others go with their alert
    Column("version", Integer, nullable=False),
    CheckConstraint("closed_at IS NULL OR alert IS NULL", name="closed_with_its_alert"),
    CheckConstraint("erased_at IS NULL OR alert IS NULL", name="erased_with_its_alert"),
    schema=DATA,
)

measures = Table(
    "measures",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("plan", ForeignKey(action_plans.c.id), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("owner", Text, index=True),
    Column("substitute", Text),
    Column("assists", Text, nullable=False),
    Column("target_group", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("first_day", Boolean, nullable=False),
    Column("daily", Boolean, nullable=False),
    Column("wordless", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Text),
    Column("version", Integer, nullable=False),
    Index(None, "plan", "position"),
    schema=DATA,
)

# What somebody was shown stays as it was shown (BER-47): triggers see to that.
plan_versions = Table(
    "plan_versions",
    metadata,
    Column("plan", ForeignKey(action_plans.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("checksum", Text, nullable=False),
    Column("content", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    schema=DATA,
)

measure_reminders = Table(
    "measure_reminders",
    metadata,
    Column("measure", ForeignKey(measures.c.id), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("due_at", Instant, primary_key=True),
    Column("at", Instant, nullable=False),
    schema=DATA,
)

# Append only (BER-48): who got which version when.
sharings = Table(
    "sharings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("alert", ForeignKey(alerts.c.id), index=True),
    Column("plan", ForeignKey(action_plans.c.id), index=True),
    Column("number", Integer),
    Column("checksum", Text, nullable=False),
    Column("tier", Text),
    Column("person", Text),
    Column("outside", Text, nullable=False),
    Column("list", Uuid),
    Column("way", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    schema=DATA,
)

distribution_lists = Table(
    "distribution_lists",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("audience", Text, nullable=False),  # JSON: domain/year_plan_json.py
    Column("tier", Text),
    Column("in_use", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

# What the Secretariat changed in a template or a measure; each revision stays (BER-39, BER-61).
template_overrides = Table(
    "template_overrides",
    metadata,
    Column("template", Text, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("changes", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("because", Text, nullable=False),
    Column("alert", Uuid),
    schema=DATA,
)

plan_calendar = Table(
    "plan_calendar",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("template", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("from_on", Date, nullable=False, index=True),
    Column("to_on", Date, nullable=False),
    Column("areas", Codes, nullable=False),
    Column("school", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("noted_by", Text),
    Column("noted_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

evaluations = Table(
    "evaluations",
    metadata,
    Column("alert", ForeignKey(alerts.c.id), primary_key=True),
    Column("drill", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("done_by", Text),
    Column("done_at", Instant),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

learnings = Table(
    "learnings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("alert", ForeignKey(alerts.c.id), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("owner", Text, nullable=False, index=True),
    Column("due_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("template", Text),
    Column("revision", Integer),
    Column("given_by", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("version", Integer, nullable=False),
    schema=DATA,
)

TABLES = (
    action_plans,
    measures,
    plan_versions,
    measure_reminders,
    sharings,
    distribution_lists,
    template_overrides,
    plan_calendar,
    evaluations,
    learnings,
)
