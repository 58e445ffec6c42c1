"""Keep what a year is planned around: holidays, closed days, a committee's habits, one's own."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.meeting_year import Busy, ClosedDay, Habits, KeptHoliday, in_order, sensible
from domain.office_actions import OfficeAction, may
from domain.people import Committee, CommitteeCode, Person
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_office import permit_office
from usecases.prepare_meeting import roll_deadlines


async def holidays_of(tx: Transaction, year: int) -> list[KeptHoliday]:
    """List the school holidays of a year; none are made up where none are kept."""
    return await tx.year_calendar.holidays(date(year, 1, 1), date(year, 12, 31))


async def save_holiday(tx: Transaction, holiday: KeptHoliday, *, by: Person) -> KeptHoliday:
    """Add a line to the table, or change one.

    :raises RuleBroken: `office.secretariat_only`, `holiday.backwards`, `.long`, `.moved_on`.
    """
    await permit_office(tx, by, OfficeAction.PLAN_YEAR)
    saved = await tx.year_calendar.save_holiday(in_order(holiday))
    await _record(tx, "year.save_holiday", str(saved.id), by=by, now=holiday.noted_at)
    return saved


async def remove_holiday(tx: Transaction, id: UUID, *, by: Person, now: datetime) -> KeptHoliday:
    """Take a line out of the table, and say which it was.

    :raises RuleBroken: `office.secretariat_only`, `holiday.gone`.
    """
    await permit_office(tx, by, OfficeAction.PLAN_YEAR)
    found = await tx.year_calendar.holiday(id)
    if found is None:
        raise RuleBroken("holiday.gone")
    await tx.year_calendar.remove_holiday(id)
    await _record(tx, "year.remove_holiday", str(id), by=by, now=now)
    return found


async def closed_in(tx: Transaction, year: int) -> list[ClosedDay]:
    return await tx.year_calendar.closed(date(year, 1, 1), date(year, 12, 31))


async def close_day(tx: Transaction, closed: ClosedDay, *, by: Person) -> None:
    """Let nobody meet that day, and nothing fall due on it (SGF-10).

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.PLAN_YEAR)
    await tx.year_calendar.close(closed)
    await roll_deadlines(tx, closed.day, now=closed.noted_at)
    await _record(tx, "year.close_day", str(closed.day), by=by, now=closed.noted_at)


async def open_day(tx: Transaction, day: date, *, by: Person, now: datetime) -> None:
    """Let people meet that day again, and things fall due.

    :raises RuleBroken: `office.secretariat_only`, `closed_day.gone`.
    """
    await permit_office(tx, by, OfficeAction.PLAN_YEAR)
    if not await tx.year_calendar.open(day):
        raise RuleBroken("closed_day.gone")
    await roll_deadlines(tx, day, now=now)
    await _record(tx, "year.open_day", str(day), by=by, now=now)


async def may_set_habits(tx: Transaction, person: Person, code: CommitteeCode) -> bool:
    return may(await actor_of(tx, person), OfficeAction.SET_HABITS, group=code)


async def committees_to_set(tx: Transaction, person: Person) -> list[Committee]:
    """List the committees whose habits somebody may set."""
    actor = await actor_of(tx, person)
    return [
        each
        for each in await tx.organisation.committees()
        if may(actor, OfficeAction.SET_HABITS, group=each.code)
    ]


async def set_habits(tx: Transaction, habits: Habits, *, by: Person, now: datetime) -> Habits:
    """Say what a committee wants of its year.

    :raises RuleBroken: `office.secretariat_only`, `habits.both`, `.never`, `.moved_on`.
    """
    await permit_office(tx, by, OfficeAction.SET_HABITS, group=habits.committee)
    saved = await tx.year_calendar.save_habits(
        replace(sensible(habits), noted_by=by.id, noted_at=now)
    )
    await _record(tx, "year.set_habits", habits.committee, by=by, now=now)
    return saved


async def set_busy(tx: Transaction, busy: Busy) -> None:
    """Note on which half-days one is busy oneself; a plan goes by it where it can."""
    await tx.year_calendar.save_busy(busy)


async def _record(tx: Transaction, action: str, about: str, *, by: Person, now: datetime) -> None:
    await tx.audit.record(
        at=now, actor=by.id, action=action, about=about, result="ok", purpose=ADMINISTRATION
    )
