"""The delivery engine: states, lanes, one pace for all replicas, and what runs when.

Replicas of the revision before must have stopped: the states have other names.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)
OPEN = "state IN ('ready', 'sending', 'unresolved')"
STATES = {
    "waiting": "ready",
    "done": "delivered",
    "dropped": "cancelled",
    "given up": "given_up",
}
BACK = {
    **{new: old for old, new in STATES.items()},
    "sending": "waiting",
    "unresolved": "waiting",
    "acknowledged": "done",
    "blocked": "given up",
    "app_missing": "given up",
    "unknown": "given up",
}
NEW_KINDS = ("trial", "unreached_told", "reachability", "delivery_trouble")
TIERS = {1: 3, 2: 4}  # alerts got two tiers more, before what is urgent


def upgrade() -> None:
    op.drop_index("ix_outbox_waiting", "outbox", schema="data")
    for column in (
        sa.Column("medium", sa.Text(), nullable=False, server_default="teams"),
        sa.Column("lane", sa.Text(), nullable=False, server_default=""),
        sa.Column("claims", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("repeated", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("begun_at", INSTANT, nullable=True),
        sa.Column("acknowledged_at", INSTANT, nullable=True),
        sa.Column("acknowledged_via", sa.Text(), nullable=True),
    ):
        op.add_column("outbox", column, schema="data")
    op.add_column("addresses", sa.Column("heard_at", INSTANT, nullable=True), schema="data")
    op.execute("UPDATE data.outbox SET lane = coalesce(person, '#' || channel), claims = attempts")
    _rename("state", STATES)
    _rename("tier", TIERS)
    # Tried, and no end known: it may have arrived, and says so when it is repeated.
    op.execute(
        "UPDATE data.outbox SET state = 'unresolved' WHERE state = 'ready' AND attempts > 0"
    )
    op.create_index(
        "ix_outbox_about_kind_person", "outbox", ["about", "kind", "person"], schema="data"
    )
    op.create_index("ix_outbox_lane_begun_at", "outbox", ["lane", "begun_at"], schema="data")
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["tier", "next_at"],
        schema="data",
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.create_table(
        "pace",
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("next_free_at", INSTANT, nullable=False),
        sa.Column("run_began_at", INSTANT, nullable=False),
        sa.Column("climbed_at", INSTANT, nullable=False),
        sa.Column("paused_until", INSTANT, nullable=False),
        sa.Column("fell_at", INSTANT, nullable=False),
        sa.Column("fell_from", sa.Float(), nullable=False),
        sa.Column("refused", INSTANT, nullable=False),
        sa.Column("best", sa.Float(), nullable=False),
        sa.Column("best_before", sa.Float(), nullable=False),
        sa.Column("throttled", sa.Integer(), nullable=False),
        sa.Column("spare", sa.Float(), nullable=False),
        sa.Column("spare_at", INSTANT, nullable=False),
        sa.Column("counted_from", INSTANT, nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("turned_away", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("medium", name="pk_pace"),
        schema="data",
    )
    op.create_table(
        "job_runs",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("lease_until", INSTANT, nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("job", "period", name="pk_job_runs"),
        schema="data",
    )
    op.create_table(
        "call_list",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("reached_at", INSTANT, nullable=True),
        sa.Column("reached_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("person", "about", name="pk_call_list"),
        schema="data",
    )
    op.create_table(
        "trials",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_trials"),
        schema="data",
    )


def downgrade() -> None:
    for table in ("trials", "call_list", "job_runs", "pace"):
        op.drop_table(table, schema="data")
    for index in ("ix_outbox_open", "ix_outbox_lane_begun_at", "ix_outbox_about_kind_person"):
        op.drop_index(index, "outbox", schema="data")
    # The release before would trip over these kinds, and send to Teams what is for a mailbox.
    outbox = sa.table("outbox", sa.column("medium"), sa.column("kind"), schema="data")
    op.execute(outbox.delete().where((outbox.c.medium != "teams") | outbox.c.kind.in_(NEW_KINDS)))
    _rename("state", BACK)
    _rename("tier", {1: 0, 2: 0, **{new: old for old, new in TIERS.items()}})
    op.drop_column("addresses", "heard_at", schema="data")
    for column in (
        "medium",
        "lane",
        "claims",
        "repeated",
        "begun_at",
        "acknowledged_at",
        "acknowledged_via",
    ):
        op.drop_column("outbox", column, schema="data")
    where = sa.text("state = 'waiting'")
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["tier", "next_at"],
        schema="data",
        sqlite_where=where,
        postgresql_where=where,
    )


def _rename(column: str, names: dict[str, str] | dict[int, int]) -> None:
    """Give every row its new name in one statement, so that no name is taken for another."""
    outbox = sa.table("outbox", sa.column(column), schema="data")
    now: sa.ColumnClause[object] = sa.column(column)
    op.execute(outbox.update().where(now.in_(names)).values({column: sa.case(names, value=now)}))
