"""What was asked of the stand-in, in order, and what is to be read from that."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from localgraph.wire import Asked, Json


@dataclass(slots=True, kw_only=True)
class Call:
    """One request and what came of it. The parts of a batch are calls of their own."""

    number: int
    at: datetime
    op: str
    """A name in `operations.OPERATIONS`, `batch`, or empty for a path that is none of them."""
    asked: Asked = field(repr=False)
    mailbox: str | None = field(default=None, repr=False)
    violations: Sequence[str] = field(default=(), repr=False)
    """How the request breaks Microsoft's contract."""
    under_way: int = 0
    """Requests of the same service in progress when this one began, itself with them."""
    status: int = 0
    """0 until it is answered, and for ever when the connection was cut."""
    code: str = ""
    kills_link: bool = False
    """A PATCH of `body` that took the join link away (MTG-15)."""
    retry_after: int | None = None

    @property
    def method(self) -> str:
        return self.asked.method

    @property
    def path(self) -> str:
        return self.asked.path

    @property
    def body(self) -> Json:
        """The JSON that was sent; of anything else an empty one."""
        return self.asked.body if isinstance(self.asked.body, dict) else {}

    @property
    def in_batch(self) -> bool:
        return self.asked.in_batch


class Log:
    def __init__(self) -> None:
        self.calls: list[Call] = []

    def of(self, op: str) -> list[Call]:
        return [call for call in self.calls if call.op == op]

    @property
    def wrong(self) -> list[Call]:
        """Which requests Microsoft's contract does not know: a test wants none."""
        return [call for call in self.calls if call.violations]

    @property
    def requests(self) -> list[Call]:
        """What came over the wire: a batch is one."""
        return [call for call in self.calls if not call.in_batch]

    @property
    def most_at_once(self) -> int:
        return max((call.under_way for call in self.calls), default=0)

    @property
    def too_early(self) -> list[Call]:
        """Which requests came before the time that an earlier one was told to wait (MTG-14)."""
        until: dict[str, datetime] = {}
        early = []
        for call in self.calls:
            service = call.op.partition(".")[0]
            if service in until and call.at < until[service]:
                early.append(call)
            if call.retry_after is not None:
                until[service] = call.at + timedelta(seconds=call.retry_after)
        return early

    def clear(self) -> None:
        self.calls.clear()
