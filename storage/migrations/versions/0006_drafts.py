"""Drafts side by side: one for each person, form and object."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

INSTANT = sa.DateTime(timezone=True)
COLUMNS = "id, owner, flow, step, revision, began_at, expires_at, body"


def upgrade() -> None:
    """Make a new table, for SQLite cannot drop a constraint; what was begun goes on listening."""
    _replace(
        sa.Column("about", sa.Uuid(), nullable=False, server_default="0" * 32),
        sa.Column("listens", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.UniqueConstraint("owner", "flow", "about", name="uq_drafts_owner_flow_about"),
        keep="TRUE",
    )


def downgrade() -> None:
    """Keep the draft that listens; the others' keys go with them when they expire."""
    _replace(sa.UniqueConstraint("owner", name="uq_drafts_owner"), keep="listens")


def _replace(*more: sa.schema.SchemaItem, keep: str) -> None:
    op.drop_index("ix_drafts_expires_at", "drafts", schema="data")
    op.create_table(
        "drafts_anew",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *more,
        sa.PrimaryKeyConstraint("id", name="pk_drafts_anew"),
        schema="data",
    )
    op.execute(
        f"INSERT INTO data.drafts_anew ({COLUMNS})"  # noqa: S608
        f" SELECT {COLUMNS} FROM data.drafts WHERE {keep}"
    )
    op.drop_table("drafts", schema="data")
    op.rename_table("drafts_anew", "drafts", schema="data")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX data.pk_drafts_anew RENAME TO pk_drafts")
    op.create_index("ix_drafts_expires_at", "drafts", ["expires_at"], schema="data")
