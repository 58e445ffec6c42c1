"""What a plan would change, its approval, changing it again, and the year as a list."""

import re
from datetime import timedelta
from uuid import uuid4

from cards import year_lists as cards
from cards import year_plans
from cards.shown import Shown
from cards.year_plans import Names
from dialogs.engine import begins
from dialogs.fields import Choice, Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.kinds import ComingDay, Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.sent import Sent
from dialogs.things_year import YEAR, YEAR_PLAN
from dialogs.turns import Turn
from dialogs.year_calendar import year_in
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.meeting_year import HALVES, ClosedDay
from domain.meeting_years import year_of
from domain.people import CommitteeCode
from domain.plan_changes import mark
from domain.plan_runs import Leave, PlanKind, PlanRun, PlanState, Proposed, Terms
from storage.database import Transaction
from usecases.ask_plan import ask_plan, may_plan, read_plan
from usecases.ask_year_papers import ask_year_papers
from usecases.keep_year_calendar import close_day, set_habits
from usecases.publish_plan import approve_plan, changes_for, changes_of
from usecases.read_year import names_of, read_year

WHAT = ("register", "week", "halves", "day")
_META = DataClass.METADATA


def _page(aim: Aim) -> int:
    said = aim.inputs.get("page", "")
    return int(said) if said.isdecimal() and len(said) < len("0000") else 1


async def see_changes(tx: Transaction, turn: Turn, run: PlanRun, *, page: int) -> Shown:
    found = await changes_of(tx, run, today=turn.today)
    return cards.changes(
        run,
        found,
        Names(committees=await names_of(tx)),
        page=page,
        mark=mark(found),
        may_approve=run.state is PlanState.PROPOSED,
        say=turn.say,
    )


async def see_shortfalls(tx: Transaction, turn: Turn, run: PlanRun, *, page: int) -> Shown:
    """List who would be missing.

    :raises RuleBroken: `year_plan.not_proposed`
    """
    if not isinstance(run.result, Proposed):
        raise RuleBroken("year_plan.not_proposed")
    return cards.shortfalls(
        run,
        run.result.plan,
        run.result.shortfalls,
        Names(committees=await names_of(tx)),
        page=page,
        say=turn.say,
    )


async def see_year(tx: Transaction, turn: Turn, *, year: int, page: int) -> Shown:
    view = await read_year(tx, by=turn.person, year=year)
    return cards.year(
        year,
        view.meetings,
        Names(committees={each.code: each.name for each in view.committees}),
        everything=view.everything,
        page=page,
        say=turn.say,
    )


