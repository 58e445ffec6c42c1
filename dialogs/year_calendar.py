"""School holidays and closed days: read by everybody, kept by the Secretariat (CAL-3)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from cards import year_calendar as cards
from cards.plain import unmarked
from cards.shown import Shown
from dialogs.engine import begins
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import AnyDay, ComingDay
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.sent import Answers, Sent
from dialogs.things_year import HOLIDAY
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.dates import read_date
from domain.errors import RuleBroken
from domain.meeting_year import ClosedDay, KeptHoliday
from domain.meeting_years import FIRST, LAST
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases.ask_plan import may_plan
from usecases.keep_year_calendar import (
    close_day,
    closed_in,
    holidays_of,
    open_day,
    remove_holiday,
    save_holiday,
)
from usecases.permit_office import permit_office

MIDSUMMER = 6  # after this month the next year is what is planned


def year_in(aim: Aim, turn: Turn) -> int:
    """Read which year is meant; the one to plan next where none is said.

    :raises RuleBroken: `year_plan.which_year`
    """
    said = aim.inputs.get("year", "") or aim.rest
    if not said:
        return turn.today.year + (turn.today.month > MIDSUMMER)
    if not said.isdecimal() or not FIRST <= int(said) <= LAST:
        raise RuleBroken("year_plan.which_year", first=FIRST, last=LAST)
    return int(said)


async def _holidays(tx: Transaction, turn: Turn, year: int, *, top: str = "") -> Shown:
    kept = await holidays_of(tx, year)
    may_ = await may_plan(tx, turn.person)
    return cards.holidays(year, kept, may=may_, say=turn.say, top=top)


async def _list(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _holidays(tx, turn, year_in(aim, turn))


async def _pick(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show one line of the table: chosen on the card, or typed by its year and number."""
    await permit_office(tx, turn.person, OfficeAction.PLAN_YEAR)
    found = None
    if aim.rest:
        year, number = map(int, aim.rest.split())
        kept = await holidays_of(tx, year)
        found = kept[number - 1] if 0 < number <= len(kept) else None
    elif chosen := aim.inputs.get(cards.WHICH, ""):
        found = await tx.year_calendar.holiday(_id(chosen))
    if found is None:
        raise RuleBroken("holiday.none_chosen")
    return cards.holiday(found, say=turn.say)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise RuleBroken("press.not_ours") from None


async def _held(tx: Transaction, turn: Turn, id: UUID) -> KeptHoliday:
    found = await tx.year_calendar.holiday(id)
    if found is None or not await may_plan(tx, turn.person):
        raise RuleBroken("holiday.not_found", about=str(id))
    return found


