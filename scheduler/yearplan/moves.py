"""Places for the meetings of a plan that changes, and how few of them are new."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.yearplan.again import Key
from scheduler.yearplan.board import Option


class NotFound(StrEnum):
    """Why no places were found."""

    IMPOSSIBLE = "impossible"  # there are none
    TIME = "time"  # there was not the time to find them, nor to know that there are none


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewest:
    """A place for every meeting of a board.

    :param worse: how many more people are lacking than before, in all.
    :param moved: how many meetings lie elsewhere than before.
    :param proven: on this board there is nothing with less of the first or, then, of the second.
    """

    places: Mapping[Key, Option]
    worse: int
    moved: int
    proven: bool
