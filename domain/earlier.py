"""Earlier registrations of the same person, and the two criteria they make (LVL-2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

EARLY, SERIOUS = 1, 2  # levels
SEVERAL = 2  # domain.md §16 level.several_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A concern that was part of a case about the person."""

    at: datetime
    level: int | None
    charged: bool  # with a charge or conviction among its ticks (L2.d)


def computed_criteria(
    registrations: Iterable[Registration], *, before: datetime, several: int = SEVERAL
) -> frozenset[str]:
    """Name the criteria that follow from what was registered earlier than a moment.

    The reporter is told neither the count nor that there is one.
    """
    earlier = [each for each in registrations if each.at < before]
    counts = {
        "L2.a": sum(each.level == EARLY for each in earlier),
        "L3.a": sum(each.level == SERIOUS and each.charged for each in earlier),
    }
    return frozenset(code for code, count in counts.items() if count >= several)
