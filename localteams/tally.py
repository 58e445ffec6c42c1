"""What arrived, counted as it came: how much, how much of it at once, and what was refused."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from localteams.state import Json

KEPT = 200_000  # instants of each kind; what came before is no longer looked at
KEPT_EACH = 4_000  # and of each conversation
WINDOWS = (1, 2, 30)  # seconds

Instants = deque[float]


class Tally:
    """Counting costs an append; what it means is worked out when somebody asks.

    Instants are seconds on the machine's monotonic clock, the same in every process on it.
    """

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self.reset()

    def reset(self) -> None:
        self.throttled = 0
        self.accepted: defaultdict[str, Instants] = defaultdict(_kept)
        self.refused: defaultdict[str, Instants] = defaultdict(_kept)
        self.all: Instants = _kept()
        self._sends: dict[str, list[float]] = {}

    def count(
        self, operation: str, conversation: str, *, refused: bool, throttled: bool = False
    ) -> None:
        """Note a request at the moment at which it is let in or refused (429 is throttled)."""
        at = self._now()
        self.all.append(at)
        (self.refused if refused else self.accepted)[operation].append(at)
        self.throttled += throttled
        if operation == "send":
            self._sends.setdefault(conversation, []).append(at)
            if len(sends := self._sends[conversation]) > KEPT_EACH:
                del sends[: KEPT_EACH // 2]

    @property
    def sends(self) -> Mapping[str, list[float]]:
        """When sends to each conversation arrived, the refused ones too."""
        return self._sends

    def most_in_a_second(self) -> int:
        """Count the most requests that arrived in any sliding second, refused ones too."""
        return most_within(1, self.all)

    def figures(self) -> Json:
        """Say it all, the conversations in one: what the busiest of them got."""
        return {
            "arrived": _figures(self.all),
            "accepted": {name: _figures(instants) for name, instants in self.accepted.items()},
            "refused": {name: _figures(instants) for name, instants in self.refused.items()},
            "throttled": self.throttled,
            "conversations": len(self._sends),
            "most_in_a_conversation": {
                str(seconds): max(
                    map(partial(most_within, seconds), self._sends.values()), default=0
                )
                for seconds in WINDOWS
            },
        }

    def of_conversations(self) -> Json:
        """Say when each conversation's sends arrived, and the most of them in each window."""
        return {
            conversation: {
                "at": list(instants),
                "most": {str(seconds): most_within(seconds, instants) for seconds in WINDOWS},
            }
            for conversation, instants in self._sends.items()
        }


def most_within(seconds: float, instants: Iterable[float]) -> int:
    """Count the most of these instants (in order) that lie in any one such stretch of time."""
    window: Instants = deque()
    most = 0
    for at in instants:
        window.append(at)
        while window[0] <= at - seconds:
            window.popleft()
        most = max(most, len(window))
    return most


def _figures(instants: Instants) -> Json:
    return {"count": len(instants), "most_in_a_second": most_within(1, instants)}


def _kept() -> Instants:
    return deque(maxlen=KEPT)
