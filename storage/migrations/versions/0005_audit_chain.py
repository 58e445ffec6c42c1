"""The audit chain: a table that only grows, link by link; what was audited before is closed.

Nothing here knows a key, so nothing is copied: the chain's first link, which the bot writes when
it first opens this database, holds the number and the digest of the rows of `audit`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

INSTANT = sa.DateTime(timezone=True)
KEPT = ("audit_chain", "audit_checkpoints")

# Locks the chain for this transaction, and then looks: a statement sees what was committed
# before it began, so the two must be two, and here they are in one trip.
HEAD = """
CREATE FUNCTION data.audit_head() RETURNS TABLE (seq bigint, mac bytea, key_version integer)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7735118);
    RETURN QUERY
        SELECT last.seq, last.mac, (SELECT max(version) FROM keys.audit_keys)
        FROM (SELECT 1) AS always LEFT JOIN LATERAL (
            SELECT c.seq, c.mac FROM data.audit_chain c ORDER BY c.seq DESC LIMIT 1
        ) AS last ON true;
END $$
"""


def upgrade() -> None:
    engine = op.get_bind().dialect.name
    op.create_table(
        "audit_chain",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_chain"),
        schema="data",
    )
    op.create_index("ix_audit_chain_about", "audit_chain", ["about"], schema="data")
    op.create_table(
        "audit_checkpoints",
        sa.Column("through", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("through", name="pk_audit_checkpoints"),
        schema="data",
    )
    op.create_table(
        "audit_keys",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("master", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["master"], ["keys.masters.version"], name="fk_audit_keys_master"),
        sa.PrimaryKeyConstraint("version", name="pk_audit_keys"),
        schema="keys",
    )
    if engine == "postgresql":
        op.execute(HEAD)
        for table in KEPT:
            op.execute(
                f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE"
                f" ON data.{table} FOR EACH STATEMENT EXECUTE FUNCTION data.audit_is_kept()"
            )
        op.execute(
            "CREATE TRIGGER audit_is_closed BEFORE INSERT ON data.audit"
            " FOR EACH STATEMENT EXECUTE FUNCTION data.audit_is_kept()"
        )
        return
    for table in KEPT:
        for change in ("update", "delete"):
            op.execute(_refusing(f"{table}_no_{change}", change, table))
    op.execute(_refusing("audit_no_insert", "insert", "audit"))
    # INSERT OR REPLACE removes a row without waking the trigger above.
    for table, key in (("audit_chain", "seq"), ("audit_checkpoints", "through")):
        op.execute(
            f"CREATE TRIGGER data.{table}_no_replace BEFORE INSERT ON {table}"  # noqa: S608
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"
            " BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_is_closed ON data.audit")
        op.execute("DROP FUNCTION data.audit_head")
    else:
        op.execute("DROP TRIGGER data.audit_no_insert")
    op.drop_table("audit_keys", schema="keys")
    op.drop_table("audit_checkpoints", schema="data")
    op.drop_table("audit_chain", schema="data")


def _refusing(name: str, change: str, table: str) -> str:
    return (
        f"CREATE TRIGGER data.{name} BEFORE {change.upper()} ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END"
    )
