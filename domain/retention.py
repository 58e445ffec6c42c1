"""How long what is confided is kept, and what must hold before it is deleted (AC-DATA-01)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from domain.ages import add_months
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.facts import FactKind

OUTCOME_FACTS: Final = frozenset(
    {
        FactKind.PROCESSED_FIRST,
        FactKind.STARTED,
        FactKind.STATUS_24M,
        FactKind.RECONVICTED_24M,
    }
)
PREVIEW: Final = timedelta(days=14)  # so long what is to be deleted has been on the list
MONTHS: Final[Mapping[int, int]] = MappingProxyType({1: 12, 2: 24, 3: 60, 4: 60})


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """The periods, which the DPO decides (domain.md §16). Drafts have their own (AC-DATA-07).

    `closed` gives the months for each level; a case that never got one counts as level 1.
    """

    withdrawn: timedelta = timedelta(days=30)
    rejected: timedelta = timedelta(days=30)
    closed: Mapping[int, int] = field(default_factory=lambda: MONTHS)
    facts_months: int = 36  # of SSP+ outcomes, which lead to nobody

    def due_on(self, *, level: int | None, last_event_at: datetime) -> date:
        """Name the day from which what is known of somebody may be deleted."""
        return add_months(local_date(last_event_at), self.closed[level or min(self.closed)])

    @classmethod
    def closed_for(cls, months: str) -> Mapping[int, int]:
        """Read the months of level 1, level 2, and levels 3 and 4: `12,24,60`."""
        one, two, more = map(int, months.split(","))
        return {1: one, 2: two, 3: more, 4: more}

    @property
    def shortest(self) -> timedelta:
        """No case is due sooner than this after its last event."""
        return timedelta(days=28 * min(self.closed.values())) - PREVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """What is kept of one person, all of whose cases are closed.

    `case` is the one they are known by, `cases` all of them. `last_event_at` is the last
    relevant event of any, and `level` the highest: the longest period counts.
    """

    case: UUID
    subjects: frozenset[UUID]
    cases: frozenset[UUID]
    level: int | None
    last_event_at: datetime
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A line of the preview: since when it is there, and from what event it was reckoned.

    `agreed` is the countersign by which two people have let go of it; it is deleted when
    nothing of it waits to be filed, that decision included (NOT-5).
    """

    case: UUID
    listed_at: datetime
    last_event_at: datetime
    due_on: date
    agreed: UUID | None = None

    @property
    def ripe_on(self) -> date:
        """The first day it may be deleted: it is due, and has been on the list long enough."""
        return max(self.due_on, local_date(self.listed_at + PREVIEW))


def must_be_ripe(
    remains: Remains | None, listing: Listing | None, *, today: date
) -> tuple[Remains, Listing]:
    """Let nothing be deleted before its time.

    :param remains: None when the person has a running case.
    :raises RuleBroken: `release.running`, `release.held` (a legal hold), `release.not_listed`
        when something happened since it was listed, or `release.too_early` with the day.
    """
    if remains is None:
        raise RuleBroken("release.running")
    if remains.held:
        raise RuleBroken("release.held")
    if listing is None or listing.last_event_at != remains.last_event_at:
        raise RuleBroken("release.not_listed")
    if today < listing.ripe_on:
        raise RuleBroken("release.too_early", day=listing.ripe_on)
    return remains, listing
