"""When the agendas and minutes of the steering group are due, found by ourselves (SGF-1, 3, 4)."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.people import CommitteeCode
from domain.year_plan import PlanRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A date by which something of a meeting is due: `provisional`, `final` or `minutes`."""

    committee: CommitteeCode
    number: int
    kind: str
    on: date


def wrong_leads(
    tables: sqlite3.Connection, leads: Iterable[Lead], rules: PlanRules
) -> Iterator[tuple[str, str, str, str]]:
    """Give (kind, committee, day, words) for each date that is missing, late, early or no workday.

    It must be the last working day that is still so many days before the meeting, or
    not more than so many after it (MTG-6).
    """
    told = {(lead.committee, lead.number, lead.kind): str(lead.on) for lead in leads}
    offsets = {
        "provisional": -rules.provisional_before,
        "final": -rules.final_before,
        "minutes": rules.minutes_after,
    }
    steering = tables.execute("SELECT committee, number, day FROM held WHERE type = 'SG'")
    for committee, number, day in steering.fetchall():
        for kind, days in offsets.items():
            right = _rolled_back(tables, day, days)
            on = told.get((committee, number, kind))
            if on is None:
                yield "lead_missing", committee, day, f"no date for {kind}"
            elif on > right:
                yield "lead_late", committee, day, f"{kind} on {on}, at the latest {right}"
            elif _is_free(tables, on):
                yield "lead_day", committee, day, f"{kind} on {on}, on which nobody works"
            elif on < right:
                yield "lead_early", committee, day, f"{kind} on {on}, which may wait until {right}"


def _rolled_back(tables: sqlite3.Connection, day: str, days: int) -> str:
    [(found,)] = tables.execute(
        "SELECT max(day) FROM day WHERE day <= date(?, ? || ' days') AND NOT free", (day, days)
    )
    return str(found)


def _is_free(tables: sqlite3.Connection, day: str) -> bool:
    return bool(tables.execute("SELECT 1 FROM day WHERE day = ? AND free", (day,)).fetchall())
