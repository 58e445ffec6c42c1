"""The tables of events in Outlook: what was put there, and who keeps which part of it."""

from sqlalchemy import JSON, Column, Index, Integer, Table, Text, Uuid

from storage.columns import Instant
from storage.rows import DATA, metadata

outlook_events = Table(
    "outlook_events",
    metadata,
    Column("meeting", Uuid, primary_key=True),  # of a committee, or about an alert
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),  # how often it had to be made anew
    Column("graph_id", Text, nullable=False),  # empty until it is known
    Column("change_key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),  # of what was last put there
    Column("begins_at", Instant),  # last put or tried, as the next two
    Column("ends_at", Instant),
    Column("guests", JSON, nullable=False),  # pairs of a person and an address
    Column("hour_put_at", Instant),
    Column("join_link", Text, nullable=False),
    Column("looks", Integer, nullable=False),  # for the link, in vain
    Column("look_at", Instant),
    Column("tries", Integer, nullable=False),
    Column("next_at", Instant),
    Column("trouble", Text, nullable=False),  # Graph's code of the last refusal
    Column("by_hand", Text),  # what somebody did to it in Outlook
    Column("by_hand_at", Instant),
    Column("sent_at", Instant),  # when mail last left because of it
    Column("sent", Integer, nullable=False),  # so many messages
    Column("lease_until", Instant),
    Column("claims", Integer, nullable=False),
    schema=DATA,
)
Index("ix_outlook_events_graph_id", outlook_events.c.graph_id)
Index("ix_outlook_events_sent_at", outlook_events.c.sent_at)

# Work on the mailbox that only one replica does at a time.
outlook_tasks = Table(
    "outlook_tasks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("lease_until", Instant),
    Column("claims", Integer, nullable=False),
    Column("rests_until", Instant),  # refused access, it is left alone for a while
    Column("link", Text, nullable=False),  # from where changes are read next
    Column("reads_from", Instant),  # the window that link is bound to
    Column("done_at", Instant),
    schema=DATA,
)

TABLES = (outlook_events, outlook_tasks)
