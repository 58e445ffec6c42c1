"""The form that activates readiness: two cards and one text, more only for who wants more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cards import alert_preview
from cards.alert_words import drilled, standing_lines
from cards.plain import plain
from cards.shown import Json, Shown
from dialogs.alert_fields import FourQuestions, situation_in
from dialogs.alert_order import (
    AS_TEMPLATE,
    CHOOSE,
    KFO,
    LEVELS,
    WHOLE_CITY,
    externals_in,
    is_answered,
    order_in,
)
from dialogs.fields import Choice, Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import YES_NO, Offered, SeveralOffered
from dialogs.presses import NOBODY
from dialogs.sent import Answers, Sent
from dialogs.turns import Turn
from domain.alert_audience import DEFAULT_AUTHORITIES, default_audience
from domain.areas import AREAS
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import AreaCode, Authority, CommitteeType
from storage.database import Transaction
from usecases.activate_alert import LONGEST_TITLE, activate_alert, preview_alert
from usecases.join_alert import join_alert
from usecases.prepare_alert import Prepared, people_named, prepare_alert

FACT = DataClass.METADATA
FACTS: Mapping[str, tuple[Json, ...]] = {
    "red": ("", Authority.KP.value),
    "similar": ("", "R2026-0001"),
    "lists": (False, True),
    "named": (False, True),
}


async def _load(tx: Transaction, asking: Asking) -> Given:
    """Offer what this person may choose, and look what stands in the way of their answers."""
    turn, answers = asking.turn, asking.answers
    prepared = await prepare_alert(tx, by=turn.person)
    areas = {each.code: each.name for each in AREAS if _may_choose(prepared, each.code)}
    people = await people_named(tx, externals_in(str(answers.get("names") or "")))
    return Given(
        offers={
            "template": {code: f"{code} · {t.title}" for code, t in prepared.templates.items()},
            "areas": areas | _whole_city(prepared, turn),
            "list": {str(each.id): each.name for each in prepared.lists.values()},
            "committees": {str(code): name for code, name in prepared.committees.items()},
            "people": {
                each.id: f"{plain(each.name)} ({turn.say(f'authority.{each.authority}')})"
                for each in people
            },
        },
        known={
            "level": AS_TEMPLATE,
            "drill": "no",
            **({"areas": list(areas)} if len(areas) == 1 else {}),
            "authorities": [each for each in Authority if each in _authorities(answers)],
            "types": [
                each for each in CommitteeType if each in default_audience(_here(answers)).types
            ],
        },
        notes=_notes(prepared, turn),
        facts={
            "lists": bool(prepared.lists),
            "named": bool(answers.get("names")),
            **await _in_the_way(tx, prepared, answers, turn),
        },
    )


def _may_choose(prepared: Prepared, code: AreaCode) -> bool:
    return prepared.held.covers(frozenset({code}))


def _whole_city(prepared: Prepared, turn: Turn) -> dict[str, str]:
    return {WHOLE_CITY: turn.say("alert.whole_city")} if prepared.held.anywhere else {}


def _notes(prepared: Prepared, turn: Turn) -> Sequence[str]:
    elsewhere = [] if prepared.held.anywhere else [turn.say("alert.elsewhere", who=prepared.who)]
    return [*standing_lines(turn.say), *elsewhere]


def _authorities(answers: Answers) -> frozenset[Authority]:
    added = {Authority.KFO} if KFO in _ticked(answers, "also") else set()
    return DEFAULT_AUTHORITIES | added


def _here(answers: Answers) -> frozenset[AreaCode]:
    ticked = _ticked(answers, "areas")
    return frozenset() if WHOLE_CITY in ticked else frozenset(map(AreaCode, ticked))


def _ticked(answers: Answers, key: str) -> list[str]:
    value = answers.get(key)
    return [str(each) for each in value] if isinstance(value, list) else []


async def _in_the_way(
    tx: Transaction, prepared: Prepared, answers: Answers, turn: Turn
) -> Mapping[str, Json]:
    """Say which authorities nobody is reached of, and which alert this may belong to."""
    nothing = {"red": "", "similar": ""}
    if not is_answered(answers):
        return nothing
    try:
        order = await order_in(tx, _unsent(answers), prepared, turn.say)
        looked = await preview_alert(tx, order, by=turn.person, now=turn.at)
    except RuleBroken:  # it is said where the form is sent
        return nothing
    alike = looked.similar.reference if looked.similar else ""
    return {"red": ", ".join(looked.reached.red), "similar": alike}


def _unsent(answers: Answers) -> Sent:
    return Sent(id=NOBODY, about=NOBODY, seen=0, answers=answers)


async def _preview(tx: Transaction, answers: Answers, turn: Turn) -> str:
    """Say whom it reaches and when it leaves, before it is sent (BER-05)."""
    prepared = await prepare_alert(tx, by=turn.person)
    try:
        order = await order_in(tx, _unsent(answers), prepared, turn.say)
        looked = await preview_alert(tx, order, by=turn.person, now=turn.at)
    except RuleBroken:
        return ""
    told = alert_preview.lines(
        looked.reached, leaves_at=looked.leaves_at, now=turn.at, say=turn.say
    )
    return drilled(told, drill=order.drill, say=turn.say)


async def _start(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    prepared = await prepare_alert(tx, by=turn.person)
    order = await order_in(tx, sent, prepared, turn.say)
    if sent.text("alike") == "join":
        order = replace(order, situation=situation_in(sent.text("situation")))
        joined = await join_alert(tx, order, to=sent.text("similar"), by=turn.person, now=turn.at)
        return alert_preview.joined(joined.alert, new=joined.new, say=turn.say)
    alert = await activate_alert(tx, order, by=turn.person, now=turn.at)
    return alert_preview.started(alert, now=turn.at, say=turn.say)


def _red(answers: Answers, turn: Turn) -> Sequence[str]:
    red = [each for each in str(answers.get("red") or "").split(", ") if each]
    return alert_preview.red_lines(red, say=turn.say)


def _alike(answers: Answers, turn: Turn) -> Sequence[str]:
    reference = str(answers.get("similar") or "")
    return [turn.say("alert.similar_note", reference=reference)] if reference else []


def _externals_have_reason(answers: Answers) -> None:
    if answers.get("externals") and not answers.get("because"):
        raise RuleBroken("alert.externals_reason")


START = Flow(
    name="alert",
    load=_load,
    facts=FACTS,
    narrows=True,
    urgent=True,
    steps=(
        Step(
            key="what",
            fields=(
                Field(key="template", kind=Offered(), data=FACT),
                Field(key="areas", kind=SeveralOffered(), data=FACT),
                Field(key="situation", kind=FourQuestions(), data=FACT),
                Field(key="level", kind=Choice(names=LEVELS, texts="alert.level"), data=FACT),
                Field(
                    key="also",
                    kind=Several(names=(KFO, CHOOSE), texts="alert.also"),
                    data=FACT,
                    optional=True,
                ),
                Field(
                    key="title",
                    kind=Text(least=3, at_most=LONGEST_TITLE),
                    data=FACT,
                    optional=True,
                ),
                Field(key="drill", kind=YES_NO, data=FACT),
            ),
        ),
        Step(
            key="audience",
            shown=lambda answers: CHOOSE in _ticked(answers, "also"),
            fields=(
                Field(
                    key="list",
                    kind=Offered(),
                    data=FACT,
                    optional=True,
                    shown=lambda answers: bool(answers.get("lists")),
                ),
                Field(
                    key="authorities",
                    kind=Several(names=tuple(Authority), texts="authority"),
                    data=FACT,
                ),
                Field(
                    key="types",
                    kind=Several(names=tuple(CommitteeType), texts="committee_type"),
                    data=FACT,
                    optional=True,
                ),
                Field(key="committees", kind=SeveralOffered(), data=FACT, optional=True),
                Field(key="names", kind=Text(least=2, at_most=200), data=FACT, optional=True),
                Field(key="externals", kind=Text(least=2, at_most=200), data=FACT, optional=True),
                Field(
                    key="because",
                    kind=Text(least=5, at_most=300, lines=True),
                    data=FACT,
                    optional=True,
                ),
            ),
            check=_externals_have_reason,
        ),
        Step(
            key="people",
            shown=lambda answers: bool(answers.get("named")),
            fields=(Field(key="people", kind=SeveralOffered(), data=FACT),),
        ),
        Step(
            key="insist",
            shown=lambda answers: bool(answers.get("red") or answers.get("similar")),
            warns=lambda answers, turn: [*_red(answers, turn), *_alike(answers, turn)],
            fields=(
                Field(
                    key="alike",
                    kind=Choice(names=("join", "another"), texts="alert.alike"),
                    data=FACT,
                    shown=lambda answers: bool(answers.get("similar")),
                ),
                Field(
                    key="anyway",
                    kind=Choice(names=("yes",), texts="alert.anyway"),
                    data=FACT,
                    shown=lambda answers: (
                        bool(answers.get("red")) and answers.get("alike") != "join"
                    ),
                ),
            ),
        ),
        Step(key="review", review=True, warns=_red),
    ),
    finish=_start,
    goes_to=_preview,
    keeps_key=False,
)
