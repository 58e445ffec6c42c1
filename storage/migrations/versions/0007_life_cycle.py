"""The life cycle of data: what is to be deleted, cards that were shown, and those taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

INSTANT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "releases",
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("listed_at", INSTANT, nullable=False),
        sa.Column("last_event_at", INSTANT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("agreed", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["data.cases.id"], name="fk_releases_case"),
        sa.PrimaryKeyConstraint("case", name="pk_releases"),
        schema="data",
    )
    op.create_table(
        "shown_cards",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("matter", sa.Uuid(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "activity", "matter", name="pk_shown_cards"),
        schema="data",
    )
    op.create_index("ix_shown_cards_matter", "shown_cards", ["matter"], schema="data")
    op.create_table(
        "recalls",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recalls"),
        schema="data",
    )
    op.create_index("ix_recalls_next_at", "recalls", ["next_at"], schema="data")


def downgrade() -> None:
    for table in ("recalls", "shown_cards", "releases"):
        op.drop_table(table, schema="data")
