"""The tables of what is sent: what waits, how fast, where to, and what runs when."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table, Text, Uuid

from domain.notices import Tier
from storage.columns import Instant
from storage.rows import DATA, metadata, numbered

outbox = Table(
    "outbox",
    metadata,
    Column("id", numbered, primary_key=True, autoincrement=True),
    Column("dedupe_key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("about", Uuid, nullable=False),
    Column("person", Text),
    Column("channel", Text),
    Column("medium", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("next_at", Instant, nullable=False),  # due, or when a lease or a wait has passed
    Column("claims", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("repeated", Boolean, nullable=False),
    Column("begun_at", Instant),  # the slot of the latest attempt, by the true clock
    Column("why", Text),
    Column("activity_id", Text),
    Column("ended_at", Instant),
    Column("acknowledged_at", Instant),
    Column("acknowledged_via", Text),
    Index(None, "about", "kind", "person"),
    Index(None, "lane", "begun_at"),
    schema=DATA,
)
_OPEN = outbox.c.state.in_(("ready", "sending", "unresolved"))
Index(
    "ix_outbox_open",
    outbox.c.tier,
    outbox.c.next_at,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
# An alert's first messages, counted by their state in this index alone (BER-66).
_FIRST = (outbox.c.round == 1) & (outbox.c.medium == "teams") & (outbox.c.tier <= int(Tier.ALERT))
Index(
    "ix_outbox_alerts",
    outbox.c.about,
    outbox.c.kind,
    outbox.c.state,
    sqlite_where=_FIRST,
    postgresql_where=_FIRST,
)

# How fast all replicas together may send by each medium.
pace = Table(
    "pace",
    metadata,
    Column("medium", Text, primary_key=True),
    Column("rate", Float, nullable=False),
    Column("next_free_at", Instant, nullable=False),
    Column("run_began_at", Instant, nullable=False),
    Column("climbed_at", Instant, nullable=False),
    Column("paused_until", Instant, nullable=False),
    Column("fell_at", Instant, nullable=False),
    Column("fell_from", Float, nullable=False),
    Column("refused", Instant, nullable=False),
    Column("best", Float, nullable=False),
    Column("best_before", Float, nullable=False),
    Column("throttled", Integer, nullable=False),
    Column("spare", Float, nullable=False),
    Column("spare_at", Instant, nullable=False),
    Column("counted_from", Instant, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("turned_away", Integer, nullable=False),
    Column("share", Float, nullable=False),
    schema=DATA,
)

job_runs = Table(
    "job_runs",
    metadata,
    Column("job", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("lease_until", Instant, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("done_at", Instant),
    schema=DATA,
)

# The ringeliste: who must be telephoned, because no message reaches them (BER-16).
call_list = Table(
    "call_list",
    metadata,
    Column("person", Text, primary_key=True),
    Column("about", Uuid, primary_key=True),
    Column("why", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("reached_at", Instant),
    Column("reached_by", Text),
    schema=DATA,
)

trials = Table(
    "trials",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("begun_by", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("audience", Text, nullable=False),
    Column("cancelled_at", Instant),
    schema=DATA,
)

addresses = Table(
    "addresses",
    metadata,
    Column("person", Text, primary_key=True),
    Column("conversation_id", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("blocked_why", Text),
    Column("heard_at", Instant),
    schema=DATA,
)

channel_addresses = Table(
    "channel_addresses",
    metadata,
    Column("committee", Text, primary_key=True),
    Column("conversation_id", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("tenant_id", Text, nullable=False),
    schema=DATA,
)
