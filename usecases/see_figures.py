"""Count alerts by area and month, and how fast drills and real ones went (BER-63, BER-67)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from domain.alert_figures import Compared, Incidents, Target
from domain.alerts import Alert, AlertState
from domain.dates import local_date
from domain.evaluations import Evaluation
from domain.people import AreaCode, Person
from storage.database import Transaction
from usecases.read_alert import readable

LOOKS_BACK = timedelta(days=365)
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
    live = await _activated(tx, by, drill=False, now=now)
    drills = await _activated(tx, by, drill=True, now=now)
    return FiguresSeen(
        incidents=incidents(live),
        drills=incidents(drills),
        compared=compared(
            drills=await _evaluated(tx, drills, drill=True),
            live=await _evaluated(tx, live, drill=False),
        ),
    )


async def _activated(
    tx: Transaction, by: Person, *, drill: bool, now: datetime
) -> Sequence[Alert]:
    found = await tx.alerts.activated(drill=drill, since=now - LOOKS_BACK, before=now)
    true = [each for each in found if each.state is not AlertState.FALSE_ALARM]
    return await readable(tx, by, true)


async def _evaluated(
    tx: Transaction, alerts: Sequence[Alert], *, drill: bool
) -> Sequence[Evaluation]:
    among = {each.id for each in alerts}
    return [each for each in await tx.evaluations.done(drill=drill) if each.alert in among]


def incidents(alerts: Iterable[Alert]) -> Incidents:
    """Count them in each of their areas, or for the whole city, by month in Copenhagen."""
    counted: Counter[tuple[AreaCode | None, date]] = Counter()
    for each in alerts:
        month = local_date(each.activated_at).replace(day=1)
        places: Iterable[AreaCode | None] = each.audience.areas or [None]
        counted.update((place, month) for place in places)
    return counted


def compared(*, drills: Sequence[Evaluation], live: Sequence[Evaluation]) -> tuple[Compared, ...]:
    """Lay the middle time of drills beside that of what was real; each from its own (BER-63)."""
    return tuple(
        Compared(
            target=target,
            goal=GOALS.get(target),
            drill=_middle(drills, target),
            live=_middle(live, target),
        )
        for target in Target
    )


def _middle(evaluations: Sequence[Evaluation], target: Target) -> timedelta | None:
    seconds = [each.figures[target] for each in evaluations if target in each.figures]
    return timedelta(seconds=median(seconds)) if seconds else None
