"""The calendar that plans grow from: kept by the Secretariat, begun with examples (BER-40)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from domain.action_plans import ActionPlan
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.meeting_year import KeptHoliday
from domain.office_actions import OfficeAction, may
from domain.people import Person
from domain.plan_calendar import CalendarRow, holiday_rows, lacking, sensible_row
from domain.plan_templates import Template
from storage.database import Transaction
from usecases.keep_templates import catalogue_now
from usecases.permit import actor_of
from usecases.permit_office import permit_office
from usecases.read_readiness import calendar_examples

AHEAD = timedelta(days=2 * 366)
SINCE = timedelta(days=2)  # a last day counts until it is over, its plan ends in the morning
_LINES = UUID("0d9b1d41-96b4-5a1f-8f7e-7a3f8c5be3a2")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSeen:
    """What lies ahead.

    :param rows: what the Secretariat keeps, the first first.
    :param holidays: of the table of school holidays, which is kept elsewhere.
    :param plans: the plan that has grown from a row, by the row's id.
    """

    rows: Sequence[CalendarRow]
    holidays: Sequence[CalendarRow]
    templates: Mapping[str, Template] = field(repr=False)
    plans: Mapping[UUID, ActionPlan]


async def see_plan_calendar(tx: Transaction, *, by: Person, now: datetime) -> CalendarSeen:
    """Show what lies ahead and is not over.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.KEEP_READINESS)
    today = local_date(now)
    catalogue = await catalogue_now(tx)
    plans = await tx.action_plans.ahead(since=now - SINCE)
    return CalendarSeen(
        rows=[each for each in await tx.plan_calendar.rows() if each.to_on >= today],
        holidays=[each for each in await rows_of_holidays(tx, today) if each.to_on >= today],
        templates=catalogue.templates,
        plans={each.row: each for each in plans if each.row is not None},
    )


async def plans_ahead(tx: Transaction, *, by: Person, now: datetime) -> list[ActionPlan]:
    """List the plans that have grown and are not over, as they are numbered.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.KEEP_READINESS)
    ahead = await tx.action_plans.ahead(since=now)
    return sorted(ahead, key=lambda each: (each.starts_at, each.title, each.id))


async def rows_of_holidays(tx: Transaction, today: date) -> list[CalendarRow]:
    """Make rows of the school holidays around a day."""
    kept = await tx.year_calendar.holidays(today - AHEAD, today + AHEAD)
    return holiday_rows(kept, follows=calendar_examples().follows)


async def find_row(tx: Transaction, id: UUID, *, by: Person) -> CalendarRow:
    """Find a row of one's own keeping.

    :raises RuleBroken: `calendar.not_found`, also for whom it is not for
    """
    found = await tx.plan_calendar.find(id)
    if found is None or not may(await actor_of(tx, by), OfficeAction.KEEP_READINESS):
        raise RuleBroken("calendar.not_found", about=str(id))
    return found


async def save_row(tx: Transaction, row: CalendarRow, *, by: Person, now: datetime) -> CalendarRow:
    """Add a row, or change one; a plan that it has grown already stays as it is.

    :raises RuleBroken: `office.secretariat_only`, what `sensible_row` refuses, or
        `calendar.moved_on`
    """
    await permit_office(tx, by, OfficeAction.KEEP_READINESS)
    templates = (await catalogue_now(tx)).templates
    saved = await tx.plan_calendar.save(sensible_row(row, templates=templates), by=by.id, now=now)
    await _record(tx, "calendar.keep_row", saved, by=by, now=now)
    return saved


async def confirm_row(
    tx: Transaction, id: UUID, *, seen: int, by: Person, now: datetime
) -> CalendarRow:
    """Say that the date is right.

    :raises RuleBroken: as `find_row`, or `calendar.moved_on`
    """
    row = await find_row(tx, id, by=by)
    if row.confirmed:
        return row
    return await save_row(tx, replace(row, confirmed=True, version=seen), by=by, now=now)


async def remove_row(
    tx: Transaction, id: UUID, *, seen: int, by: Person, now: datetime
) -> CalendarRow:
    """Take a row out, and say which it was; a plan that it has grown stays.

    :raises RuleBroken: as `find_row`, or `calendar.moved_on`
    """
    row = await find_row(tx, id, by=by)
    await tx.plan_calendar.remove(replace(row, version=seen))
    await _record(tx, "calendar.remove_row", row, by=by, now=now)
    return row


async def begin_calendar(tx: Transaction, *, now: datetime) -> None:
    """Put the examples of this release in, once: what was corrected or taken out stays so.

    With new examples come the days of their school holidays that nobody has noted.
    """
    examples = calendar_examples()
    if not await tx.plan_calendar.begin(examples.days, now=now) or not examples.holidays:
        return
    first = min(each.from_on for each in examples.holidays)
    kept = await tx.year_calendar.holidays(first, max(each.to_on for each in examples.holidays))
    for each in lacking(examples.holidays, kept):
        await tx.year_calendar.save_holiday(
            KeptHoliday(
                id=uuid5(_LINES, f"{each.name} {each.from_on}"),
                name=each.name,
                from_on=each.from_on,
                to_on=each.to_on,
                source=each.source,
                noted_at=now,
            )
        )


async def _record(
    tx: Transaction, action: str, row: CalendarRow, *, by: Person, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=action,
        about=str(row.id),
        result=row.template,
        purpose=ADMINISTRATION,
    )
