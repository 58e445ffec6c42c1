"""What the figures of readiness show, as numbers: answers, moments, incidents and targets."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate

from domain.alert_board import AuthorityStands
from domain.alerts import Quorum, Recipient, Reply
from domain.people import AreaCode, Authority, PersonId


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


Answers = Iterable[tuple[PersonId, Reply, datetime]]
"""Every answer that was ever given, also what was answered otherwise afterwards."""


def curves(
    recipients: Iterable[Recipient], *, answers: Answers, left_at: datetime, until: datetime
) -> Mapping[Authority, Curve]:
    """Count by authority when each had first answered; before it left counts as at once."""
    first: dict[PersonId, datetime] = {}
    for person, _, at in answers:
        first[person] = min(at, first.get(person, at))
    return {
        authority: Curve(
            total=len(asked),
            steps=_steps(
                max(first[each.person] - left_at, timedelta())
                for each in asked
                if each.person in first and first[each.person] <= until
            ),
        )
        for authority, asked in _by_authority(recipients).items()
    }


def _steps(times: Iterable[timedelta]) -> tuple[tuple[timedelta, int], ...]:
    counted = Counter(times)
    moments = sorted(counted)
    totals = accumulate(counted[each] for each in moments)
    return tuple(zip(moments, totals, strict=True))


def stands_of(recipients: Iterable[Recipient], quorum: Quorum) -> tuple[AuthorityStands, ...]:
    """Count answers by authority, also of one of whom somebody must join and nobody is asked."""
    asked = _by_authority(recipients)
    return tuple(
        AuthorityStands(
            authority=authority,
            replies=Counter(each.reply for each in asked.get(authority, [])),
            joining=sum(
                each.quorum and each.reply is Reply.JOINING for each in asked.get(authority, [])
            ),
            required=quorum.get(authority, 0),
        )
        for authority in Authority
        if authority in asked or quorum.get(authority, 0)
    )


def _by_authority(recipients: Iterable[Recipient]) -> Mapping[Authority, list[Recipient]]:
    asked: dict[Authority, list[Recipient]] = {each: [] for each in Authority}
    for each in recipients:
        asked[each.authority].append(each)
    return {authority: people for authority, people in asked.items() if people}
