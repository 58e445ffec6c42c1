"""Count alerts by area and month, and how fast drills and real ones went (BER-63, BER-67)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.alert_figures import Compared, Incidents, Target
from domain.alerts import Alert, AlertState
from domain.dates import local_date
from domain.drills import Measured, compared
from domain.people import AreaCode, Person
from storage.database import Transaction
from usecases.begin_evaluation import figures_of
from usecases.read_alert import readable

LOOKS_BACK = timedelta(days=365)
_MOMENT = timedelta(microseconds=1)
Figures = Sequence[tuple[Alert, Mapping[str, int]]]
GOALS: Mapping[Target, timedelta] = {  # from the ladder (BER-25) and the meeting (BER-41)
    Target.FIRST_REPLY: timedelta(minutes=5),
    Target.QUORUM: timedelta(minutes=20),
    Target.MEETING: timedelta(minutes=60),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresSeen:
    """What is counted of the alerts somebody may see; drills by themselves."""

    incidents: Incidents
    drills: Incidents
    compared: tuple[Compared, ...]


async def see_figures(tx: Transaction, *, by: Person, now: datetime) -> FiguresSeen:
    """Count what somebody may see of the last twelve months."""
    live = await readable(tx, by, await activated(tx, drill=False, now=now))
    drills = await readable(tx, by, await activated(tx, drill=True, now=now))
    counted = await figures_by_alert(tx, [*live, *drills], now=now)
    return FiguresSeen(
        incidents=incidents(live),
        drills=incidents(drills),
        compared=compare(counted),
    )


async def activated(tx: Transaction, *, drill: bool, now: datetime) -> Sequence[Alert]:
    """List the alerts that were no false alarm, and were not undone, the newest first."""
    found = await tx.alerts.activated(drill=drill, since=now - LOOKS_BACK, before=now + _MOMENT)
    return [each for each in found if each.state is not AlertState.FALSE_ALARM]


async def figures_by_alert(tx: Transaction, alerts: Sequence[Alert], *, now: datetime) -> Figures:
    """Take what was counted when each ended, or count it as it stands."""
    kept = {each.alert: each.figures for each in await tx.evaluations.among(alerts)}
    return [(each, kept.get(each.id) or await figures_of(tx, each, now=now)) for each in alerts]


def compare(counted: Figures) -> tuple[Compared, ...]:
    """Lay drills beside what was in earnest (BER-63)."""
    measured = [Measured(drill=alert.drill, figures=figures) for alert, figures in counted]
    return compared(measured, goals=GOALS)


def incidents(alerts: Iterable[Alert]) -> Incidents:
    """Count them in each of their areas, or for the whole city, by month in Copenhagen."""
    counted: Counter[tuple[AreaCode | None, date]] = Counter()
    for each in alerts:
        month = local_date(each.activated_at).replace(day=1)
        places: Iterable[AreaCode | None] = each.audience.areas or [None]
        counted.update((place, month) for place in places)
    return counted
