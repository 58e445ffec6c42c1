"""Committee meetings: the year planned, agendas, minutes, efforts."""

from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "efforts",
    "pools",
    "seat_history",
    "decision_tasks",
    "minutes_receivers",
    "minutes_approvals",
    "minutes_comments",
    "minutes_versions",
    "agenda_versions",
    "meeting_items",
    "meeting_attendance",
    "meeting_replies",
    "meeting_deadlines",
    "committee_meetings",
    "year_plans",
    "busy_halves",
    "meeting_habits",
    "closed_days",
    "school_holidays",
)

_SAME = "SELECT 1 FROM {table} WHERE meeting = NEW.meeting AND number = NEW.number"

# An agenda that was sent, and minutes that were approved, can be neither changed nor removed by
# anybody who uses the bot's account.
PAPERS_ARE_KEPT = {
    "postgresql": (
        """
        CREATE FUNCTION data.papers_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'this paper is final'; END $$
        """,
        """
        CREATE TRIGGER agendas_are_kept BEFORE UPDATE OR DELETE ON data.agenda_versions
        FOR EACH ROW EXECUTE FUNCTION data.papers_are_kept()
        """,
        """
        CREATE TRIGGER approved_minutes_are_kept BEFORE UPDATE OR DELETE ON data.minutes_versions
        FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION data.papers_are_kept()
        """,
        *(
            f"""
            CREATE TRIGGER {table}_stay BEFORE TRUNCATE ON data.{table}
            FOR EACH STATEMENT EXECUTE FUNCTION data.papers_are_kept()
            """
            for table in ("agenda_versions", "minutes_versions")
        ),
    ),
    "sqlite": tuple(
        f"""
        CREATE TRIGGER data.{table}_no_{change} BEFORE {change} ON {table} {when}
        BEGIN SELECT RAISE(ABORT, 'this paper is final'); END
        """
        for table, final in (
            ("agenda_versions", ""),
            ("minutes_versions", "state = 'approved'"),
        )
        for change, when in (
            *((each, final and f"WHEN OLD.{final}") for each in ("update", "delete")),
            # INSERT OR REPLACE removes a row without waking the other two.
            ("insert", f"WHEN EXISTS ({_SAME.format(table=table)}{final and f' AND {final}'})"),
        )
    ),
}


# Copenhagen's school holidays of 2027 (spec: meetings.md §3), to begin with: the Secretariat
# keeps the table from then on.
SOURCE = "kirkebjergskole.aula.dk og oerstedskolen.aula.dk"
HOLIDAYS_2027 = (
    ("Juleferie", date(2027, 1, 1), date(2027, 1, 4)),
    ("Vinterferie", date(2027, 2, 15), date(2027, 2, 19)),
    ("Påskeferie", date(2027, 3, 22), date(2027, 3, 29)),
    ("Kristi himmelfartsferie", date(2027, 5, 6), date(2027, 5, 7)),
    ("2. pinsedag", date(2027, 5, 17), date(2027, 5, 17)),
    ("Sommerferie", date(2027, 6, 28), date(2027, 8, 6)),
    ("Efterårsferie", date(2027, 10, 18), date(2027, 10, 22)),
    ("Juleferie", date(2027, 12, 20), date(2027, 12, 31)),
)


