"""What a span can be of, what can be noted about it, and how nothing is followed at all."""

from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from enum import Enum, StrEnum
from uuid import UUID

Fact = bool | int | float | timedelta | UUID | Enum


class SpanName(StrEnum):
    """What a span can be of."""

    TURN = "turn"  # one call of Teams; a trace begins here
    BATCH = "batch"  # one batch of deliveries; a trace begins here
    SEND = "send"  # one message of a batch


class Span:
    """Something that is under way."""

    def note(self, **facts: Fact) -> None:
        """Note ids, codes, counts or durations. There is no way to note a text."""


class Tracer:
    """Follows nothing: what there is without a collector."""

    def span(self, name: SpanName, **facts: Fact) -> AbstractContextManager[Span]:
        """Follow what happens until the block ends, and whether it ended well."""
        return _NOT_FOLLOWED


_NOT_FOLLOWED = nullcontext(Span())
