"""What was asked of the stand-in, in order, and what is to be read from that."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from localgraph.operations import OPERATIONS
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
    known_after: int | None = None
    """How many requests had begun when the client was answered."""

    @property
    def method(self) -> str:
        return self.asked.method

    @property
    def service(self) -> str:
        """Which of Microsoft's services is asked; none by a batch, or by what is wrong."""
        return OPERATIONS[self.op].service if self.op in OPERATIONS else ""

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


def _too_early(call: Call, wait: Call) -> bool:
    seconds = timedelta(seconds=wait.retry_after or 0)
    later = call.number > (wait.known_after or 0)
    return later and call.service == wait.service and call.at < wait.at + seconds


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
        told = [call for call in self.calls if call.retry_after and call.known_after]
        return [call for call in self.calls if any(_too_early(call, wait) for wait in told)]

    def answered(self, call: Call) -> None:
        """Note when the client knows; of the parts of a batch it knows with the whole."""
        if not call.in_batch:
            for each in self.calls[call.number - 1 :]:
                if each is call or (each.in_batch and call.op == "batch" and each.status):
                    each.known_after = each.known_after or len(self.calls)

    def clear(self) -> None:
        self.calls.clear()
