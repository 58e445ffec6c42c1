"""Stretches of time in figures: in words, and as the marks of an axis."""

from datetime import timedelta

from cards.words import Say

MOST_TICKS = 8
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_STEPS = (
    *(each * _MINUTE for each in (1, 2, 5, 10, 15, 30)),
    *(each * _HOUR for each in (1, 2, 4, 6, 12)),
    *(each * _DAY for each in (1, 2, 7, 14, 28)),
)
_IN_MINUTES = 2 * _HOUR  # below, minutes say it best
_IN_HOURS = 2 * _DAY


def lasting(span: timedelta, *, say: Say) -> str:
    """Write a length of time as somebody would say it, without seconds; a begun one counts."""
    if timedelta() < span < _MINUTE:
        return say("figure.under_a_minute")
    if span < _IN_MINUTES:
        return say("figure.minutes", minutes=span // _MINUTE)
    if span < _IN_HOURS:
        hours, rest = divmod(span, _HOUR)
        minutes = rest // _MINUTE
        if minutes:
            return say("figure.hours_minutes", hours=hours, minutes=minutes)
        return say("figure.hours", hours=hours)
    return say("figure.days", days=span // _DAY)


def tick_step(span: timedelta) -> timedelta:
    """Choose how far apart the marks of an axis are, so that there are few and round ones."""
    for step in _STEPS:
        if span <= step * MOST_TICKS:
            return step
    return -(-span // (MOST_TICKS * _DAY)) * _DAY
