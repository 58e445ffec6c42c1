"""The year plan: asked for by the Secretariat, followed while it is computed, looked at."""

import re
from collections.abc import Iterable, Mapping
from uuid import uuid4

from cards import year_plans as cards
from cards.shown import Json, Shown
from cards.year_plans import Names
from dialogs.engine import begins
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import SeveralOffered
from dialogs.offers import Offer, everybody
from dialogs.presses import Aim, Verb
from dialogs.sent import Sent
from dialogs.things_year import YEAR, YEAR_PLAN
from dialogs.turns import Turn
from dialogs.year_calendar import plans, year_in
from dialogs.year_changes import see_changes, see_shortfalls, see_year
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.meeting_years import year_id, year_of
from domain.people import CommitteeType, PersonId
from domain.plan_changes import counted
from domain.plan_runs import OPEN, PlanKind, PlanRun, PlanState, Proposed, Staff, Terms, newest
from domain.year_plan import NoPlan
from storage.database import Transaction
from usecases.ask_plan import ask_plan, drop_plan, may_plan, must_be_near, read_plan
from usecases.keep_year_calendar import holidays_of
from usecases.publish_plan import changes_of
from usecases.read_year import names_of, read_year

LOOKED_AT = (*OPEN, PlanState.IMPOSSIBLE, PlanState.FAILED, PlanState.PUBLISHED)
PARTS: Mapping[str, str] = {
    "ændringer": "changes",
    "changes": "changes",
    "mangler": "shortfalls",
    "shortfalls": "shortfalls",
}
_TYPED = re.compile(r"(?P<year>20\d\d)?\s?(?P<part>[a-zæøå]{1,20})?\s?(?P<page>\d{1,3})?")


