"""Whether there is room: what must lie inside a stretch of time, and how much that holds."""

from bisect import insort
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple


class Stretch(NamedTuple):
    """From one number of a day or a week to another, both included."""

    first: int
    last: int

    def holds(self, other: "Stretch") -> bool:
        return self.first <= other.first and other.last <= self.last


def overfull(spans: Sequence[Stretch], room: Mapping[int, int]) -> Stretch | None:
    """Find the shortest stretch in which more must lie than there is room for.

    Each span is where one thing may lie; `room` says how many things a day or a week takes.
    That there is none does not mean that everything fits: a span may have holes.
    """
    if not spans:
        return None
    start, end = min(span.first for span in spans), max(span.last for span in spans)
    before = [0, *accumulate(room.get(at, 0) for at in range(start, end + 1))]
    found: list[Stretch] = []
    lasts: list[int] = []
    for first in sorted({span.first for span in spans}, reverse=True):
        for span in spans:
            if span.first == first:
                insort(lasts, span.last)
        for inside, last in enumerate(lasts, start=1):
            if inside > before[last + 1 - start] - before[first - start]:
                found.append(Stretch(first, last))
                break
    return min(found, key=lambda each: (each.last - each.first, each.first), default=None)
