"""The things of the year of meetings: a year, a plan of it, a school holiday, a group's habits."""

from uuid import NAMESPACE_OID, UUID, uuid5

from cards.presses import about
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.errors import RuleBroken
from domain.meeting_years import YEARS, year_id
from domain.people import CommitteeCode
from storage.database import Transaction
from usecases.ask_plan import may_plan, read_plan


def habits_id(code: CommitteeCode) -> UUID:
    return uuid5(NAMESPACE_OID, f"meeting habits/{code}")


async def committee_of(tx: Transaction, id: UUID) -> CommitteeCode:
    """Say whose habits these are.

    :raises RuleBroken: `habits.not_found`
    """
    for each in await tx.organisation.committees():
        if habits_id(each.code) == id:
            return each.code
    raise RuleBroken("habits.not_found", about=str(id))


async def _find_year(_: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = year_id(int(reference))
    return (found, 0) if found in YEARS else None


async def _year_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    if id not in YEARS or not await may_plan(tx, turn.person):
        return None
    return turn.say("button.yearplan.see"), "yearplan.see", {"year": str(YEARS[id])}


async def _plan_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        run = await read_plan(tx, id, by=turn.person)
    except RuleBroken:
        return None
    data = about("year_plan", run.id, run.version)
    return turn.say("button.yearplan.open"), "yearplan.open", data


async def _holiday_again(_: Transaction, turn: Turn, __: UUID) -> Button:
    return turn.say("button.holiday.list"), "holiday.list", {}


async def _habits_again(_: Transaction, turn: Turn, __: UUID) -> Button:
    return turn.say("button.habits.list"), "habits.list", {}


async def _find_habits(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    for each in await tx.organisation.committees():
        if each.code.casefold() == reference.casefold():
            habits = await tx.year_calendar.habits_of(each.code)
            return habits_id(each.code), habits.version
    return None


YEAR = Thing(
    name="meeting_year",
    reference=r"\d{4}",
    versioned=False,
    find=_find_year,
    again=_year_again,
)
YEAR_PLAN = Thing(name="year_plan", again=_plan_again)
HOLIDAY = Thing(name="holiday", again=_holiday_again)
HABITS = Thing(
    name="habits",
    reference=r"[a-zæøå0-9]{2,4}(?:-[a-zæøå0-9]{1,6})?",
    find=_find_habits,
    again=_habits_again,
)
