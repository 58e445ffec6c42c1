"""What is remembered of the directory: changes in groups, how a reading went, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.directory import Difference
from domain.people import CommitteeCode, PersonId

AGAIN_AFTER: Final = timedelta(minutes=2)
LONGEST_PAUSE: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """Who came into a group and who left it.

    :param came: ids, each with whether it is a group.
    :param gone: there is no such group.
    """

    group: str
    came: Mapping[str, bool] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed in some groups since `link` was given the last time.

    :param whole: it is all there is, and not what changed: who is not in it has left.
    """

    groups: Sequence[GroupChange]
    link: str = field(repr=False)
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLink:
    """The Entra group that has the members of a committee."""

    committee: CommitteeCode
    group: str
    set_by: PersonId | None
    set_at: datetime
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsRead:
    """A handful of groups, and from where their changes are read."""

    part: int
    groups: tuple[str, ...]
    link: str = field(default="", repr=False)


class Decision(StrEnum):
    """What becomes of a difference."""

    WAITING = "waiting"  # for a data steward
    AGREED = "agreed"  # about to be carried out
    DONE = "done"
    SET_ASIDE = "set_aside"  # it is as it should be; told again only when it changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A difference, since when it is known, and what was decided.

    :param decided_by: None for what was few enough to be done at once.
    """

    difference: Difference
    decision: Decision
    found_at: datetime
    decided_by: PersonId | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryState:
    """When Entra was last read, what came of it, and whether somebody waits for the next time.

    :param trouble: the code of why it could not be read, since the last time it could.
    """

    asked_by: PersonId | None = None
    asked_at: datetime | None = None
    next_at: datetime | None = None
    tries: int = 0
    read_at: datetime | None = None
    trouble: str | None = None
    trouble_at: datetime | None = None
    figures: Mapping[str, int] = field(default_factory=dict)


def pause_after(tries: int, *, asked: timedelta | None) -> timedelta:
    """Say how long to leave Entra alone: as long as it asks, and longer each time."""
    own = min(AGAIN_AFTER * (1 << min(tries - 1, 10)), LONGEST_PAUSE)
    return max(own, asked or timedelta())
