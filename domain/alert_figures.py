"""What the figures of readiness show, as numbers: answers, moments, incidents and targets."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.alerts import Quorum, Recipient, Reply
from domain.people import AreaCode, Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """How many of one authority had answered, and how long after the alert left.

    :param steps: each time somebody answered, with how many had then.
    """

    total: int
    steps: tuple[tuple[timedelta, int], ...] = ()

    @property
    def answered(self) -> int:
        return self.steps[-1][1] if self.steps else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one authority stands towards its quorum (BER-24).

    :param counts: how many gave which answer; None is no answer.
    :param joining: those whose answer counts for the quorum.
    """

    total: int
    counts: Mapping[Reply | None, int]
    joining: int
    needed: int

    @property
    def met(self) -> bool:
        return self.joining >= self.needed


class MarkKind(StrEnum):
    """What kind of thing happened, in a timeline."""

    ALERT = "alert"  # activated, corrected, closed
    REPLY = "reply"
    ESCALATION = "escalation"
    MEETING = "meeting"
    PLAN = "plan"
    REPORT = "report"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineMark:
    """Something that happened."""

    at: datetime
    kind: MarkKind
    words: str = field(repr=False)


class Target(StrEnum):
    """What is measured from the activation on (readiness.md §5.4, evaluation)."""

    FIRST_REPLY = "first_reply"
    QUORUM = "quorum"
    MEETING = "meeting"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How long something took in drills and in earnest, and what it should take (BER-63)."""

    target: Target
    goal: timedelta | None = None
    drill: timedelta | None = None
    live: timedelta | None = None


Incidents = Mapping[tuple[AreaCode | None, date], int]
"""How many alerts in an area (none for the whole city) in the month that begins on a date."""


def curves(
    recipients: Iterable[Recipient], *, left_at: datetime, until: datetime
) -> Mapping[Authority, Curve]:
    """Count answers by authority over time; an answer given before it left counts at once."""
    by_authority = _by_authority(recipients)
    return {
        authority: Curve(total=len(asked), steps=_steps(asked, left_at=left_at, until=until))
        for authority, asked in by_authority.items()
    }


def _steps(
    asked: Sequence[Recipient], *, left_at: datetime, until: datetime
) -> tuple[tuple[timedelta, int], ...]:
    times = Counter(
        max(each.replied_at - left_at, timedelta())
        for each in asked
        if each.replied_at is not None and each.replied_at <= until
    )
    steps: list[tuple[timedelta, int]] = []
    answered = 0
    for after in sorted(times):
        answered += times[after]
        steps.append((after, answered))
    return tuple(steps)


def standings_of(recipients: Iterable[Recipient], quorum: Quorum) -> Mapping[Authority, Standing]:
    """Count answers by authority, also of one of whom somebody must join and nobody is asked."""
    by_authority = _by_authority(recipients)
    return {
        authority: Standing(
            total=len(by_authority.get(authority, [])),
            counts=Counter(each.reply for each in by_authority.get(authority, [])),
            joining=sum(
                each.quorum and each.reply is Reply.JOINING
                for each in by_authority.get(authority, [])
            ),
            needed=quorum.get(authority, 0),
        )
        for authority in Authority
        if authority in by_authority or quorum.get(authority, 0)
    }


def _by_authority(recipients: Iterable[Recipient]) -> Mapping[Authority, list[Recipient]]:
    asked: dict[Authority, list[Recipient]] = {each: [] for each in Authority}
    for each in recipients:
        asked[each.authority].append(each)
    return {authority: people for authority, people in asked.items() if people}
