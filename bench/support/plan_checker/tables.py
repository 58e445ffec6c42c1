"""A problem and the meetings of a plan as tables that questions can be asked of."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from bench.support.plan_checker.free_days import free_days, is_weekend
from bench.support.plan_checker.seats import LEADING
from domain.year_plan import Body, Cadence, PlannedMeeting, Policy, Problem, SeatNeed

MARGIN = timedelta(days=70)  # deadlines reach so far out of the year, at most

_SCHEMA = """
CREATE TABLE day (day TEXT PRIMARY KEY, weekday INT, week TEXT, free INT, school INT);
CREATE TABLE body (
    code TEXT PRIMARY KEY, type TEXT, rank INT, cadence TEXT, policy TEXT, minutes INT);
CREATE TABLE period (cadence TEXT, policy TEXT, number INT, first TEXT, last TEXT, needed INT);
CREATE TABLE gap (cadence TEXT PRIMARY KEY, least INT, most INT);
CREATE TABLE start (minute INT PRIMARY KEY);
CREATE TABLE leads (committee TEXT, person TEXT);
CREATE TABLE attends (committee TEXT, person TEXT, PRIMARY KEY (committee, person));
CREATE TABLE seat (committee TEXT, slot TEXT, least INT, position INT);
CREATE TABLE sits (committee TEXT, slot TEXT, person TEXT);
CREATE TABLE stands_in (committee TEXT, slot TEXT, person TEXT, rank INT);
CREATE TABLE barred (committee TEXT, weekday INT, afternoon INT);
CREATE TABLE not_on (committee TEXT, day TEXT);
CREATE TABLE busy (person TEXT, weekday INT, afternoon INT);
CREATE TABLE away (person TEXT, day TEXT);
CREATE TABLE meeting (
    id INTEGER PRIMARY KEY, committee TEXT, number INT, day TEXT, starts INT);
CREATE INDEX busy_person ON busy (person);
CREATE INDEX away_person ON away (person);
CREATE INDEX attends_person ON attends (person);

CREATE VIEW held AS
SELECT meeting.*, starts + minutes AS ends, type, rank, cadence, policy,
       CAST(strftime('%w', day) AS INT) AS weekday
FROM meeting JOIN body ON code = committee;
"""


def minute(at: time) -> int:
    return at.hour * 60 + at.minute


def described(problem: Problem) -> sqlite3.Connection:
    """Write a problem down; the meetings follow with `put`."""
    tables = sqlite3.connect(":memory:")
    tables.executescript(_SCHEMA)
    _fill(tables, "day", _days(problem))
    _fill(tables, "period", _periods(problem))
    _fill(
        tables,
        "gap",
        ((str(cadence), *least_most) for cadence, least_most in problem.rules.gaps.items()),
    )
    _fill(tables, "start", ((minute(at),) for at in set(problem.rules.starts)))
    ranks = Counter[str]()
    for body in problem.bodies:
        _put_body(tables, body, rank=ranks[body.type])
        ranks[body.type] += 1
    for attendee in problem.attendees:
        _fill(
            tables, "busy", ((attendee.id, half.weekday, half.afternoon) for half in attendee.busy)
        )
        _fill(tables, "away", ((attendee.id, str(day)) for day in attendee.away))
    return tables


def put(tables: sqlite3.Connection, meetings: Iterable[PlannedMeeting]) -> None:
    """Write the meetings of a plan down in place of those that were there."""
    tables.execute("DELETE FROM meeting")
    _fill(
        tables,
        "meeting",
        (
            (number, each.committee, each.number, str(each.day), minute(each.starts))
            for number, each in enumerate(meetings)
        ),
    )


def _put_body(tables: sqlite3.Connection, body: Body, *, rank: int) -> None:
    code = body.code
    _fill(
        tables,
        "body",
        [(code, str(body.type), rank, str(body.cadence), str(body.policy), body.minutes)],
    )
    leader = body.facilitators[:1]  # the others only stand in
    _fill(tables, "leads", ((code, person) for person in leader))
    seated = {person for seat in body.seats for person in seat.members}
    _fill(tables, "attends", ((code, person) for person in seated | set(leader)))
    seats = body.seats
    if body.facilitators:  # somebody must lead it, or stand in for who does
        leading = SeatNeed(
            slot=LEADING, least=1, members=leader, substitutes=body.facilitators[1:]
        )
        seats = (*seats, leading)
    for position, seat in enumerate(seats):
        _fill(tables, "seat", [(code, seat.slot, seat.least, position)])
        _fill(tables, "sits", ((code, seat.slot, person) for person in seat.members))
        _fill(
            tables,
            "stands_in",
            ((code, seat.slot, who, rank) for rank, who in enumerate(seat.substitutes)),
        )
    _fill(tables, "barred", ((code, half.weekday, half.afternoon) for half in body.barred))
    _fill(tables, "not_on", ((code, str(day)) for day in body.not_on))


def _fill(tables: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    all_rows = list(rows)
    if all_rows:
        places = ",".join("?" * len(all_rows[0]))
        tables.executemany(f"INSERT INTO {table} VALUES ({places})", all_rows)  # noqa: S608


def _days(problem: Problem) -> Iterator[tuple[str, int, str, bool, bool]]:
    year = problem.year
    free = problem.closed.union(*(free_days(each) for each in (year - 1, year, year + 1)))
    school = _school_holidays(problem)
    day, last = date(year, 1, 1) - MARGIN, date(year, 12, 31) + MARGIN
    while day <= last:
        iso_year, iso_week, weekday = day.isocalendar()
        week = f"{iso_year}-{iso_week:02}"
        yield str(day), weekday, week, is_weekend(day) or day in free, day in school
        day += timedelta(days=1)


def _school_holidays(problem: Problem) -> frozenset[date]:
    return frozenset(
        holiday.from_on + timedelta(days=number)
        for holiday in problem.school_holidays
        for number in range((holiday.to_on - holiday.from_on).days + 1)
    )


def _periods(problem: Problem) -> Iterator[tuple[str, str, int, str, str, bool]]:
    """Say in which stretches of the year a committee meets once, and which of them are skipped."""
    free = problem.closed | free_days(problem.year)
    school = _school_holidays(problem)
    for cadence in Cadence:
        for number, days in enumerate(_stretches(cadence, problem.year), start=1):
            open_days = [day for day in days if not is_weekend(day) and day not in free]
            in_school = [day for day in open_days if day not in school]
            first, last = str(days[0]), str(days[-1])
            yield str(cadence), str(Policy.HOLD), number, first, last, True
            yield str(cadence), str(Policy.PAUSE), number, first, last, bool(in_school)


def _stretches(cadence: Cadence, year: int) -> list[list[date]]:
    first = date(year, 1, 1)
    found: dict[int, list[date]] = {}
    for number in range((date(year + 1, 1, 1) - first).days):
        day = first + timedelta(days=number)
        iso_year, iso_week, _ = day.isocalendar()
        match cadence:
            case Cadence.FORTNIGHT:
                if iso_year != year:
                    continue
                stretch = min((iso_week - 1) // 2, 25)  # a 53rd week belongs to the last pair
            case Cadence.MONTH:
                stretch = day.month
            case Cadence.TWO_MONTHS:
                stretch = (day.month - 1) // 2
            case Cadence.QUARTER:
                stretch = (day.month - 1) // 3
        found.setdefault(stretch, []).append(day)
    return [found[key] for key in sorted(found)]
