"""Microsoft 365: the directory, events in Outlook, and mail."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

INSTANT = sa.DateTime(timezone=True)
# Each table of this release, in the order they are made.
TABLES = (
    "committee_groups",
    "directory_members",
    "directory_accounts",
    "directory_reads",
    "directory_state",
    "directory_differences",
    "outlook_events",
    "outlook_tasks",
    "graph_troubles",
    "app_installs",
)


def upgrade() -> None:
    _directory()
    _outlook()
    _troubles()
    _installs()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table, schema="data")


def _directory() -> None:
    op.create_table(
        "committee_groups",
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=True),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("gone_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["committee"], ["data.committees.code"], name="fk_committee_groups_committee"
        ),
        sa.PrimaryKeyConstraint("committee", name="pk_committee_groups"),
        sa.UniqueConstraint("group_id", name="uq_committee_groups_group_id"),
        schema="data",
    )
    op.create_table(
        "directory_members",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("aad_id", sa.Text(), nullable=False),
        sa.Column("nested", sa.Boolean(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("group_id", "aad_id", name="pk_directory_members"),
        schema="data",
    )
    op.create_table(
        "directory_accounts",
        sa.Column("aad_id", sa.Text(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("aad_id", name="pk_directory_accounts"),
        schema="data",
    )
    op.create_table(
        "directory_reads",
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("read_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("part", name="pk_directory_reads"),
        schema="data",
    )
    op.create_table(
        "directory_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("trouble_at", INSTANT, nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_directory_state_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_directory_state"),
        schema="data",
    )
    op.create_table(
        "directory_differences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("aad_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("committees", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("becomes", sa.Text(), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_directory_differences"),
        schema="data",
    )
    op.create_index(
        "ix_directory_differences_state_found_at",
        "directory_differences",
        ["state", "found_at"],
        schema="data",
    )


def _outlook() -> None:
    op.create_table(
        "outlook_events",
        sa.Column("meeting", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("graph_id", sa.Text(), nullable=False),
        sa.Column("change_key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("begins_at", INSTANT, nullable=True),
        sa.Column("ends_at", INSTANT, nullable=True),
        sa.Column("guests", sa.JSON(), nullable=False),
        sa.Column("hour_put_at", INSTANT, nullable=True),
        sa.Column("join_link", sa.Text(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("look_at", INSTANT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("by_hand", sa.Text(), nullable=True),
        sa.Column("by_hand_at", INSTANT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("meeting", name="pk_outlook_events"),
        schema="data",
    )
    for column in ("graph_id", "sent_at"):
        op.create_index(f"ix_outlook_events_{column}", "outlook_events", [column], schema="data")
    op.create_table(
        "outlook_tasks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("rests_until", INSTANT, nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("reads_from", INSTANT, nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_outlook_tasks"),
        schema="data",
    )


def _troubles() -> None:
    op.create_table(
        "graph_troubles",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("amiss", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("service", name="pk_graph_troubles"),
        schema="data",
    )


def _installs() -> None:
    op.create_table(
        "app_installs",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("tried_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["data.people.id"], name="fk_app_installs_person"),
        sa.PrimaryKeyConstraint("person", name="pk_app_installs"),
        schema="data",
    )
