"""Readiness: alerts, escalation, action plans, and what is learned."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "alerts",
    "alert_snapshots",
    "alert_recipients",
    "alert_replies",
    "escalations",
    "alert_redraws",
    "alert_log",
    "alert_decisions",
    "alert_offers",
    "situation_reports",
    "readiness_meetings",
    "attendances",
    "action_plans",
    "measures",
    "plan_versions",
    "measure_reminders",
    "sharings",
    "distribution_lists",
    "template_overrides",
    "plan_calendar",
    "evaluations",
    "learnings",
)

# What nobody who uses the bot's account can change or remove, by their keys.
KEPT = {
    "alert_log": ("alert", "number"),
    "plan_versions": ("plan", "number"),
    "sharings": ("id",),
    "template_overrides": ("template", "revision"),
    "alert_snapshots": ("alert",),
}
_ERASED = "(SELECT a.id FROM data.alerts a WHERE a.erased_at IS NOT NULL)"
_OVER = f"p.erased_at IS NOT NULL OR p.alert IN {_ERASED}"
_PLANS = f"(SELECT p.id FROM data.action_plans p WHERE {_OVER})"  # noqa: S608
# When this can go: once the alert it is of was filed and is erased, or the plan that the
# calendar grew (BER-54).
GOES_WITH = {
    "alert_log": f"OLD.alert IN {_ERASED}",
    "plan_versions": f"OLD.plan IN {_PLANS}",
    "sharings": f"OLD.alert IN {_ERASED} OR OLD.plan IN {_PLANS}",
    "alert_snapshots": f"OLD.alert IN {_ERASED}",
}
# What stays as it began: a drill is never turned live, nor the reverse (BER-63).
FIXED = ("alerts", "action_plans", "evaluations")


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("situation", sa.JSON(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("activated_by", sa.Text(), nullable=False),
        sa.Column("activated_at", INSTANT, nullable=False),
        sa.Column("leaves_at", INSTANT, nullable=False),
        sa.Column("coordinator", sa.Text(), nullable=False),
        sa.Column("log_keeper", sa.Text(), nullable=False),
        sa.Column("period_end", INSTANT, nullable=True),
        sa.Column("paused_until", INSTANT, nullable=True),
        sa.Column("suspended_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("filed_at", INSTANT, nullable=True),
        sa.Column("erased_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "erased_at IS NULL OR (filed_at IS NOT NULL AND closed_at IS NOT NULL)",
            name="ck_alerts_erased_when_filed",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("year", "number", name="uq_alerts_year_number"),
        schema="data",
    )
    op.create_index("ix_alerts_activated_at", "alerts", ["activated_at"], schema="data")
    op.create_index("ix_alerts_state_drill", "alerts", ["state", "drill"], schema="data")
    op.create_table(
        "alert_snapshots",
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_alert_snapshots_alert"),
        sa.PrimaryKeyConstraint("alert", name="pk_alert_snapshots"),
        schema="data",
    )
    op.create_table(
        "alert_recipients",
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("stands_for", sa.Text(), nullable=True),
        sa.Column("quorum", sa.Boolean(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_at", INSTANT, nullable=True),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("via_person", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_alert_recipients_alert"),
        sa.PrimaryKeyConstraint("alert", "person", name="pk_alert_recipients"),
        schema="data",
    )
    op.create_index(
        "ix_alert_recipients_alert_authority_quorum_reply",
        "alert_recipients",
        ["alert", "authority", "quorum", "reply"],
        schema="data",
    )
    op.create_index("ix_alert_recipients_person", "alert_recipients", ["person"], schema="data")
    op.create_table(
        "alert_replies",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("via_person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_alert_replies_alert"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_replies"),
        schema="data",
    )
    op.create_index("ix_alert_replies_alert_at", "alert_replies", ["alert", "at"], schema="data")
    op.create_table(
        "escalations",
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("met_at", INSTANT, nullable=True),
        sa.Column("nobody_for", sa.JSON(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_escalations_alert"),
        sa.PrimaryKeyConstraint("alert", "authority", name="pk_escalations"),
        schema="data",
    )
    op.create_index(
        "ix_escalations_climbing",
        "escalations",
        ["next_at"],
        schema="data",
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_table(
        "alert_redraws",
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("alert", "person", name="pk_alert_redraws"),
        schema="data",
    )
    op.create_index("ix_alert_redraws_next_at", "alert_redraws", ["next_at"], schema="data")
    op.create_table(
        "alert_log",
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("late", sa.Float(), nullable=True),
        sa.Column("amends", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_alert_log_alert"),
        sa.PrimaryKeyConstraint("alert", "number", name="pk_alert_log"),
        schema="data",
    )
    op.create_table(
        "alert_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.Column("measure", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_alert_decisions_alert"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_decisions"),
        schema="data",
    )
    op.create_index("ix_alert_decisions_alert", "alert_decisions", ["alert"], schema="data")
    op.create_table(
        "alert_offers",
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_alert_offers_alert"),
        sa.PrimaryKeyConstraint("alert", "role", name="pk_alert_offers"),
        schema="data",
    )
    op.create_table(
        "situation_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("situation", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_situation_reports_alert"),
        sa.PrimaryKeyConstraint("id", name="pk_situation_reports"),
        schema="data",
    )
    op.create_index(
        "ix_situation_reports_alert_at", "situation_reports", ["alert", "at"], schema="data"
    )
    op.create_table(
        "readiness_meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begins_at", INSTANT, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_by", INSTANT, nullable=True),
        sa.Column("called_by", sa.Text(), nullable=False),
        sa.Column("called_at", INSTANT, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_readiness_meetings_alert"),
        sa.PrimaryKeyConstraint("id", name="pk_readiness_meetings"),
        sa.UniqueConstraint("alert", "number", name="uq_readiness_meetings_alert_number"),
        schema="data",
    )
    op.create_index(
        "ix_readiness_meetings_link_by", "readiness_meetings", ["link_by"], schema="data"
    )
    op.create_table(
        "attendances",
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("stands_for", sa.Text(), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("replied_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.readiness_meetings.id"], name="fk_attendances_meeting"
        ),
        sa.PrimaryKeyConstraint("meeting", "person", name="pk_attendances"),
        schema="data",
    )
    op.create_table(
        "action_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert", sa.Uuid(), nullable=True),
        sa.Column("calendar_row", sa.Uuid(), nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("template_label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("period_end", INSTANT, nullable=True),
        sa.Column("frame", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=True),
        sa.Column("asked_by", INSTANT, nullable=True),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("released_at", INSTANT, nullable=True),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("erased_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_at IS NULL OR alert IS NULL", name="ck_action_plans_closed_with_its_alert"
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR alert IS NULL", name="ck_action_plans_erased_with_its_alert"
        ),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_action_plans_alert"),
        sa.PrimaryKeyConstraint("id", name="pk_action_plans"),
        sa.UniqueConstraint("calendar_row", name="uq_action_plans_calendar_row"),
        schema="data",
    )
    op.create_index("ix_action_plans_alert", "action_plans", ["alert"], schema="data")
    op.create_table(
        "measures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("substitute", sa.Text(), nullable=True),
        sa.Column("assists", sa.Text(), nullable=False),
        sa.Column("target_group", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Boolean(), nullable=False),
        sa.Column("daily", sa.Boolean(), nullable=False),
        sa.Column("wordless", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["data.action_plans.id"], name="fk_measures_plan"),
        sa.PrimaryKeyConstraint("id", name="pk_measures"),
        schema="data",
    )
    op.create_index("ix_measures_owner", "measures", ["owner"], schema="data")
    op.create_index("ix_measures_plan_position", "measures", ["plan", "position"], schema="data")
    op.create_table(
        "plan_versions",
        sa.Column("plan", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["data.action_plans.id"], name="fk_plan_versions_plan"),
        sa.PrimaryKeyConstraint("plan", "number", name="pk_plan_versions"),
        schema="data",
    )
    op.create_table(
        "measure_reminders",
        sa.Column("measure", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["measure"], ["data.measures.id"], name="fk_measure_reminders_measure"
        ),
        sa.PrimaryKeyConstraint("measure", "kind", "due_at", name="pk_measure_reminders"),
        schema="data",
    )
    op.create_table(
        "sharings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("alert", sa.Uuid(), nullable=True),
        sa.Column("plan", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("outside", sa.Text(), nullable=False),
        sa.Column("list", sa.Uuid(), nullable=True),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_sharings_alert"),
        sa.ForeignKeyConstraint(["plan"], ["data.action_plans.id"], name="fk_sharings_plan"),
        sa.PrimaryKeyConstraint("id", name="pk_sharings"),
        schema="data",
    )
    op.create_index("ix_sharings_alert", "sharings", ["alert"], schema="data")
    op.create_index("ix_sharings_plan", "sharings", ["plan"], schema="data")
    op.create_table(
        "distribution_lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_distribution_lists"),
        sa.UniqueConstraint("name", name="uq_distribution_lists_name"),
        schema="data",
    )
    op.create_table(
        "template_overrides",
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("alert", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("template", "revision", name="pk_template_overrides"),
        schema="data",
    )
    op.create_table(
        "plan_calendar",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=True),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_calendar"),
        schema="data",
    )
    op.create_index("ix_plan_calendar_from_on", "plan_calendar", ["from_on"], schema="data")
    op.create_table(
        "evaluations",
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_evaluations_alert"),
        sa.PrimaryKeyConstraint("alert", name="pk_evaluations"),
        schema="data",
    )
    op.create_table(
        "learnings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["data.alerts.id"], name="fk_learnings_alert"),
        sa.PrimaryKeyConstraint("id", name="pk_learnings"),
        schema="data",
    )
    op.create_index("ix_learnings_alert", "learnings", ["alert"], schema="data")
    op.create_index("ix_learnings_owner", "learnings", ["owner"], schema="data")
    first = sa.text("round = 1 AND medium = 'teams' AND tier <= 2")
    op.create_index(
        "ix_outbox_alerts",
        "outbox",
        ["about", "kind", "state"],
        schema="data",
        sqlite_where=first,
        postgresql_where=first,
    )
    if op.get_bind().dialect.name == "postgresql":
        _keep_on_postgresql()
    else:
        _keep_on_sqlite()


def downgrade() -> None:
    op.drop_index("ix_outbox_alerts", "outbox", schema="data")
    for table in reversed(TABLES):
        op.drop_table(table, schema="data")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION data.readiness_is_kept")
        for table in GOES_WITH:
            op.execute(f"DROP FUNCTION data.{table}_goes")


def _keep_on_postgresql() -> None:
    op.execute(
        """
        CREATE FUNCTION data.readiness_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'this is kept as it was written'; END $$
        """
    )
    for table in KEPT:
        goes = "readiness_is_kept" if table not in GOES_WITH else f"{table}_goes"
        if table in GOES_WITH:
            _let_go_on_postgresql(table)
        for name, change, each, function in (
            (f"{table}_is_kept", "UPDATE", "ROW", "readiness_is_kept"),
            (f"{table}_is_not_removed", "DELETE", "ROW", goes),
            (f"{table}_stays", "TRUNCATE", "STATEMENT", "readiness_is_kept"),
        ):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {change} ON data.{table}"
                f" FOR EACH {each} EXECUTE FUNCTION data.{function}()"
            )
    for table in FIXED:
        op.execute(
            f"CREATE TRIGGER {table}_drill_stays BEFORE UPDATE ON data.{table} FOR EACH ROW"
            " WHEN (OLD.drill IS DISTINCT FROM NEW.drill)"
            " EXECUTE FUNCTION data.readiness_is_kept()"
        )


def _let_go_on_postgresql(table: str) -> None:
    """Let a row be removed once the alert it belongs to is being erased."""
    op.execute(
        f"""
        CREATE FUNCTION data.{table}_goes() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {_stays(table)} THEN
                RAISE EXCEPTION 'this is kept as it was written';
            END IF;
            RETURN OLD;
        END $$
        """
    )


def _stays(table: str) -> str:
    """Ask whether what a row belongs to is not being erased."""
    return f"({GOES_WITH[table]}) IS NOT TRUE"


def _keep_on_sqlite() -> None:
    for table, keys in KEPT.items():
        same = " AND ".join(f"{key} = NEW.{key}" for key in keys)
        op.execute(_refusing(f"{table}_no_update", f"UPDATE ON {table}"))
        kept = f" WHEN {_stays(table)}" if table in GOES_WITH else ""
        # In a trigger, SQLite looks for a table in the trigger's own schema.
        own = kept.replace("data.", "")
        op.execute(_refusing(f"{table}_no_delete", f"DELETE ON {table}{own}"))
        # INSERT OR REPLACE removes a row without waking the other two.
        again = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608
        op.execute(_refusing(f"{table}_no_replace", f"INSERT ON {table} WHEN {again}"))
    for table in FIXED:
        differs = "WHEN OLD.drill IS NOT NEW.drill"
        op.execute(_refusing(f"{table}_drill_stays", f"UPDATE ON {table} {differs}"))


def _refusing(name: str, change: str) -> str:
    return (
        f"CREATE TRIGGER data.{name} BEFORE {change}"
        " BEGIN SELECT RAISE(ABORT, 'this is kept as it was written'); END"
    )
