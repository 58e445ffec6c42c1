"""How often each authority reports how it stands, as a template says it (BER-43)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.dates import COPENHAGEN, local_date
from domain.periods import moment
from domain.plan_times import When, resolve

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of a plan with one rhythm.

    :param every: so much time between two reports; none where hours on the wall say it.
    :param days: reports are due on each so-many-eth day.
    :param at: the hours on the wall of such a day.
    :param lasting: days until the next phase begins; none is until the end.
    """

    every: timedelta | None = None
    days: int = 1
    at: tuple[time, ...] = ()
    lasting: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """Phases one after another, and single moments; without any, nobody reports."""

    phases: tuple[Phase, ...] = ()
    moments: tuple[When, ...] = ()

    def reports(self, *, start: datetime, end: datetime, until: datetime) -> tuple[datetime, ...]:
        """List when reports are due, after the start and no later than `until`, in order.

        :param end: the last day of what is known in advance; the start for what is not.
        """
        due = {resolve(each, start=start, end=end) for each in self.moments}
        begins = start
        for phase in self.phases:
            ends = until if phase.lasting is None else _days_on(begins, phase.lasting)
            due |= {*_within(phase, begins, min(ends, until))}
            begins = ends
        return tuple(sorted(each for each in due if each <= until))


NOBODY_REPORTS = Cadence()


def _within(phase: Phase, begins: datetime, ends: datetime) -> Iterator[datetime]:
    if phase.every is not None:
        instant = begins + phase.every
        while instant <= ends:
            yield instant
            instant += phase.every
        return
    day = local_date(begins)
    while moment(day, time()) <= ends:
        for at in phase.at:
            if begins < (instant := moment(day, at)) <= ends:
                yield instant
        day += phase.days * _DAY


def _days_on(instant: datetime, days: int) -> datetime:
    shown = instant.astimezone(COPENHAGEN)
    return moment(shown.date() + days * _DAY, shown.time())
