"""What became of the young people in SSP+, and the three figures made of it (PLUS-6, PLUS-7)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from domain.ages import add_months
from domain.errors import RuleBroken

SHORT_MONTHS, LONG_MONTHS = 12, 24
LEAST_SHOWN = 5  # domain.md §16 stats.k


class Started(StrEnum):
    """What somebody began."""

    EDUCATION = "edu"
    JOB = "job"


class Status(StrEnum):
    """What somebody does 24 months after they began."""

    EDUCATION = "edu"
    JOB = "job"
    NONE = "none"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class FollowUp(StrEnum):
    """The two times SSP+ asks what became of somebody."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is known of one young person; None is what nobody has been asked yet.

    `started_12m` is the answer of the first follow-up: a day belongs to a yes.
    """

    case: UUID
    first_processed_on: date
    started_12m: Answer | None = None
    started_on: date | None = field(default=None, repr=False)
    started_type: Started | None = field(default=None, repr=False)
    status_24m: Status | None = field(default=None, repr=False)
    reconvicted_24m: Answer | None = field(default=None, repr=False)
    version: int = 1

    @property
    def started_in_time(self) -> bool:
        """Whether they began within twelve months of the first processing."""
        return self.started_on is not None and self.started_on <= self.short_on

    @property
    def short_on(self) -> date:
        return add_months(self.first_processed_on, SHORT_MONTHS)

    @property
    def long_on(self) -> date | None:
        return None if self.started_on is None else add_months(self.started_on, LONG_MONTHS)


def began(outcome: Outcome, *, kind: Started, on: date, today: date) -> Outcome:
    """Note what they began, and when; it may be before the follow-up asks.

    :raises RuleBroken: `outcome.before_processing` or `outcome.in_future`
    """
    if on < outcome.first_processed_on:
        raise RuleBroken("outcome.before_processing")
    if on > today:
        raise RuleBroken("outcome.in_future")
    return replace(outcome, started_12m=Answer.YES, started_on=on, started_type=kind)


def not_begun(outcome: Outcome, answer: Answer) -> Outcome:
    """Note that they have begun nothing, or that nobody knows; a correction takes a start out.

    :raises RuleBroken: `outcome.when_and_what` for a yes, which needs a day and a kind.
    """
    if answer is Answer.YES:
        raise RuleBroken("outcome.when_and_what")
    return replace(outcome, started_12m=answer, started_on=None, started_type=None)


def two_years_on(outcome: Outcome, *, status: Status, reconvicted: Answer, today: date) -> Outcome:
    """Note how it goes 24 months after they began.

    :raises RuleBroken: `outcome.too_early`
    """
    if outcome.long_on is None or outcome.long_on > today:
        raise RuleBroken("outcome.too_early")
    return replace(outcome, status_24m=status, reconvicted_24m=reconvicted)


def due(outcome: Outcome, on: date) -> FollowUp | None:
    """Say what is to be asked by now and has not been answered (PLUS-7)."""
    if outcome.long_on is not None and outcome.long_on <= on and outcome.status_24m is None:
        return FollowUp.LONG
    return FollowUp.SHORT if outcome.short_on <= on and outcome.started_12m is None else None


class KpiKey(StrEnum):
    """The three figures of PLUS-6."""

    STARTED = "a"
    STILL_AT_IT = "b"
    NO_NEW_CRIME = "c"


Targets = Mapping[KpiKey, int]
TARGETS: Targets = MappingProxyType(  # per cent, of 2015–2018
    {KpiKey.STARTED: 75, KpiKey.STILL_AT_IT: 50, KpiKey.NO_NEW_CRIME: 50}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One figure. `n` counts those it is time to ask about, the unknown among them.

    Who is unknown is never a success; who is immature is in no figure yet.
    """

    key: KpiKey
    target: int
    n: int
    successes: int
    unknown: int
    immature: int

    def is_shown(self, least: int = LEAST_SHOWN) -> bool:
        """Whether there are enough of them that nobody can be picked out (PLUS-7)."""
        return self.n >= least

    @property
    def share(self) -> int:
        """Per cent, rounded down: a target is not met by rounding."""
        return 100 * self.successes // self.n if self.n else 0

    @property
    def is_met(self) -> bool:
        return self.n > 0 and 100 * self.successes >= self.target * self.n


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """How one figure is counted: who is meant, when it is time, and what the answer is."""

    meant: Callable[[Outcome], bool]
    ripe_on: Callable[[Outcome], date | None]
    succeeded: Callable[[Outcome], bool]
    unknown: Callable[[Outcome], bool]


_AT_IT = {Status.EDUCATION, Status.JOB}
_FIGURES: Mapping[KpiKey, _Figure] = {
    KpiKey.STARTED: _Figure(
        meant=lambda _: True,
        ripe_on=lambda each: each.short_on,
        succeeded=lambda each: each.started_in_time,
        unknown=lambda each: each.started_12m in {None, Answer.UNKNOWN},
    ),
    KpiKey.STILL_AT_IT: _Figure(
        meant=lambda each: each.started_in_time,
        ripe_on=lambda each: each.long_on,
        succeeded=lambda each: each.status_24m in _AT_IT,
        unknown=lambda each: each.status_24m in {None, Status.UNKNOWN},
    ),
    KpiKey.NO_NEW_CRIME: _Figure(
        meant=lambda each: each.started_in_time,
        ripe_on=lambda each: each.long_on,
        succeeded=lambda each: each.reconvicted_24m is Answer.NO,
        unknown=lambda each: each.reconvicted_24m in {None, Answer.UNKNOWN},
    ),
}


def kpis(outcomes: Iterable[Outcome], *, on: date, targets: Targets = TARGETS) -> list[Kpi]:
    """Work out the three figures as they are on a day (PLUS-6).

    Who began later than twelve months after the first processing is in K-A as one who did not,
    and in neither K-B nor K-C.
    """
    known = list(outcomes)
    return [_kpi(key, known, on=on, target=targets[key]) for key in KpiKey]


def _kpi(key: KpiKey, outcomes: list[Outcome], *, on: date, target: int) -> Kpi:
    figure = _FIGURES[key]
    meant = [each for each in outcomes if figure.meant(each)]
    ripe = [each for each in meant if (day := figure.ripe_on(each)) is not None and day <= on]
    return Kpi(
        key=key,
        target=target,
        n=len(ripe),
        successes=sum(map(figure.succeeded, ripe)),
        unknown=sum(map(figure.unknown, ripe)),
        immature=len(meant) - len(ripe),
    )
