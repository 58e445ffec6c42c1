"""What is left when an alert is to end: measures, reports, staff not told (BER-58)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.action_plans import ActionPlan
from domain.alert_log import LogEntry, LogKind
from domain.parties import Party
from domain.people import PersonId
from domain.plan_measures import Measure
from domain.situations import Missing, SituationReport, latest, missing

DAYS = "days"  # the fact by which the log says how many quiet days were agreed on
MOST_DAYS = 30


class Leftover(StrEnum):
    """What becomes of a measure that waits when an alert ends."""

    DAILY = "daily"  # it goes over to daily work, and it is said which
    DROPPED = "dropped"  # it is given up, with a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """What is left of an alert, for who is to end it.

    :param measures: of running plans, which wait.
    :param not_briefed: who led an authority's part and has not told their own staff (BER-49).
    :param reported: which parties have reported since normalising began; none before.
    :param quiet_until: the first moment at which the agreed days without incidents have passed.
    :param normal: what normalisation is known by; `close_down` what is to be done then.
    """

    measures: tuple[Measure, ...] = ()
    reports: tuple[Missing, ...] = ()
    not_briefed: tuple[PersonId, ...] = ()
    parties: tuple[Party, ...] = ()
    reported: frozenset[Party] = frozenset()
    quiet_until: datetime | None = None
    normal: tuple[str, ...] = field(default=(), repr=False)
    close_down: tuple[str, ...] = field(default=(), repr=False)


def outstanding(
    *,
    plans: Sequence[ActionPlan],
    reports: Iterable[SituationReport],
    not_briefed: Iterable[PersonId],
    log: Iterable[LogEntry],
    normal: tuple[str, ...],
    close_down: tuple[str, ...],
    now: datetime,
) -> Outstanding:
    """Work out what is left; plans that nobody let run ask nothing of anybody."""
    running = [each for each in plans if each.released_at is not None]
    said = latest(reports)
    normalising = _normalising(log)
    parties = tuple(dict.fromkeys(party for plan in running for party in plan.parties))
    return Outstanding(
        measures=tuple(each for plan in running for each in plan.measures if each.waits),
        reports=tuple(owed for plan in running for owed in _owed(plan, said, now=now)),
        not_briefed=tuple(not_briefed),
        parties=parties,
        reported=_since(normalising, said, parties),
        quiet_until=None if normalising is None else normalising.at + _quiet(normalising),
        normal=normal,
        close_down=close_down,
    )


def _owed(
    plan: ActionPlan, said: Mapping[Party, SituationReport], *, now: datetime
) -> list[Missing]:
    until = min(now, plan.period_end) if plan.period_end else now
    due = plan.cadence.reports(start=plan.starts_at, end=plan.ends_at, until=until)
    return missing(parties=plan.parties, due=due, reports=said, now=now)


def _normalising(log: Iterable[LogEntry]) -> LogEntry | None:
    """Find since when it has been normalising, in the log as it goes on from there."""
    found = None
    for each in log:
        if each.kind is LogKind.NORMALISING:
            found = each
        elif each.kind in {LogKind.REOPENED, LogKind.CLOSED}:
            found = None
    return found


def _quiet(entry: LogEntry) -> timedelta:
    return timedelta(days=int(entry.facts.get(DAYS, "0")))


def _since(
    entry: LogEntry | None, said: Mapping[Party, SituationReport], parties: Sequence[Party]
) -> frozenset[Party]:
    if entry is None:
        return frozenset()
    return frozenset(each for each in parties if each in said and said[each].at >= entry.at)
