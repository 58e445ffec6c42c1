"""The calendar that plans grow from, in the chat: kept by the Secretariat (BER-40)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from cards import plan_calendar as cards
from cards.plain import unmarked
from cards.shown import Json, Shown
from dialogs.engine import begins
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import YES_NO, AnyDay, Offered, SeveralOffered
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Take, Thing, Verb
from dialogs.sent import Answers, Sent
from dialogs.templates import keeps_readiness
from dialogs.turns import Turn
from domain.areas import AREAS
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction
from domain.people import AreaCode
from domain.plan_calendar import CalendarRow
from domain.plan_templates import PlanKind
from storage.database import Transaction
from usecases.keep_plan_calendar import (
    CalendarSeen,
    confirm_row,
    find_row,
    plans_ahead,
    remove_row,
    save_row,
    see_plan_calendar,
)
from usecases.keep_templates import catalogue_now
from usecases.permit_office import permit_office

MOST_PAGES = 99


async def _again(_: Transaction, turn: Turn, __: UUID) -> Button:
    return turn.say("button.calendar.list"), "calendar.list", {}


CALENDAR = Thing(name="calendar", again=_again)


def _page(aim: Aim) -> int:
    said = aim.rest or aim.inputs.get("page", "")
    return min(max(int(said), 1), MOST_PAGES) if said.isdecimal() else 1


async def _list(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _shown(tx, turn, page=_page(aim))


async def _shown(tx: Transaction, turn: Turn, *, page: int = 1, top: str = "") -> Shown:
    seen = await see_plan_calendar(tx, by=turn.person, now=turn.at)
    return cards.listed(
        seen.rows, seen.holidays, grown=seen.plans, page=page, top=top, say=turn.say
    )


def _chosen(seen: CalendarSeen, aim: Aim) -> CalendarRow:
    """Find the line that was chosen on the card, or typed by its number.

    :raises RuleBroken: `calendar.none_chosen`
    """
    found = {str(each.id): each for each in seen.rows}
    if aim.rest:
        found = {str(number): each for number, each in enumerate(seen.rows, start=1)}
    row = found.get(aim.rest or aim.inputs.get(cards.WHICH, ""))
    if row is None:
        raise RuleBroken("calendar.none_chosen")
    return row


def _typed(take: Take) -> Take:
    """Do it with the line whose number was typed."""

    async def taken(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        row = _chosen(await see_plan_calendar(tx, by=turn.person, now=turn.at), aim)
        return await take(tx, turn, Aim(id=row.id, version=row.version))

    return taken


async def _pick(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_plan_calendar(tx, by=turn.person, now=turn.at)
    row = _chosen(seen, aim)
    template = seen.templates.get(row.template)
    return cards.opened(
        row,
        template=template.title if template else "",
        plan=seen.plans.get(row.id),
        say=turn.say,
    )


async def _confirm(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    row = await confirm_row(tx, aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await _shown(tx, turn, top=_told("plan_calendar.confirmed", row, turn))


async def _remove(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    row = await remove_row(tx, aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await _shown(tx, turn, top=_told("plan_calendar.removed", row, turn))


def _told(key: str, row: CalendarRow, turn: Turn) -> str:
    return turn.say(key, name=unmarked(row.titled))


async def _drafts(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    ahead = await plans_ahead(tx, by=turn.person, now=turn.at)
    return cards.drafts(ahead, page=_page(aim), now=turn.at, say=turn.say)


async def _offered(tx: Transaction, turn: Turn) -> Given:
    await permit_office(tx, turn.person, OfficeAction.KEEP_READINESS)
    known = (await catalogue_now(tx)).offered(PlanKind.KNOWN)
    return Given(
        offers={
            "template": {each.code: f"{each.code} {each.title}" for each in known},
            "areas": {area.code: area.name for area in AREAS},
        },
        notes=[turn.say("plan_calendar.note")],
    )


async def _load_new(tx: Transaction, asking: Asking) -> Given:
    return await _offered(tx, asking.turn)


async def _load_row(tx: Transaction, asking: Asking) -> Given:
    row = await find_row(tx, asking.about, by=asking.turn.person)
    known: dict[str, Json] = {
        "template": row.template,
        "name": row.name,
        "from_on": row.from_on.isoformat(),
        "to_on": row.to_on.isoformat(),
        "areas": [*sorted(row.areas)],
        "school": row.school,
        "source": row.source,
        "confirmed": "yes" if row.confirmed else "no",
    }
    offered = await _offered(tx, asking.turn)
    if row.template not in offered.offers["template"]:
        del known["template"]  # it was taken out of use: another must be chosen
    return replace(
        offered,
        title=row.titled,
        version=row.version,
        known={name: value for name, value in known.items() if value},
    )


def _check(answers: Answers) -> None:
    from_on, to_on = (answers.get(key) for key in ("from_on", "to_on"))
    if to_on and date.fromisoformat(str(to_on)) < date.fromisoformat(str(from_on)):
        raise RuleBroken("calendar.backwards", name=str(answers.get("name", "")))


async def _saved(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    from_on = sent.day("from_on") or turn.today
    row = CalendarRow(
        id=sent.about if sent.seen else sent.id,
        template=sent.text("template"),
        name=sent.text("name"),
        from_on=from_on,
        to_on=sent.day("to_on") or from_on,
        areas=frozenset(map(AreaCode, sent.several("areas"))),
        school=sent.text("school"),
        source=sent.text("source"),
        confirmed=sent.yes("confirmed"),
        version=sent.seen,
    )
    saved = await save_row(tx, row, by=turn.person, now=turn.at)
    drawn = saved.id in await tx.action_plans.drawn()
    key = "plan_calendar.saved_after" if drawn else "plan_calendar.saved"
    return await _shown(tx, turn, top=_told(key, saved, turn))


_META = DataClass.METADATA
_LINE = Step(
    key="line",
    fields=tuple(
        Field(key=key, kind=kind, data=_META, texts="calendar", optional=optional)
        for key, kind, optional in (
            ("name", Text(least=2, at_most=80), False),
            ("template", Offered(), False),
            ("from_on", AnyDay(), False),
            ("to_on", AnyDay(), True),
            ("areas", SeveralOffered(), True),
            ("school", Text(least=2, at_most=80), True),
            ("source", Text(least=2, at_most=300), True),
            ("confirmed", YES_NO, False),
        )
    ),
    check=_check,
    texts="calendar",
)
ADD = Flow(name="calendar", steps=(_LINE,), finish=_saved, keeps_key=False, load=_load_new)
CHANGE = Flow(
    name="calendar_change",
    about=CALENDAR,
    steps=(_LINE,),
    finish=_saved,
    keeps_key=False,
    load=_load_row,
)
_NUMBER = r" \d{1,3}"
_PAGED = frozenset({"page"})
OFFER = Offer(
    verbs={
        "calendar.list": Verb(
            take=_list,
            asks=_PAGED,
            words=("beredskabskalender", "readiness calendar"),
            rest=r"(?: \d{1,2})?",
        ),
        "calendar.add": Verb(
            take=begins(ADD), words=("ny i beredskabskalenderen", "new in readiness calendar")
        ),
        "calendar.pick": Verb(
            take=_pick,
            asks=frozenset({cards.WHICH}),
            words=("vis beredskabskalender", "show readiness calendar"),
            rest=_NUMBER,
        ),
        "calendar.change_typed": Verb(
            take=_typed(begins(CHANGE)),
            words=("ret beredskabskalender", "change readiness calendar"),
            rest=_NUMBER,
            typed_only=True,
        ),
        "calendar.confirm_typed": Verb(
            take=_typed(_confirm),
            words=("bekræft beredskabskalender", "confirm readiness calendar"),
            rest=_NUMBER,
            typed_only=True,
        ),
        "calendar.remove_typed": Verb(
            take=_typed(_remove),
            words=("fjern beredskabskalender", "remove readiness calendar"),
            rest=_NUMBER,
            typed_only=True,
        ),
        "calendar.change": Verb(take=begins(CHANGE), about=CALENDAR),
        "calendar.confirm": Verb(take=_confirm, about=CALENDAR),
        "calendar.remove": Verb(take=_remove, about=CALENDAR),
        "calendar.drafts": Verb(
            take=_drafts,
            asks=_PAGED,
            words=("beredskabsplaner", "readiness plans"),
            rest=r"(?: \d{1,2})?",
        ),
    },
    flows=(ADD, CHANGE),
    helps={"help.plan_calendar": keeps_readiness},
)