def upgrade() -> None:
    op.create_table(
        "school_holidays",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=True),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_school_holidays"),
        schema="data",
    )
    op.create_index("ix_school_holidays_from_on", "school_holidays", ["from_on"], schema="data")
    op.bulk_insert(
        sa.table(
            "school_holidays",
            sa.column("id", sa.Uuid()),
            sa.column("name", sa.Text()),
            sa.column("from_on", sa.Date()),
            sa.column("to_on", sa.Date()),
            sa.column("source", sa.Text()),
            sa.column("noted_at", INSTANT),
            sa.column("version", sa.Integer()),
            schema="data",
        ),
        [
            {
                "id": uuid5(NAMESPACE_URL, f"school holiday {from_on}"),
                "name": name,
                "from_on": from_on,
                "to_on": to_on,
                "source": SOURCE,
                "noted_at": datetime(2026, 11, 22, tzinfo=UTC),
                "version": 1,
            }
            for name, from_on, to_on in HOLIDAYS_2027
        ],
    )
    op.create_table(
        "closed_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=True),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_closed_days"),
        schema="data",
    )
    op.create_table(
        "meeting_habits",
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("preferred", sa.Text(), nullable=False),
        sa.Column("barred", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=True),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("committee", name="pk_meeting_habits"),
        schema="data",
    )
    op.create_table(
        "busy_halves",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("halves", sa.Text(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_busy_halves"),
        schema="data",
    )
    op.create_table(
        "year_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("base", sa.Uuid(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("computed_at", INSTANT, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_year_plans"),
        schema="data",
    )
    op.create_index("ix_year_plans_year", "year_plans", ["year"], schema="data")
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "uq_year_plans_one_waiting",
        "year_plans",
        ["year"],
        unique=True,
        schema="data",
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "committee_meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("led_by", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Uuid(), nullable=True),
        sa.Column("called_by", sa.Text(), nullable=True),
        sa.Column("called_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint(
            "committee", "year", "number", name="uq_committee_meetings_committee_year_number"
        ),
        sa.UniqueConstraint("reference", name="uq_committee_meetings_reference"),
        sa.PrimaryKeyConstraint("id", name="pk_committee_meetings"),
        schema="data",
    )
    op.create_index(
        "ix_committee_meetings_committee_day",
        "committee_meetings",
        ["committee", "day"],
        schema="data",
    )
    op.create_index("ix_committee_meetings_day", "committee_meetings", ["day"], schema="data")
    op.create_table(
        "meeting_deadlines",
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.committee_meetings.id"], name="fk_meeting_deadlines_meeting"
        ),
        sa.PrimaryKeyConstraint("meeting", "kind", name="pk_meeting_deadlines"),
        schema="data",
    )
    op.create_index(
        "ix_meeting_deadlines_waiting",
        "meeting_deadlines",
        ["due_at"],
        schema="data",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "meeting_replies",
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("stands_for", sa.Text(), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("replied_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.committee_meetings.id"], name="fk_meeting_replies_meeting"
        ),
        sa.PrimaryKeyConstraint("meeting", "person", name="pk_meeting_replies"),
        schema="data",
    )
    op.create_index("ix_meeting_replies_person", "meeting_replies", ["person"], schema="data")
    op.create_table(
        "meeting_attendance",
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("stands_for", sa.Text(), nullable=True),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.committee_meetings.id"], name="fk_meeting_attendance_meeting"
        ),
        sa.PrimaryKeyConstraint("meeting", "person", name="pk_meeting_attendance"),
        schema="data",
    )
    op.create_table(
        "meeting_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sudden", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.committee_meetings.id"], name="fk_meeting_items_meeting"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_items"),
        schema="data",
    )
    op.create_index("ix_meeting_items_committee", "meeting_items", ["committee"], schema="data")
    op.create_index("ix_meeting_items_meeting", "meeting_items", ["meeting"], schema="data")
    op.create_table(
        "agenda_versions",
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.committee_meetings.id"], name="fk_agenda_versions_meeting"
        ),
        sa.PrimaryKeyConstraint("meeting", "number", name="pk_agenda_versions"),
        schema="data",
    )
    op.create_table(
        "minutes_versions",
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", INSTANT, nullable=True),
        sa.Column("distributed_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.committee_meetings.id"], name="fk_minutes_versions_meeting"
        ),
        sa.PrimaryKeyConstraint("meeting", "number", name="pk_minutes_versions"),
        schema="data",
    )
    op.create_table(
        "minutes_comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.committee_meetings.id"], name="fk_minutes_comments_meeting"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_minutes_comments"),
        schema="data",
    )
    op.create_index("ix_minutes_comments_meeting", "minutes_comments", ["meeting"], schema="data")
    op.create_table(
        "minutes_approvals",
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.committee_meetings.id"], name="fk_minutes_approvals_meeting"
        ),
        sa.PrimaryKeyConstraint("meeting", "number", "person", name="pk_minutes_approvals"),
        schema="data",
    )
    op.create_table(
        "minutes_receivers",
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("receivers", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("committee", name="pk_minutes_receivers"),
        schema="data",
    )
    op.create_table(
        "decision_tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Uuid(), nullable=True),
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.committee_meetings.id"], name="fk_decision_tasks_meeting"
        ),
        sa.ForeignKeyConstraint(
            ["item"], ["data.meeting_items.id"], name="fk_decision_tasks_item"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decision_tasks"),
        schema="data",
    )
    op.create_index("ix_decision_tasks_meeting", "decision_tasks", ["meeting"], schema="data")
    op.create_index("ix_decision_tasks_owner", "decision_tasks", ["owner"], schema="data")
    op.create_table(
        "seat_history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seat_history"),
        schema="data",
    )
    op.create_index("ix_seat_history_committee", "seat_history", ["committee"], schema="data")
    op.create_index("ix_seat_history_person", "seat_history", ["person"], schema="data")
    op.create_table(
        "pools",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=True),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_pools"),
        schema="data",
    )
    op.create_table(
        "efforts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("committee", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("applied_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("overridden_by", sa.Text(), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("evaluated_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("reference", name="uq_efforts_reference"),
        sa.PrimaryKeyConstraint("id", name="pk_efforts"),
        schema="data",
    )
    op.create_index("ix_efforts_state", "efforts", ["state"], schema="data")
    for statement in PAPERS_ARE_KEPT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table, schema="data")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION data.papers_are_kept")
