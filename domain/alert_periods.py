"""The period of an alert: who is reminded of its end, and when, and who may put it off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar

from domain.ages import add_months
from domain.alert_log import AlertDecision, DecisionKind, Resolution
from domain.alert_states import IN_FORCE
from domain.alerts import Alert, AlertState
from domain.dates import local_date
from domain.notices import NoticeKind
from domain.periods import moment

REMIND_BEFORE = (timedelta(hours=48), timedelta(hours=24))  # BER-56 [P]
WITHOUT_PERIOD = timedelta(days=3)  # that an alert is open before somebody is asked [P]
ASKED_EVERY = timedelta(weeks=1)  # from then on, until it has a period or is over
DAILY_AT = time(8)  # of each day on which nobody has decided, in Copenhagen
EXTENSIONS = 2  # more are for the steering group (BER-57) [P]
LONGEST_MONTHS = 3  # the length of the plan of 2008; more is for the steering group
LAST_HOUR = time(16)  # a period that is extended to a day ends then
_HOUR = timedelta(hours=1)

_R = TypeVar("_R", bound=Resolution)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReminder:
    """That a period ends, or has ended.

    :param round: tells it from every other of the same alert and kind, however often the period
        is put off.
    """

    kind: NoticeKind
    due_at: datetime
    round: int


def due_reminder(alert: Alert, *, now: datetime) -> PeriodReminder | None:
    """Give the latest reminder that has fallen due; what came before it, it says as well.

    48 and 24 hours before the end; then at the end, and each morning until somebody decides.
    Where there is no end, after some days and each week: nothing goes on in silence (BER-56).
    """
    if alert.period_end is None:
        return _without_period(alert, now=now)
    if alert.state is AlertState.EXPIRED:
        return after_end(NoticeKind.ALERT_EXPIRED, alert.period_end, now=now)
    if alert.state not in IN_FORCE:
        return None
    return before_end(
        NoticeKind.ALERT_PERIOD_ENDS, alert.period_end, since=alert.activated_at, now=now
    )


def before_end(
    kind: NoticeKind, period_end: datetime, *, since: datetime, now: datetime
) -> PeriodReminder | None:
    """Give the latest of the reminders before a period ends, if one has fallen due.

    :param since: when what has the period began: that stays, however often the end is put off.
    """
    passed = [each for each in REMIND_BEFORE if period_end - each <= now]
    if not passed or period_end <= now:
        return None
    length = (period_end - since) // _HOUR
    return PeriodReminder(
        kind=kind,
        due_at=period_end - passed[-1],
        round=length * len(REMIND_BEFORE) + REMIND_BEFORE.index(passed[-1]),
    )


def after_end(kind: NoticeKind, period_end: datetime, *, now: datetime) -> PeriodReminder:
    """Give the latest of the reminders since a period has ended: at its end, then each morning."""
    at = _latest_of_expired(period_end, now=now)
    return PeriodReminder(kind=kind, due_at=at, round=local_date(at).toordinal())


def _without_period(alert: Alert, *, now: datetime) -> PeriodReminder | None:
    since = alert.leaves_at + WITHOUT_PERIOD
    if not alert.is_open or now < since:
        return None
    before = (now - since) // ASKED_EVERY
    return PeriodReminder(
        kind=NoticeKind.ALERT_NO_PERIOD, due_at=since + before * ASKED_EVERY, round=before + 1
    )


def _latest_of_expired(period_end: datetime, *, now: datetime) -> datetime:
    """Say when somebody was last to be reminded: at the end, or on a later morning."""
    today = local_date(now)
    mornings = (moment(today - timedelta(days=ago), DAILY_AT) for ago in (0, 1))
    return next(
        (each for each in mornings if each <= now and local_date(each) > local_date(period_end)),
        period_end,
    )


def extensions(decisions: Iterable[Resolution]) -> int:
    """Count how often the period was put off."""
    return sum(each.kind is DecisionKind.EXTENDED for each in decisions)


def asks_steering_group(
    alert: Alert, until: datetime, *, decisions: Iterable[AlertDecision]
) -> bool:
    """Whether an extension is for the steering group to decide (BER-57)."""
    return is_for_steering(until, since=alert.activated_at, decisions=decisions)


def is_for_steering(until: datetime, *, since: datetime, decisions: Iterable[Resolution]) -> bool:
    """Whether a period was put off too often, or is longer than others may let it be (BER-57)."""
    return extensions(decisions) >= EXTENSIONS or is_too_long(until, since=since)


def is_too_long(until: datetime, *, since: datetime) -> bool:
    """Whether a period is longer than anybody but the steering group lets it be (BER-57)."""
    return local_date(until) > add_months(local_date(since), LONGEST_MONTHS)


def asked_for(decisions: Iterable[_R]) -> _R | None:
    """Give the extension that the steering group has been asked for and not answered."""
    about = [
        each
        for each in decisions
        if each.kind
        in {
            DecisionKind.EXTENSION_ASKED,
            DecisionKind.EXTENDED,
            DecisionKind.EXTENSION_REFUSED,
            DecisionKind.CLOSED,
            DecisionKind.STOOD_DOWN,
        }
    ]
    latest = max(about, key=lambda each: each.at, default=None)
    asked = latest is not None and latest.kind is DecisionKind.EXTENSION_ASKED
    return latest if asked else None
