"""SSP+, concern groups, access requests, absences, and facts for statistics."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "exports",
    "gated",
    "access_marks",
    "pseudonyms",
    "outcomes",
    "handovers",
    "assessments",
    "access_requests",
    "group_members",
    "playbooks",
    "facts",
    "concern_groups",
    "absences",
)


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
        schema="data",
    )
    op.create_index("ix_absences_person", "absences", ["person"], schema="data")
    op.create_table(
        "concern_groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("known_before", sa.Boolean(), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("last_event_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_concern_groups"),
        sa.UniqueConstraint("reference", name="uq_concern_groups_reference"),
        schema="data",
    )
    op.create_index("ix_concern_groups_group", "concern_groups", ["group"], schema="data")
    op.create_table(
        "facts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("pseudonym", sa.Uuid(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_facts"),
        schema="data",
    )
    op.create_index("ix_facts_kind_quarter", "facts", ["kind", "quarter"], schema="data")
    op.create_table(
        "playbooks",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("level", name="pk_playbooks"),
        schema="data",
    )
    op.create_table(
        "group_members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_group", sa.Uuid(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("role_at", INSTANT, nullable=False),
        sa.Column("role_by", sa.Text(), nullable=False),
        sa.Column("gate", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_group"], ["data.concern_groups.id"], name="fk_group_members_concern_group"
        ),
        sa.ForeignKeyConstraint(
            ["subject"], ["data.subjects.id"], name="fk_group_members_subject"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_group_members"),
        schema="data",
    )
    op.create_index(
        "ix_group_members_concern_group", "group_members", ["concern_group"], schema="data"
    )
    op.create_index("ix_group_members_subject", "group_members", ["subject"], schema="data")
    op.create_table(
        "access_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("registered_by", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("released_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["data.cases.id"], name="fk_access_requests_case"),
        sa.PrimaryKeyConstraint("id", name="pk_access_requests"),
        sa.UniqueConstraint("reference", name="uq_access_requests_reference"),
        schema="data",
    )
    op.create_index("ix_access_requests_case", "access_requests", ["case"], schema="data")
    op.create_table(
        "assessments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("reminded", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("escalated_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["data.cases.id"], name="fk_assessments_case"),
        sa.PrimaryKeyConstraint("id", name="pk_assessments"),
        schema="data",
    )
    op.create_index("ix_assessments_case", "assessments", ["case"], schema="data")
    op.create_table(
        "handovers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("from_group", sa.Text(), nullable=False),
        sa.Column("to_group", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["data.cases.id"], name="fk_handovers_case"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        schema="data",
    )
    op.create_index("ix_handovers_case", "handovers", ["case"], schema="data")
    op.create_index(
        "uq_handovers_one_proposed",
        "handovers",
        ["case"],
        unique=True,
        schema="data",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "outcomes",
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("first_processed_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["data.cases.id"], name="fk_outcomes_case"),
        sa.PrimaryKeyConstraint("case", name="pk_outcomes"),
        schema="data",
    )
    op.create_table(
        "pseudonyms",
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("pseudonym", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["data.cases.id"], name="fk_pseudonyms_case"),
        sa.PrimaryKeyConstraint("case", name="pk_pseudonyms"),
        sa.UniqueConstraint("pseudonym", name="uq_pseudonyms_pseudonym"),
        schema="data",
    )
    op.create_table(
        "access_marks",
        sa.Column("request", sa.Uuid(), nullable=False),
        sa.Column("piece", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request"], ["data.access_requests.id"], name="fk_access_marks_request"
        ),
        sa.PrimaryKeyConstraint("request", "piece", name="pk_access_marks"),
        schema="data",
    )
    op.create_table(
        "gated",
        sa.Column("matter", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("matter", "person", name="pk_gated"),
        schema="data",
    )
    op.create_table(
        "exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("laid_at", INSTANT, nullable=True),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("why_not", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_exports"),
        schema="data",
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table, schema="data")
