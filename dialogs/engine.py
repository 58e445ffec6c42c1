"""The engine: takes one turn in a form, and remembers everything in the database."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from cards.shown import Json, Shown
from dialogs import moves
from dialogs.flow import Flow
from dialogs.progress import Progress
from dialogs.questions import Here, ask, correctable
from dialogs.turns import Press, Turn
from domain.drafts import Draft
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.begin_draft import begin_draft

VERBS = frozenset(moves.MOVES)
WORDS = {
    "form.next": {"næste", "videre", "next"},
    "form.back": {"tilbage", "back"},
    "form.save": {"gem", "gem og luk", "save", "pause"},
    "form.cancel": {"annullér", "annuller", "stop", "fortryd", "afbryd", "cancel"},
    "form.send": {"send", "indsend", "submit"},
    "form.dismiss": {"passer ikke", "not right"},
}
YES = {"ja", "yes", "ja tak"}
NO = {"nej", "no", "nej tak"}
USE_SUGGESTION = {"ok", "okay"}


async def begin(tx: Transaction, flow: Flow, turn: Turn, progress: Progress) -> Shown:
    """Open the form at its first step.

    :raises RuleBroken: `draft.too_many` (AC-IN-05), or `draft.already_open`.
    """
    draft = Draft(
        id=uuid4(),
        owner=turn.person.id,
        flow=flow.name,
        step=flow.steps[0].key,
        revision=1,
        began_at=turn.at,
        body=progress.body(),
    )
    opened = await begin_draft(tx, draft)
    return ask(Here(flow=flow, draft=opened, progress=progress, turn=turn))


async def resume(tx: Transaction, flow: Flow, turn: Turn, draft: Draft) -> Shown:
    """Show where the form was left, on whatever device."""
    here = at(flow, draft, turn)
    return await moves.store(tx, here, here.progress.settled())


def at(flow: Flow, draft: Draft, turn: Turn) -> Here:
    return Here(flow=flow, draft=draft, progress=Progress.of(draft), turn=turn)


def asks_which_language(flow: Flow, turn: Turn, draft: Draft) -> bool:
    """Whether the name of a language is an answer just now, and no command."""
    here = at(flow, draft, turn)
    asked = here.current_field()
    return not here.progress.paused and asked is not None and asked.language


async def show(
    tx: Transaction, flow: Flow, turn: Turn, draft: Draft, problem: RuleBroken
) -> Shown:
    """Show where somebody is, with what stands in the way on top."""
    return ask(await moves.placed(tx, at(flow, draft, turn)), {"": problem})


async def press(tx: Transaction, flow: Flow, turn: Turn, draft: Draft, pressed: Press) -> Shown:
    """Take a press on a form's card. An outdated card is told where we really are."""
    here = await moves.placed(tx, at(flow, draft, turn))
    data = pressed.data
    if {"draft": data.get("draft"), "revision": data.get("revision")} != here.press:
        return ask(here, {"": RuleBroken("draft.moved_on")})
    inputs = {key: value for key, value in data.items() if key not in here.press}
    blank = dict.fromkeys((f.key for f in here.step.fields_shown(here.answers)), "")
    allowed = blank.keys() | ({"step"} if here.step.review else set())
    if inputs.keys() - allowed or not all(isinstance(v, str) for v in inputs.values()):
        return ask(here, {"": RuleBroken("press.not_ours")})
    return await moves.MOVES[pressed.verb](
        tx, here, blank | {key: str(text) for key, text in inputs.items()}
    )


async def typed(tx: Transaction, flow: Flow, turn: Turn, draft: Draft) -> Shown:
    """Take what was typed while a form is open."""
    here = await moves.placed(tx, at(flow, draft, turn))
    if here.progress.confirming or here.progress.pending is not None:
        if turn.word in YES | NO:
            return await (moves.yes if turn.word in YES else moves.no)(tx, here, {})
        return ask(here)
    for verb, words in WORDS.items():
        if turn.word in words:
            return await moves.MOVES[verb](tx, here, {})
    asked = here.current_field()
    if asked is None:
        return await _choose_field(tx, here)
    if turn.word in USE_SUGGESTION and asked.key in here.suggestions():
        value: Json = here.suggestions()[asked.key].value
    elif turn.word in moves.SKIP and asked.optional:
        value = None
    else:
        try:
            value = asked.kind.read(turn.said, today=turn.today, say=turn.say)
        except RuleBroken as problem:
            return ask(here, {asked.key: problem})
    raw = {key: text for key, text in here.progress.raw.items() if key != asked.key}
    here = replace(here, progress=replace(here.progress, raw=raw, asking=None))
    return await moves.move_on(tx, here, {**here.answers, asked.key: value}, {})


async def _choose_field(tx: Transaction, here: Here) -> Shown:
    """All is answered: a number names the answer to change, or on the review the step."""
    if here.step.review:
        return await moves.correct(
            tx, here, {"step": _numbered(here.turn.word, correctable(here))}
        )
    fields = [field.key for field in here.step.fields_shown(here.answers)]
    if not (chosen := _numbered(here.turn.word, fields)):
        return ask(here, {"": RuleBroken("draft.nothing_asked")})
    return await moves.store(tx, here, replace(here.progress, asking=chosen))


def _numbered(word: str, keys: Sequence[str]) -> str:
    return dict(enumerate(keys, start=1)).get(int(word) if word.isdecimal() else 0, "")