async def _changes(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    run = await read_plan(tx, aim.id, by=turn.person)
    return await see_changes(tx, turn, run, page=_page(aim))


async def _shortfalls(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    run = await read_plan(tx, aim.id, by=turn.person)
    return await see_shortfalls(tx, turn, run, page=_page(aim))


async def _list(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show the year, chosen by a button or typed as `årshjul 2027 2`."""
    typed = re.fullmatch(r"(20\d\d)?\s?(\d{1,3})?", aim.rest)
    said, page = (typed[1] or "", int(typed[2] or 1)) if typed and aim.rest else ("", _page(aim))
    here = Aim(inputs=aim.inputs, rest=said)
    year = year_in(here, turn) if said or aim.inputs.get("year") else turn.today.year
    return await see_year(tx, turn, year=year, page=page)


async def _mine(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show what the plan in force changed for oneself."""
    year = year_in(aim, turn)
    run = await tx.year_plans.published(year)
    if run is None:
        return await see_year(tx, turn, year=year, page=1)
    found = await changes_for(tx, run, turn.person)
    names = Names(committees=await names_of(tx))
    return cards.my_changes(run, found, names, page=_page(aim), say=turn.say)


async def _approve(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    run = await approve_plan(
        tx,
        aim.id,
        seen=aim.version,
        shown=aim.inputs.get("shown", ""),
        by=turn.person,
        now=turn.at,
        today=turn.today,
    )
    return year_plans.publishing(run, say=turn.say)


async def _approve_typed(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Approve by the letters that stand under the changes: `udgiv årsplan 2027 1a2b3c4d`."""
    year = year_of(aim.id)
    proposed = await tx.year_plans.of_year(year, states=[PlanState.PROPOSED])
    if not proposed or not await may_plan(tx, turn.person):
        raise RuleBroken("meeting_year.not_found", about=str(aim.id))
    run = proposed[0]
    inputs = {"shown": aim.rest}
    return await _approve(tx, turn, Aim(id=run.id, version=run.version, inputs=inputs))


async def _papers(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    year = year_in(aim, turn)
    await ask_year_papers(tx, id=uuid4(), year=year, by=turn.person, now=turn.at)
    return cards.papers_asked(year, say=turn.say)


async def _to_replan(tx: Transaction, asking: Asking) -> Given:
    turn, year = asking.turn, year_of(asking.about)
    if not await may_plan(tx, turn.person):
        raise RuleBroken("meeting_year.not_found", about=str(asking.about))
    if await tx.year_plans.published(year) is None:
        raise RuleBroken("year_plan.none_published", year=year)
    names = await names_of(tx)
    return Given(
        title=turn.say("yearplan.replan_title", year=year),
        offers={"committee": {str(code): name for code, name in names.items()}},
        notes=[turn.say("yearplan.replan_note")],
    )


async def _replan(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    """Note the change where it is to last, and ask for the plan that moves the fewest."""
    year, code = year_of(sent.about), CommitteeCode(sent.text("committee"))
    base = await tx.year_plans.published(year)
    leave: tuple[Leave, ...] = ()
    match sent.text("what"):
        case "week":
            leave = (_week(code, sent, turn),)
        case "halves":
            own = await tx.year_calendar.habits_of(code)
            barred = own.barring(sent.several("halves"), by=turn.person.id, at=turn.at)
            await set_habits(tx, barred, by=turn.person, now=turn.at)
        case "day":
            closed = ClosedDay(
                day=sent.day("day") or turn.today,
                why=sent.text("why"),
                noted_by=turn.person.id,
                noted_at=turn.at,
            )
            await close_day(tx, closed, by=turn.person)
        case _:
            pass  # it is noted already
    run = await ask_plan(
        tx,
        id=sent.id,
        kind=PlanKind.REPLAN,
        year=year,
        terms=Terms(holds=base.terms.holds if base else (), leave=leave),
        by=turn.person,
        now=turn.at,
        today=turn.today,
    )
    return year_plans.computing(run, say=turn.say)


def _week(code: CommitteeCode, sent: Sent, turn: Turn) -> Leave:
    day = sent.day("week") or turn.today
    monday = day - timedelta(days=day.weekday())
    return Leave(committee=code, days=tuple(monday + timedelta(days=n) for n in range(5)))


REPLAN = Flow(
    name="replan",
    about=YEAR,
    steps=(
        Step(
            key="change",
            fields=(
                Field(key="what", kind=Choice(names=WHAT, texts="replan.what"), data=_META),
                Field(
                    key="committee",
                    kind=Offered(),
                    data=_META,
                    shown=is_("what", "week", "halves"),
                ),
                Field(key="week", kind=ComingDay(), data=_META, shown=is_("what", "week")),
                Field(
                    key="halves",
                    kind=Several(names=tuple(HALVES), texts="half_day"),
                    data=_META,
                    shown=is_("what", "halves"),
                ),
                Field(key="day", kind=ComingDay(), data=_META, shown=is_("what", "day")),
                Field(
                    key="why",
                    kind=Text(least=2, at_most=100),
                    data=_META,
                    shown=is_("what", "day"),
                ),
            ),
        ),
    ),
    finish=_replan,
    keeps_key=False,
    load=_to_replan,
)
_PAGED = frozenset({"page"})
_OF_YEAR = frozenset({"year", "page"})
OFFER = Offer(
    verbs={
        "yearplan.changes": Verb(take=_changes, about=YEAR_PLAN, asks=_PAGED),
        "yearplan.shortfalls": Verb(take=_shortfalls, about=YEAR_PLAN, asks=_PAGED),
        "yearplan.approve": Verb(take=_approve, about=YEAR_PLAN, asks=frozenset({"shown"})),
        "yearplan.approve_typed": Verb(
            take=_approve_typed,
            about=YEAR,
            words=("udgiv årsplan", "publish year plan"),
            rest=r" [0-9a-f]{8}",
            typed_only=True,
        ),
        "yearplan.list": Verb(
            take=_list,
            asks=_OF_YEAR,
            words=("årshjul", "year wheel"),
            rest=r"(?: 20\d\d)?(?: \d{1,3})?",
        ),
        "yearplan.mine": Verb(
            take=_mine,
            asks=_OF_YEAR,
            words=("mine ændringer", "my changes"),
            rest=r"(?: 20\d\d)?",
        ),
        "yearplan.papers": Verb(
            take=_papers,
            asks=frozenset({"year"}),
            words=("årsplan på papir", "year plan on paper"),
            rest=r"(?: 20\d\d)?",
        ),
        "yearplan.replan": Verb(take=begins(REPLAN), about=YEAR, words=("omplanlæg", "replan")),
    },
    flows=(REPLAN,),
)
