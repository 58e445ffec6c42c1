"""The table of what Microsoft 365 refuses us."""

from sqlalchemy import Column, Table, Text

from storage.columns import Instant
from storage.rows import DATA, metadata

graph_troubles = Table(
    "graph_troubles",
    metadata,
    Column("service", Text, primary_key=True),
    Column("amiss", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("request_id", Text, nullable=False),
    schema=DATA,
)

TABLES = (graph_troubles,)