async def _remove(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    found = await _held(tx, turn, aim.id)
    if found.version != aim.version:
        raise RuleBroken("holiday.moved_on")
    await remove_holiday(tx, aim.id, by=turn.person, now=turn.at)
    gone = turn.say("holiday.removed", name=unmarked(found.name))
    return await _holidays(tx, turn, found.from_on.year, top=gone)


async def _may_keep(tx: Transaction, asking: Asking) -> Given:
    await permit_office(tx, asking.turn.person, OfficeAction.PLAN_YEAR)
    return Given()


async def _as_it_is(tx: Transaction, asking: Asking) -> Given:
    found = await _held(tx, asking.turn, asking.about)
    return Given(
        title=found.name,
        version=found.version,
        known={
            "name": found.name,
            "from_on": found.from_on.isoformat(),
            "to_on": found.to_on.isoformat(),
            "source": found.source,
        },
    )


def _check(answers: Answers) -> None:
    from_on, to_on = (date.fromisoformat(str(answers[key])) for key in ("from_on", "to_on"))
    if to_on < from_on:
        raise RuleBroken("holiday.backwards")


async def _saved(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    from_on = sent.day("from_on") or turn.today
    holiday = KeptHoliday(
        id=sent.id,
        name=sent.text("name"),
        from_on=from_on,
        to_on=sent.day("to_on") or from_on,
        source=sent.text("source"),
        noted_by=turn.person.id,
        noted_at=turn.at,
    )
    if sent.seen:  # the version of the line that is changed
        holiday = replace(holiday, id=sent.about, version=sent.seen)
    saved = await save_holiday(tx, holiday, by=turn.person)
    return await _holidays(
        tx, turn, saved.from_on.year, top=turn.say("holiday.saved", name=unmarked(saved.name))
    )


_META = DataClass.METADATA
_LINE = Step(
    key="line",
    fields=(
        Field(key="name", kind=Text(least=2, at_most=60), data=_META, texts="holiday"),
        Field(key="from_on", kind=AnyDay(), data=_META, texts="holiday"),
        Field(key="to_on", kind=AnyDay(), data=_META, texts="holiday"),
        Field(key="source", kind=Text(least=3, at_most=300), data=_META, texts="holiday"),
    ),
    check=_check,
    texts="holiday",
)
ADD = Flow(name="holiday", steps=(_LINE,), finish=_saved, keeps_key=False, load=_may_keep)
CHANGE = Flow(
    name="holiday_change",
    about=HOLIDAY,
    steps=(_LINE,),
    finish=_saved,
    keeps_key=False,
    load=_as_it_is,
)


async def _closed(tx: Transaction, turn: Turn, year: int, *, top: str = "") -> Shown:
    kept = await closed_in(tx, year)
    may_ = await may_plan(tx, turn.person)
    return cards.closed(year, kept, may=may_, say=turn.say, top=top)


async def _list_closed(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _closed(tx, turn, year_in(aim, turn))


async def _close(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    day = sent.day("day") or turn.today
    closed = ClosedDay(day=day, why=sent.text("why"), noted_by=turn.person.id, noted_at=turn.at)
    await close_day(tx, closed, by=turn.person)
    done = turn.say("closed_day.closed", day=turn.say.day(day))
    return await _closed(tx, turn, day.year, top=done)


async def _reopen(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    chosen = aim.rest or aim.inputs.get(cards.WHICH, "")
    if not chosen:
        raise RuleBroken("closed_day.none_chosen")
    day = read_date(chosen, today=turn.today, coming=True)
    await open_day(tx, day, by=turn.person, now=turn.at)
    done = turn.say("closed_day.opened", day=turn.say.day(day))
    return await _closed(tx, turn, day.year, top=done)


CLOSE = Flow(
    name="closed_day",
    steps=(
        Step(
            key="day",
            fields=(
                Field(key="day", kind=ComingDay(), data=_META),
                Field(key="why", kind=Text(least=2, at_most=100), data=_META),
            ),
        ),
    ),
    finish=_close,
    keeps_key=False,
    load=_may_keep,
)


def plans(actor: Actor) -> bool:
    return may(actor, OfficeAction.PLAN_YEAR)


_YEAR = frozenset({"year"})
_WHICH = frozenset({cards.WHICH})
OFFER = Offer(
    verbs={
        "holiday.list": Verb(
            take=_list, asks=_YEAR, words=("skoleferier", "school holidays"), rest=r"(?: 20\d\d)?"
        ),
        "holiday.add": Verb(take=begins(ADD), words=("ny skoleferie", "new school holiday")),
        "holiday.pick": Verb(
            take=_pick,
            asks=_WHICH,
            words=("ret skoleferie", "change school holiday"),
            rest=r" 20\d\d \d{1,2}",
        ),
        "holiday.change": Verb(take=begins(CHANGE), about=HOLIDAY),
        "holiday.remove": Verb(take=_remove, about=HOLIDAY),
        "closed_day.list": Verb(
            take=_list_closed, asks=_YEAR, words=("lukkedage", "closed days"), rest=r"(?: 20\d\d)?"
        ),
        "closed_day.add": Verb(take=begins(CLOSE), words=("ny lukkedag", "new closed day")),
        "closed_day.reopen": Verb(
            take=_reopen, asks=_WHICH, words=("åbn lukkedag", "open closed day"), rest=r" .{6,40}"
        ),
    },
    flows=(ADD, CHANGE, CLOSE),
    helps={"help.year_calendar": plans},
)
