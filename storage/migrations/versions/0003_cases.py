"""Cases: who they are about, what is decided, and who had to agree."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

INSTANT = sa.DateTime(timezone=True)
NUMBERED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "merges",
    "informings",
    "actions",
    "subject_marks",
    "subject_cprs",
    "note_events",
    "cases",
    "agenda_items",
    "subjects",
    "records",
    "journal_tasks",
    "grants",
    "countersigns",
    "case_meetings",
)

# What was noted can be neither changed nor removed, by anybody who uses the bot's account.
NOTES_ARE_KEPT = {
    "postgresql": (
        """
        CREATE FUNCTION data.notes_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the notes are append only'; END $$
        """,
        """
        CREATE TRIGGER notes_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON data.note_events
        FOR EACH STATEMENT EXECUTE FUNCTION data.notes_are_kept()
        """,
    ),
    "sqlite": tuple(
        f"""
        CREATE TRIGGER data.notes_no_{change} BEFORE {change} ON note_events
        BEGIN SELECT RAISE(ABORT, 'the notes are append only'); END
        """
        for change in ("update", "delete")
    ),
}


def upgrade() -> None:
    op.create_table(
        "case_meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_meetings"),
        schema="data",
    )
    op.create_index("ix_case_meetings_group", "case_meetings", ["group"], schema="data")
    op.create_table(
        "countersigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_countersigns"),
        schema="data",
    )
    op.create_index("ix_countersigns_about", "countersigns", ["about"], schema="data")
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("begins_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("gate", sa.Uuid(), nullable=True),
        sa.Column("review_by", INSTANT, nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
        schema="data",
    )
    op.create_index("ix_grants_matter", "grants", ["matter"], schema="data")
    op.create_index("ix_grants_person", "grants", ["person"], schema="data")
    op.create_table(
        "journal_tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("journal_ref", sa.Text(), nullable=True),
        sa.Column("system", sa.Text(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filed_by", sa.Text(), nullable=True),
        sa.Column("verified_by", sa.Text(), nullable=True),
        sa.Column("verified_at", INSTANT, nullable=True),
        sa.Column("why_not", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_tasks"),
        schema="data",
    )
    op.create_index("ix_journal_tasks_matter", "journal_tasks", ["matter"], schema="data")
    op.create_index(
        "uq_journal_tasks_one_open",
        "journal_tasks",
        ["matter"],
        unique=True,
        schema="data",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "records",
        sa.Column("number", NUMBERED, autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("withheld_by", sa.Text(), nullable=True),
        sa.Column("meeting", sa.Uuid(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_records"),
        sa.UniqueConstraint("id", name="uq_records_id"),
        sa.UniqueConstraint("replaces", name="uq_records_replaces"),
        schema="data",
    )
    op.create_index("ix_records_key", "records", ["key"], schema="data")
    op.create_index("ix_records_kind_at", "records", ["kind", "at"], schema="data")
    op.create_index("ix_records_matter_kind", "records", ["matter", "kind"], schema="data")
    op.create_table(
        "subjects",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("erased_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_subjects"),
        schema="data",
    )
    is_merged = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_subjects_merged_into",
        "subjects",
        ["merged_into"],
        schema="data",
        sqlite_where=is_merged,
        postgresql_where=is_merged,
    )
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting"], ["data.case_meetings.id"], name="fk_agenda_items_meeting"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_items"),
        sa.UniqueConstraint("meeting", "position", name="uq_agenda_items_meeting_position"),
        schema="data",
    )
    op.create_index("ix_agenda_items_meeting", "agenda_items", ["meeting"], schema="data")
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("plus_type", sa.Text(), nullable=True),
        sa.Column("kif", sa.Text(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("coordinated_at", INSTANT, nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("close_reason", sa.Text(), nullable=True),
        sa.Column("last_event_at", INSTANT, nullable=False),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["subject"], ["data.subjects.id"], name="fk_cases_subject"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("reference", name="uq_cases_reference"),
        schema="data",
    )
    op.create_index("ix_cases_group_state", "cases", ["group", "state"], schema="data")
    for rare, then in (("partner", "state"), ("lead", "state"), ("merged_into", "id")):
        has_one = sa.text(f"{rare} IS NOT NULL")
        op.create_index(
            f"ix_cases_{rare}",
            "cases",
            [rare, then],
            schema="data",
            sqlite_where=has_one,
            postgresql_where=has_one,
        )
    op.create_index("ix_cases_subject", "cases", ["subject"], schema="data")
    op.create_index(
        "uq_cases_one_running",
        "cases",
        ["subject"],
        unique=True,
        schema="data",
        sqlite_where=sa.text("state != 'closed' AND merged_into IS NULL"),
        postgresql_where=sa.text("state != 'closed' AND merged_into IS NULL"),
    )
    op.create_table(
        "note_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("matter", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("task", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["task"], ["data.journal_tasks.id"], name="fk_note_events_task"),
        sa.PrimaryKeyConstraint("id", name="pk_note_events"),
        sa.UniqueConstraint("code", "source", "round", name="uq_note_events_code_source_round"),
        schema="data",
    )
    op.create_index("ix_note_events_matter", "note_events", ["matter"], schema="data")
    op.create_index("ix_note_events_task", "note_events", ["task"], schema="data")
    op.create_table(
        "subject_marks",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("index_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject"], ["data.subjects.id"], name="fk_subject_marks_subject"
        ),
        sa.PrimaryKeyConstraint("mark", "scope", "subject", name="pk_subject_marks"),
        schema="data",
    )
    op.create_index(
        "ix_subject_marks_subject_mark", "subject_marks", ["subject", "mark"], schema="data"
    )
    op.create_table(
        "subject_cprs",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("index_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["subject"], ["data.subjects.id"], name="fk_subject_cprs_subject"),
        sa.PrimaryKeyConstraint("mark", name="pk_subject_cprs"),
        schema="data",
    )
    op.create_index("ix_subject_cprs_subject", "subject_cprs", ["subject"], schema="data")
    op.create_table(
        "actions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=True),
        sa.Column("agreed_by", sa.Text(), nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("meeting", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["data.cases.id"], name="fk_actions_case"),
        sa.PrimaryKeyConstraint("id", name="pk_actions"),
        schema="data",
    )
    op.create_index("ix_actions_case", "actions", ["case"], schema="data")
    op.create_index("ix_actions_owner_status", "actions", ["owner", "status"], schema="data")
    op.create_table(
        "informings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("second_by", sa.Text(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["data.cases.id"], name="fk_informings_case"),
        sa.PrimaryKeyConstraint("id", name="pk_informings"),
        sa.UniqueConstraint("case", "addressee", name="uq_informings_case_addressee"),
        schema="data",
    )
    op.create_table(
        "merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_case", sa.Uuid(), nullable=False),
        sa.Column("into_case", sa.Uuid(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("agreed_by", sa.Text(), nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["from_case"], ["data.cases.id"], name="fk_merges_from_case"),
        sa.ForeignKeyConstraint(["into_case"], ["data.cases.id"], name="fk_merges_into_case"),
        sa.PrimaryKeyConstraint("id", name="pk_merges"),
        schema="data",
    )
    op.create_index("ix_merges_from_case", "merges", ["from_case"], schema="data")
    op.create_index("ix_merges_into_case", "merges", ["into_case"], schema="data")
    op.add_column("concerns", sa.Column("case", sa.Uuid(), nullable=True), schema="data")
    op.create_index("ix_concerns_case", "concerns", ["case"], schema="data")
    _widen_relations()
    for statement in NOTES_ARE_KEPT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    _narrow_relations()
    op.drop_index("ix_concerns_case", "concerns", schema="data")
    op.drop_column("concerns", "case", schema="data")
    for table in TABLES:
        op.drop_table(table, schema="data")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION data.notes_are_kept")


def _widen_relations() -> None:
    """Let a relation be to a case as well: a new table, for SQLite cannot drop a reference."""
    columns = "near, at, reason"
    op.rename_table("relations", "relations_before", schema="data")
    _relations(
        "relations_now",
        sa.Column("matter", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("upheld_at", INSTANT, nullable=True),
        sa.Column("upheld_by", sa.Text(), nullable=True),
        sa.Column("lifted_at", INSTANT, nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        key="matter",
    )
    op.execute(
        f"INSERT INTO data.relations_now (matter, person, {columns})"  # noqa: S608
        f" SELECT concern, person, {columns} FROM data.relations_before"
    )
    _take_the_place("relations_now", of="relations_before")
    op.create_index("ix_relations_person_near", "relations", ["person", "near"], schema="data")


def _narrow_relations() -> None:
    """Keep what was said of concerns and still holds."""
    columns = "near, at, reason"
    op.drop_index("ix_relations_person_near", "relations", schema="data")
    op.rename_table("relations", "relations_after", schema="data")
    _relations(
        "relations_then",
        sa.Column("concern", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["concern"], ["data.concerns.id"], name="fk_relations_concern"),
        key="concern",
    )
    op.execute(
        f"INSERT INTO data.relations_then (concern, person, {columns})"  # noqa: S608
        f" SELECT matter, person, {columns} FROM data.relations_after"
        " WHERE lifted_at IS NULL AND matter IN (SELECT id FROM data.concerns)"
    )
    _take_the_place("relations_then", of="relations_after")


def _relations(name: str, *more: sa.schema.SchemaItem, key: str) -> None:
    op.create_table(
        name,
        *more,
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("near", sa.Boolean(), nullable=False),
        sa.Column("at", INSTANT, nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "near = (reason IS NOT NULL AND at IS NOT NULL)",
            name="reason_when_near",
        ),
        sa.PrimaryKeyConstraint(key, "person", name=f"pk_{name}"),
        schema="data",
    )


def _take_the_place(name: str, *, of: str) -> None:
    op.drop_table(of, schema="data")
    op.rename_table(name, "relations", schema="data")
