"""The tables of the audit chain, and of the keys that close its links."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Table, Text

from storage.columns import Instant, Sealed
from storage.rows import DATA, KEYS, masters, metadata

# Nobody changes or removes a row; an operator trims with the owner's account (trimming.py).
audit_chain = Table(
    "audit_chain",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("prev", LargeBinary, nullable=False),
    Column("key_version", Integer, nullable=False),
    Column("event", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Column("about", Text, nullable=False, index=True),
    schema=DATA,
)

audit_checkpoints = Table(
    "audit_checkpoints",
    metadata,
    Column("through", BigInteger, primary_key=True, autoincrement=False),
    Column("mac", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Column("key_version", Integer, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    schema=DATA,
)

# Older versions are kept for as long as links they closed: they verify, they close nothing new.
audit_keys = Table(
    "audit_keys",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("master", ForeignKey(masters.c.version), nullable=False),
    Column("wrapped", Sealed, nullable=False),
    schema=KEYS,
)
