"""When what falls due around a meeting is due: days of each type of committee, rolled to work."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from domain.committee_meetings import CommitteeMeeting, Deadline, DeadlineKind, DeadlineState
from domain.dates import local_date
from domain.people import CommitteeType
from domain.periods import moment
from domain.working_days import is_office_day

BEFORE = (
    *(DeadlineKind.CALL, DeadlineKind.PROVISIONAL, DeadlineKind.FINAL),
    *(DeadlineKind.REMINDER, DeadlineKind.ATTENDANCE),
)
AGENDAS = (DeadlineKind.PROVISIONAL, DeadlineKind.FINAL)
# What a meeting that comes at another hour asks for again.
ANEW = frozenset({DeadlineKind.REMINDER, DeadlineKind.ATTENDANCE})
# What a meeting at short notice still needs, at the latest on the working day before it.
_AT_LAST = frozenset({DeadlineKind.FINAL, DeadlineKind.ATTENDANCE})
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How many days before (negative) or after a meeting something falls due, at what hour.

    A day that nobody works on becomes the working day before it, or after it for what comes
    after the meeting (SGF-10).

    :param working: the days are working days.
    :param at_most: what comes after may come no later, and moves to the working day before.
    :param since: the days are counted from that deadline instead of the meeting.
    """

    days: int
    at: time = time(9)
    working: bool = False
    at_most: bool = False
    since: DeadlineKind | None = None


Leads = Mapping[DeadlineKind, Lead]

_COMING: Leads = {
    DeadlineKind.REMINDER: Lead(days=-5, working=True),
    DeadlineKind.ATTENDANCE: Lead(days=-3, working=True),  # MTG-25: two working days are left
    DeadlineKind.DRAFT: Lead(days=1, working=True),
    DeadlineKind.DISTRIBUTION: Lead(days=1, working=True, since=DeadlineKind.APPROVAL),
}
_STEERING: Leads = {
    **_COMING,
    DeadlineKind.CALL: Lead(days=-42),
    DeadlineKind.PROVISIONAL: Lead(days=-28),  # SGF-1
    DeadlineKind.FINAL: Lead(days=-14),  # SGF-3
    DeadlineKind.COMMENTS: Lead(days=14, at_most=True),  # SGF-4: the minutes are out
    DeadlineKind.APPROVAL: Lead(days=21),
}
_OTHERS: Leads = {
    **_COMING,
    DeadlineKind.CALL: Lead(days=-14),
    DeadlineKind.FINAL: Lead(days=-7),
    DeadlineKind.COMMENTS: Lead(days=7),
    DeadlineKind.APPROVAL: Lead(days=14),
}
_FORTNIGHTLY: Leads = {
    **_COMING,
    DeadlineKind.CALL: Lead(days=-5, working=True),
    DeadlineKind.FINAL: Lead(days=-2, working=True),
    DeadlineKind.REMINDER: Lead(days=-4, working=True),
    DeadlineKind.APPROVAL: Lead(days=5),
}
LEADS: Mapping[CommitteeType, Leads] = MappingProxyType(
    {
        CommitteeType.STEERING: _STEERING,
        CommitteeType.MANAGERS: {**_OTHERS, DeadlineKind.CALL: Lead(days=-21)},  # CGF-1
        CommitteeType.LEADER: _OTHERS,
        CommitteeType.SSP_PLUS_LEADER: _OTHERS,
        CommitteeType.LOCAL: _OTHERS,
        CommitteeType.COORDINATION: _FORTNIGHTLY,
        CommitteeType.SSP_PLUS_COORDINATION: _FORTNIGHTLY,
    }
)


def deadlines_of(
    meeting: CommitteeMeeting,
    leads: Leads,
    *,
    now: datetime,
    closed: Collection[date] = (),
) -> tuple[Deadline, ...]:
    """Say what falls due around a meeting, the first first.

    Of what was due already when it was called, items are asked for at once, and the agenda and
    the attendance wait for the working day before; the rest is left out.

    :param closed: days of ours that nobody works on, besides weekends and those of all offices.
    """
    works = _works(closed)
    due = {kind: _due(meeting, kind, leads, works) for kind in leads}
    last_hour = moment(_rolled(meeting.day - _ONE_DAY, -_ONE_DAY, works), time(9))
    squeezed = {kind: at if at > now else _late(kind, last_hour, now) for kind, at in due.items()}
    found = [
        Deadline(meeting=meeting.id, kind=kind, due_at=at)
        for kind, at in squeezed.items()
        if at is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.due_at, each.kind)))


def rolled(
    deadline: Deadline,
    meeting: CommitteeMeeting,
    leads: Leads,
    *,
    now: datetime,
    closed: Collection[date],
) -> Deadline:
    """Put what waits on the day it falls on now that days were closed, or opened.

    Where that has passed, what was due on a day that is closed now is due at once.
    """
    works = _works(closed)
    if deadline.due_at <= now or deadline.kind not in leads:
        return deadline
    due = _due(meeting, deadline.kind, leads, works)
    if due <= now:
        due = deadline.due_at if works(local_date(deadline.due_at)) else now
    return replace(deadline, due_at=due)


def agendas_late(
    meeting: CommitteeMeeting, leads: Leads, *, now: datetime, closed: Collection[date] = ()
) -> tuple[DeadlineKind, ...]:
    """Name the agendas that a coming meeting should have had by now (SGF-1, SGF-3)."""
    works = _works(closed)
    asked = [kind for kind in AGENDAS if kind in leads]
    return tuple(
        kind for kind in asked if _due(meeting, kind, leads, works) <= now < meeting.starts_at
    )


def _works(closed: Collection[date]) -> Callable[[date], bool]:
    return lambda day: is_office_day(day) and day not in closed


def _late(kind: DeadlineKind, last_hour: datetime, now: datetime) -> datetime | None:
    if kind in _AT_LAST:
        return max(last_hour, now)
    return now if kind is DeadlineKind.CALL else None


def _due(
    meeting: CommitteeMeeting, kind: DeadlineKind, leads: Leads, works: Callable[[date], bool]
) -> datetime:
    lead = leads[kind]
    start = _day(meeting.day, leads[lead.since], works) if lead.since else meeting.day
    return moment(_day(start, lead, works), lead.at)


def _day(day: date, lead: Lead, works: Callable[[date], bool]) -> date:
    step = -_ONE_DAY if lead.days < 0 else _ONE_DAY
    if lead.working:
        for _ in range(abs(lead.days)):
            day = _rolled(day + step, step, works)
        return day
    back = lead.days < 0 or lead.at_most
    return _rolled(day + lead.days * _ONE_DAY, -_ONE_DAY if back else _ONE_DAY, works)


def _rolled(day: date, step: timedelta, works: Callable[[date], bool]) -> date:
    while not works(day):
        day += step
    return day


def fate(deadline: Deadline, meeting: CommitteeMeeting, *, now: datetime) -> DeadlineState:
    """Say what a deadline that has fallen due is by now: done in time, done late, or past it."""
    if deadline.kind in BEFORE and now >= meeting.starts_at:
        return DeadlineState.DROPPED
    late = local_date(now) > local_date(deadline.due_at)
    return DeadlineState.LATE if late else DeadlineState.DONE
