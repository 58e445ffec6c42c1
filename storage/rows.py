"""The tables. Rows stay in this folder; domain values leave it."""

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    true,
)

from storage.columns import Codes, Instant, Sealed

REVISION = "0010"  # the migration that makes these tables
DATA = "data"  # what we remember
KEYS = "keys"  # how to read it: backed up apart, so that a destroyed key stays destroyed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


numbered = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers only INTEGER keys

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("aad_id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("folded_name", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("function", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("s115_covered", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("language", Text),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("offices", Codes, nullable=False),
    schema=DATA,
)

committees = Table(
    "committees",
    metadata,
    Column("code", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("areas", Codes, nullable=False),
    Column("team_id", Text, unique=True),
    schema=DATA,
)

memberships = Table(
    "memberships",
    metadata,
    Column("committee", ForeignKey(committees.c.code), primary_key=True),
    Column("person", ForeignKey(people.c.id), primary_key=True, index=True),
    Column("slot", Text, primary_key=True),
    Column("seat", Text, primary_key=True),
    schema=DATA,
)

institutions = Table(
    "institutions",
    metadata,
    Column("area", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    schema=DATA,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("flow", Text, nullable=False),
    Column("about", Uuid, nullable=False, server_default=UUID(int=0).hex),
    Column("step", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("listens", Boolean, nullable=False, server_default=true()),
    Column("began_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("body", Sealed, nullable=False),
    UniqueConstraint("owner", "flow", "about"),
    schema=DATA,
)

draft_starts = Table(
    "draft_starts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "owner", "at"),
    schema=DATA,
)

concerns = Table(
    "concerns",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("reporter", Text, nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("group", Text),
    Column("owner", Text),
    Column("area", Text),
    Column("level", Integer),
    Column("urgent", Boolean, nullable=False),
    Column("reasons", Codes, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("take_up_by", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("ended_at", Instant),
    Column("taken_up_by", Text),
    Column("case", Uuid, index=True),
    Column("version", Integer, nullable=False),
    Index(None, "group", "status"),
    schema=DATA,
)

concern_parts = Table(
    "concern_parts",
    metadata,
    Column("concern", ForeignKey(concerns.c.id), primary_key=True),
    Column("data_class", Text, primary_key=True),
    Column("content", Sealed, nullable=False),
    schema=DATA,
)

cpr_marks = Table(
    "cpr_marks",
    metadata,
    Column("concern", ForeignKey(concerns.c.id), primary_key=True),
    Column("index_version", Integer, primary_key=True),
    Column("mark", LargeBinary, primary_key=True, index=True),
    schema=DATA,
)

additions = Table(
    "additions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("concern", ForeignKey(concerns.c.id), nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", Sealed, nullable=False),
    schema=DATA,
)

# What somebody answered when asked whether they are near to this matter (INH).
relations = Table(
    "relations",
    metadata,
    Column("matter", Uuid, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("near", Boolean, nullable=False),
    Column("at", Instant),
    Column("by", Text),
    Column("reason", Sealed),
    Column("upheld_at", Instant),
    Column("upheld_by", Text),
    Column("lifted_at", Instant),
    Column("lifted_by", Text),
    CheckConstraint("near = (reason IS NOT NULL AND at IS NOT NULL)", name="reason_when_near"),
    Index(None, "person", "near"),
    schema=DATA,
)

turns = Table(
    "turns",
    metadata,
    Column("conversation", Text, primary_key=True),
    Column("activity", Text, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("answered", Boolean, nullable=False),
    Column("answer", Sealed),
    schema=DATA,
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    schema=DATA,
)

audit = Table(
    "audit",
    metadata,
    Column("id", numbered, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("actor", Text),
    Column("action", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    schema=DATA,
)

masters = Table(
    "masters",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("proof", Sealed, nullable=False),
    schema=KEYS,
)

index_keys = Table(
    "index_keys",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("proof", LargeBinary, nullable=False),
    schema=KEYS,
)

# The foreign key is the gate: no key can be wrapped by a retired master, and no master
# that still wraps a key can be retired (AC-CRYPT-03).
data_keys = Table(
    "data_keys",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("master", ForeignKey(masters.c.version), nullable=False, index=True),
    Column("wrapped", Sealed, nullable=False),
    schema=KEYS,
)