async def see(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show where the plan of a year is; to who does not plan, their own meetings."""
    typed = _TYPED.fullmatch(aim.rest)
    said = (typed["year"] or "") if typed else ""
    year = year_in(Aim(inputs=aim.inputs, rest=said), turn)
    if not await may_plan(tx, turn.person):
        return await see_year(tx, turn, year=year, page=1)
    run = await _latest(tx, year)
    part = PARTS.get((typed["part"] or "") if typed else "")
    if run is None:
        kept = await holidays_of(tx, year)
        return cards.nothing_yet(year, _here(year), kept, say=turn.say)
    page = int(typed["page"] or 1) if typed else 1
    if part == "changes":
        return await see_changes(tx, turn, run, page=page)
    if part == "shortfalls":
        return await see_shortfalls(tx, turn, run, page=page)
    return await shown(tx, turn, run)


async def _latest(tx: Transaction, year: int) -> PlanRun | None:
    """Find what there is to look at: what was asked last, or the plan in force."""
    asked = [each for each in await tx.year_plans.of_year(year) if each.kind is not PlanKind.STAFF]
    return newest(asked, states=LOOKED_AT)


def _here(year: int) -> dict[str, Json]:
    return {YEAR.name: str(year_id(year))}


async def shown(tx: Transaction, turn: Turn, run: PlanRun) -> Shown:
    """Show a plan as it stands."""
    say = turn.say
    match run.state:
        case PlanState.WAITING:
            return cards.computing(run, say=say)
        case PlanState.APPROVED:
            return cards.publishing(run, say=say)
        case PlanState.FAILED:
            return cards.failed(run, say=say)
        case PlanState.DROPPED | PlanState.REPLACED:
            return cards.over(run, say=say)
        case PlanState.PUBLISHED:
            view = await read_year(tx, by=turn.person, year=run.year)
            by = await tx.people.get(run.decided_by or run.asked_by)
            here = _here(run.year)
            count = len(view.meetings)
            return cards.published(run, here, by=by.name, meetings=count, say=say)
        case PlanState.PROPOSED | PlanState.IMPOSSIBLE | PlanState.ANSWERED:
            return await _answer(tx, turn, run)


async def _answer(tx: Transaction, turn: Turn, run: PlanRun) -> Shown:
    match run.result:
        case Proposed():
            found = await changes_of(tx, run, today=turn.today)
            return cards.proposed(run, run.result, counted(found), say=turn.say)
        case NoPlan():
            named = [person for each in run.result.causes for person in each.persons]
            names = await _names(tx, named)
            return cards.impossible(run, run.result, names, say=turn.say)
        case Staff():
            names = await _names(tx, run.result.led_by.values())
            return cards.staff(run, run.result, names, say=turn.say)
        case None:
            return cards.failed(run, say=turn.say)


async def _names(tx: Transaction, people: Iterable[PersonId]) -> Names:
    found = await tx.people.of_ids(sorted(set(people)))
    return Names(
        committees=await names_of(tx), people={each.id: each.name for each in found.values()}
    )


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await shown(tx, turn, await read_plan(tx, aim.id, by=turn.person))


async def _drop(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    dropped = await drop_plan(tx, aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await shown(tx, turn, dropped)


async def _drop_typed(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    year = year_of(aim.id)
    run = await _latest(tx, year) if await may_plan(tx, turn.person) else None
    if run is None or run.state not in {PlanState.PROPOSED, PlanState.WAITING}:
        raise RuleBroken("meeting_year.not_found", about=str(aim.id))
    return await _drop(tx, turn, Aim(id=run.id, version=run.version))


async def _types(tx: Transaction, asking: Asking) -> Given:
    """Offer the types of committee there are, as they were treated the last time."""
    turn, year = asking.turn, year_of(asking.about)
    if not await may_plan(tx, turn.person):
        raise RuleBroken("meeting_year.not_found", about=str(asking.about))
    must_be_near(year, today=turn.today)
    there = {each.type for each in await tx.organisation.committees()}
    before = [
        each
        for earlier in (year, year - 1)
        for each in await tx.year_plans.of_year(earlier)
        if each.kind is PlanKind.PLAN
    ]
    held: list[Json] = [each.value for each in before[0].terms.holds] if before else []
    table = [] if await holidays_of(tx, year) else [turn.say("holiday.none", year=year)]
    return Given(
        title=turn.say("yearplan.begin_title", year=year),
        offers={
            "holds": {
                each.value: turn.say(f"committee_type.{each}")
                for each in CommitteeType
                if each in there
            }
        },
        known={"holds": held} if held else {},
        notes=[turn.say("yearplan.policy_note"), *table],
    )


async def _ask(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    run = await ask_plan(
        tx,
        id=sent.id,
        kind=PlanKind.PLAN,
        year=year_of(sent.about),
        terms=Terms(holds=tuple(map(CommitteeType, sent.several("holds")))),
        by=turn.person,
        now=turn.at,
        today=turn.today,
    )
    return await shown(tx, turn, run)


BEGIN = Flow(
    name="yearplan_begin",
    about=YEAR,
    steps=(
        Step(
            key="policy",
            fields=(
                Field(key="holds", kind=SeveralOffered(), data=DataClass.METADATA, optional=True),
            ),
        ),
    ),
    finish=_ask,
    keeps_key=False,
    load=_types,
)


async def _staff(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Ask how many facilitators a year needs; one question at a time."""
    year = year_of(aim.id)
    if not await may_plan(tx, turn.person):
        raise RuleBroken("meeting_year.not_found", about=str(aim.id))
    asked = await tx.year_plans.of_year(year, states=[PlanState.WAITING])
    if asked:
        return await shown(tx, turn, asked[0])
    run = await ask_plan(
        tx,
        id=uuid4(),
        kind=PlanKind.STAFF,
        year=year,
        terms=Terms(),
        by=turn.person,
        now=turn.at,
        today=turn.today,
    )
    return await shown(tx, turn, run)


OFFER = Offer(
    verbs={
        "yearplan.see": Verb(
            take=see,
            asks=frozenset({"year"}),
            words=("årsplan", "year plan"),
            rest=rf"(?: 20\d\d)?(?: (?:{'|'.join(PARTS)}))?(?: \d{{1,3}})?",
        ),
        "yearplan.begin": Verb(take=begins(BEGIN), about=YEAR, words=("planlæg", "plan the year")),
        "yearplan.staff": Verb(take=_staff, about=YEAR, words=("facilitatorer", "facilitators")),
        "yearplan.open": Verb(take=_open, about=YEAR_PLAN),
        "yearplan.drop": Verb(take=_drop, about=YEAR_PLAN),
        "yearplan.drop_typed": Verb(
            take=_drop_typed,
            about=YEAR,
            words=("kassér årsplan", "drop year plan"),
            typed_only=True,
        ),
    },
    flows=(BEGIN,),
    helps={"help.year_plan": plans, "help.year": everybody},
)
