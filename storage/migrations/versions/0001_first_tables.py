"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What was audited can be neither changed nor removed, by anybody who uses the bot's account.
AUDIT_IS_KEPT = {
    "postgresql": (
        """
        CREATE FUNCTION data.audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the audit trail is append only'; END $$
        """,
        """
        CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON data.audit
        FOR EACH STATEMENT EXECUTE FUNCTION data.audit_is_kept()
        """,
    ),
    "sqlite": tuple(
        f"""
        CREATE TRIGGER data.audit_no_{change} BEFORE {change} ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END
        """
        for change in ("update", "delete")
    ),
}


def upgrade() -> None:
    engine = op.get_bind().dialect.name
    if engine == "postgresql":
        op.execute("CREATE SCHEMA keys")
    op.create_table(
        "addresses",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("blocked_why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("person", name="pk_addresses"),
        schema="data",
    )
    op.create_table(
        "audit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        schema="data",
    )
    op.create_table(
        "channel_addresses",
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("committee", name="pk_channel_addresses"),
        schema="data",
    )
    op.create_table(
        "committees",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("code", name="pk_committees"),
        sa.UniqueConstraint("team_id", name="uq_committees_team_id"),
        schema="data",
    )
    op.create_table(
        "concerns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("take_up_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_up_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_concerns"),
        sa.UniqueConstraint("reference", name="uq_concerns_reference"),
        schema="data",
    )
    op.create_index(
        "ix_concerns_group_status", "concerns", ["group", "status"], unique=False, schema="data"
    )
    op.create_index("ix_concerns_reporter", "concerns", ["reporter"], unique=False, schema="data")
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "period", name="pk_counters"),
        schema="data",
    )
    op.create_table(
        "draft_starts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft_starts"),
        schema="data",
    )
    op.create_index(
        "ix_draft_starts_owner_at", "draft_starts", ["owner", "at"], unique=False, schema="data"
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("owner", name="uq_drafts_owner"),
        schema="data",
    )
    op.create_index("ix_drafts_expires_at", "drafts", ["expires_at"], unique=False, schema="data")
    op.create_table(
        "institutions",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("area", "name", "kind", name="pk_institutions"),
        schema="data",
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("activity_id", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("dedupe_key", name="uq_outbox_dedupe_key"),
        schema="data",
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["tier", "next_at"],
        unique=False,
        schema="data",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("aad_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("s115_covered", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("offices", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("aad_id", name="uq_people_aad_id"),
        schema="data",
    )
    op.create_table(
        "turns",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("conversation", "activity", name="pk_turns"),
        schema="data",
    )
    op.create_index("ix_turns_at", "turns", ["at"], unique=False, schema="data")
    op.create_table(
        "index_keys",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_index_keys"),
        schema="keys",
    )
    op.create_table(
        "masters",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_masters"),
        schema="keys",
    )
    op.create_table(
        "additions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["concern"], ["data.concerns.id"], name="fk_additions_concern"),
        sa.PrimaryKeyConstraint("id", name="pk_additions"),
        schema="data",
    )
    op.create_index("ix_additions_concern", "additions", ["concern"], unique=False, schema="data")
    op.create_table(
        "concern_parts",
        sa.Column("concern", sa.Uuid(), nullable=False),
        sa.Column("data_class", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern"], ["data.concerns.id"], name="fk_concern_parts_concern"
        ),
        sa.PrimaryKeyConstraint("concern", "data_class", name="pk_concern_parts"),
        schema="data",
    )
    op.create_table(
        "cpr_marks",
        sa.Column("concern", sa.Uuid(), nullable=False),
        sa.Column("index_version", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["concern"], ["data.concerns.id"], name="fk_cpr_marks_concern"),
        sa.PrimaryKeyConstraint("concern", "index_version", "mark", name="pk_cpr_marks"),
        schema="data",
    )
    op.create_index("ix_cpr_marks_mark", "cpr_marks", ["mark"], unique=False, schema="data")
    op.create_table(
        "memberships",
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee"], ["data.committees.code"], name="fk_memberships_committee"
        ),
        sa.ForeignKeyConstraint(["person"], ["data.people.id"], name="fk_memberships_person"),
        sa.PrimaryKeyConstraint("committee", "person", "slot", "seat", name="pk_memberships"),
        schema="data",
    )
    op.create_index(
        "ix_memberships_person", "memberships", ["person"], unique=False, schema="data"
    )
    op.create_table(
        "relations",
        sa.Column("concern", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("near", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "near = (reason IS NOT NULL AND at IS NOT NULL)", name="ck_relations_reason_when_near"
        ),
        sa.ForeignKeyConstraint(["concern"], ["data.concerns.id"], name="fk_relations_concern"),
        sa.PrimaryKeyConstraint("concern", "person", name="pk_relations"),
        schema="data",
    )
    op.create_table(
        "data_keys",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("master", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["master"], ["keys.masters.version"], name="fk_data_keys_master"),
        sa.PrimaryKeyConstraint("subject", name="pk_data_keys"),
        schema="keys",
    )
    op.create_index("ix_data_keys_master", "data_keys", ["master"], unique=False, schema="keys")
    for statement in AUDIT_IS_KEPT[engine]:
        op.execute(statement)


def downgrade() -> None:
    for schema, table in (
        ("keys", "data_keys"),
        ("data", "relations"),
        ("data", "memberships"),
        ("data", "cpr_marks"),
        ("data", "concern_parts"),
        ("data", "additions"),
        ("keys", "masters"),
        ("keys", "index_keys"),
        ("data", "turns"),
        ("data", "people"),
        ("data", "outbox"),
        ("data", "institutions"),
        ("data", "drafts"),
        ("data", "draft_starts"),
        ("data", "counters"),
        ("data", "concerns"),
        ("data", "committees"),
        ("data", "channel_addresses"),
        ("data", "audit"),
        ("data", "addresses"),
    ):
        op.drop_table(table, schema=schema)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION data.audit_is_kept")
        op.execute("DROP SCHEMA keys")
