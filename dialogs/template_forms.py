"""The forms in which the Secretariat changes a template of readiness, without code (BER-39)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from uuid import UUID

from cards.alert_words import shortened
from cards.delivery import said, warned
from cards.plain import plain
from cards.plan_views import party_name
from cards.shown import Json, Shown
from cards.templates import known_measures, opened
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import YES_NO, Offered, SeveralOffered
from dialogs.sent import Answers, Sent
from dialogs.template_fields import (
    BECAUSE,
    META,
    OWN_LISTS,
    known,
    laid,
    listed,
    timed,
)
from dialogs.things_templates import TEMPLATE, seen_by_id
from dialogs.turns import Turn
from domain.alerts import Level
from domain.errors import RuleBroken
from domain.parties import Party
from domain.plan_templates import Data, PlanKind, Steering
from domain.template_fields import TemplateFlawed
from storage.database import Transaction
from usecases.keep_templates import (
    TemplateSeen,
    change_template,
    copy_template,
    see_template,
)
from usecases.read_readiness import read_written, written_text

MOST_PROBLEMS = 5
LEARNED = 100  # characters of what was learned, to choose by
TEXT = 12000  # characters: the longest template fills a third
Load = Callable[[Transaction, Asking], Awaitable[Given]]
TITLE = Field(key="title", kind=Text(least=3, at_most=80), data=META)


async def page(tx: Transaction, turn: Turn, code: str, *, top: str = "") -> Shown:
    """Show a template, under what has just been done if anything."""
    seen = await see_template(tx, code, by=turn.person)
    parts = [said(turn.say(top, label=seen.template.label))] if top else []
    parts += [warned(turn.say("template_page.left_out"))] if seen.left_out else []
    return opened(
        seen.template,
        seen.written,
        measures=seen.catalogue.measures,
        top=parts,
        say=turn.say,
    )


async def _load(tx: Transaction, asking: Asking) -> Given:
    seen = await seen_by_id(tx, asking.turn, asking.about)
    return _given(seen, asking.turn, known(seen.written))


async def _load_measures(tx: Transaction, asking: Asking) -> Given:
    seen = await seen_by_id(tx, asking.turn, asking.about)
    given = _given(seen, asking.turn, known(seen.written))
    named = known_measures(seen.catalogue.measures, say=asking.turn.say)
    return replace(given, notes=[*given.notes, named])


def _given(seen: TemplateSeen, turn: Turn, told: Answers) -> Given:
    say, template = turn.say, seen.template
    return Given(
        title=f"{template.code} {template.title}",
        version=template.revision,
        offers={
            "parties": {each.value: party_name(each, say=say) for each in Party},
            "level": {str(int(each)): say(f"template_page.level_{int(each)}") for each in Level},
            "learning": {
                str(each.id): plain(shortened(each.words, at_most=LEARNED))
                for each in seen.learnings
            },
        },
        known=told,
        notes=[say("template.note")],
        facts={
            "kind": template.kind.value,
            "learned": bool(seen.learnings),
        },
    )


async def _change(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    return await _changed(tx, sent, turn, laid(sent.answers))


async def _changed(
    tx: Transaction, sent: Sent, turn: Turn, fields: Mapping[str, Data | None]
) -> Shown:
    seen = await seen_by_id(tx, turn, sent.about)
    learning = sent.text("learning")
    try:
        template = await change_template(
            tx,
            seen.template.code,
            seen=sent.seen,
            laid=fields,
            because=sent.text("because"),
            learning=UUID(learning) if learning else None,
            by=turn.person,
            now=turn.at,
        )
    except TemplateFlawed as flawed:
        raise told(flawed, turn) from None
    return await page(tx, turn, template.code, top="template_page.saved")


def told(flawed: TemplateFlawed, turn: Turn) -> RuleBroken:
    """Say everything that is wrong at once, each in a sentence of its own."""
    return RuleBroken("template.flawed", problems=problems_of(flawed, turn))


def problems_of(flawed: TemplateFlawed, turn: Turn) -> str:
    sentences = [turn.say(f"rule.{each.code}", **each.facts) for each in flawed.problems]
    return " ".join(dict.fromkeys(sentences[:MOST_PROBLEMS]))


def _form(name: str, *fields: Field, load: Load = _load) -> Flow:
    return Flow(
        name=f"template_{name}",
        about=TEMPLATE,
        load=load,
        steps=(Step(key=name, fields=(*fields, *BECAUSE)),),
        finish=_change,
        keeps_key=False,
        facts={"kind": tuple(each.value for each in PlanKind), "learned": (True, False)},
    )


WHAT = _form(
    "what",
    TITLE,
    Field(key="trigger", kind=Text(least=3, at_most=600, lines=True), data=META),
    Field(
        key="level",
        kind=Offered(),
        data=META,
        shown=lambda answers: answers.get("kind") != PlanKind.DRILL,
    ),
    Field(key="parties", kind=SeveralOffered(), data=META),
    listed("externals"),
)
MEASURES = _form("measures", listed("measures"), load=_load_measures)
FRAME = _form(
    "frame",
    timed("begins"),
    timed("ends"),
    listed("cadence"),
    listed("reports"),
    listed("meetings"),
)
SHARING = _form(
    "sharing",
    listed("distribution"),
    Field(
        key="steering",
        kind=Choice(names=tuple(Steering), texts="template_steering"),
        data=META,
    ),
    Field(key="at_once", kind=YES_NO, data=META),
)
LISTS = _form("lists", *(listed(each) for each in OWN_LISTS))


async def _load_text(tx: Transaction, asking: Asking) -> Given:
    seen = await seen_by_id(tx, asking.turn, asking.about)
    return _given(seen, asking.turn, {"text": written_text(seen.written)})


async def _write(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    """Take the whole template as it was pasted; a field that is not there is taken away."""
    seen = await seen_by_id(tx, turn, sent.about)
    pasted = read_written(sent.text("text"))
    gone = dict.fromkeys(seen.written.keys() - pasted.keys())
    return await _changed(tx, sent, turn, {**gone, **pasted})


AS_TEXT = Flow(
    name="template_text",
    about=TEMPLATE,
    load=_load_text,
    steps=(
        Step(
            key="text",
            fields=(
                Field(key="text", kind=Text(least=10, at_most=TEXT, lines=True), data=META),
                *BECAUSE,
            ),
        ),
    ),
    finish=_write,
    keeps_key=False,
    facts={"kind": tuple(each.value for each in PlanKind), "learned": (True, False)},
)


async def _load_copy(tx: Transaction, asking: Asking) -> Given:
    seen = await seen_by_id(tx, asking.turn, asking.about)
    title: dict[str, Json] = {"title": seen.template.title}
    return Given(
        title=f"{seen.template.code} {seen.template.title}",
        version=seen.template.revision,
        known=title,
    )


async def _copy(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    seen = await seen_by_id(tx, turn, sent.about)
    try:
        made = await copy_template(
            tx, seen.template.code, title=sent.text("title"), by=turn.person, now=turn.at
        )
    except TemplateFlawed as flawed:
        raise told(flawed, turn) from None
    return await page(tx, turn, made.code, top="template_page.made")


COPY = Flow(
    name="template_copy",
    about=TEMPLATE,
    load=_load_copy,
    steps=(Step(key="copy", fields=(TITLE,)),),
    finish=_copy,
    keeps_key=False,
)
FLOWS = (WHAT, MEASURES, FRAME, SHARING, LISTS, AS_TEXT, COPY)
