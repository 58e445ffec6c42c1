"""The engine: takes one turn in a form, and remembers everything in the database."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from cards import forms
from cards.shown import Json, Shown
from dialogs import moves
from dialogs.fields import Text
from dialogs.flow import Field, Flow
from dialogs.presses import Aim, Take
from dialogs.progress import Progress
from dialogs.questions import Here, ask, correctable
from dialogs.sent import Answers, Sent
from dialogs.turns import Press, Turn
from dialogs.ways_out import way_on
from domain.drafts import Draft
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.begin_draft import begin_draft

Holding = Callable[[Transaction, Turn, Aim], Awaitable[Answers]]

VERBS = frozenset(moves.MOVES)
URGENT_FOR = timedelta(hours=2)  # what was begun before is about something else
WORDS = {
    "form.next": {"næste", "videre", "next"},
    "form.back": {"tilbage", "back"},
    "form.save": {"gem", "gem og luk", "save", "pause"},
    "form.cancel": {"annullér", "annuller", "stop", "fortryd", "afbryd", "cancel"},
    "form.send": {"send", "indsend", "submit"},
    "form.dismiss": {"passer ikke", "not right"},
}
ENDS = {"gem", "save", *WORDS["form.send"]}  # said where going on ends the form
YES = {"ja", "yes", "ja tak"}
NO = {"nej", "no", "nej tak"}
USE_SUGGESTION = {"ok", "okay"}


async def begin(
    tx: Transaction,
    flow: Flow,
    turn: Turn,
    progress: Progress,
    *,
    about: UUID | None = None,
    listens: bool = True,
) -> Shown:
    """Open the form at its first step.

    :raises RuleBroken: `draft.too_many` (AC-IN-05), `draft.already_open`, or what its object
        refuses.
    """
    draft = Draft(
        id=uuid4(),
        owner=turn.person.id,
        flow=flow.name,
        about=about,
        step=flow.steps[0].key,
        revision=1,
        listens=listens,
        began_at=turn.at,
        body=progress.body(),
    )
    here = await moves.looked_up(tx, Here(flow=flow, draft=draft, progress=progress, turn=turn))
    here = replace(here, progress=replace(here.progress, seen=here.given.version))
    short = about is not None or len(flow.steps) == 1 or flow.urgent
    opened = await begin_draft(tx, replace(draft, body=here.progress.body()), short=short)
    return ask(replace(here, draft=opened))


async def _nothing(_: Transaction, __: Turn, ___: Aim) -> Answers:
    return {}


def begins(flow: Flow, *, holding: Holding = _nothing) -> Take:
    """Make a take that opens a form about what was pressed, or goes on where it was left.

    :param holding: what the form keeps of how things were when it was opened.
    """

    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        about = aim.id if flow.about else None
        for draft in await tx.drafts.all_of(turn.person.id, now=turn.at):
            if (draft.flow, draft.about) == (flow.name, about):
                if flow.urgent and turn.at - draft.began_at > URGENT_FOR:
                    await tx.drafts.close(draft, keep_key=False)
                    continue
                return await resume(tx, await at(tx, flow, draft, turn))
        kept = Progress(answers=await holding(tx, turn, aim))
        return await begin(tx, flow, turn, kept, about=about)

    return take


async def done(tx: Transaction, flow: Flow, sent: Sent, turn: Turn, **facts: object) -> Shown:
    """Say that it is done, `<flow>.done_title` and `<flow>.done_body`, and lead back."""
    say = turn.say
    return forms.message(
        say(f"{flow.name}.done_title"),
        say(f"{flow.name}.done_body", **facts),
        say=say,
        actions=[await way_on(tx, flow, turn, sent.about)],
    )


async def at(tx: Transaction, flow: Flow, draft: Draft, turn: Turn) -> Here:
    """Find where somebody is in a form, and look up what it must know.

    :raises RuleBroken: when what the form is about is not theirs any more.
    """
    here = Here(flow=flow, draft=draft, progress=Progress.of(draft), turn=turn)
    return await moves.looked_up(tx, here)


async def resume(tx: Transaction, here: Here) -> Shown:
    """Show where the form was left, on whatever device."""
    return await moves.store(tx, here, here.progress.settled())


def asks_which_language(here: Here) -> bool:
    """Whether the name of a language is an answer just now, and no command."""
    asked = here.current_field()
    return asked is not None and asked.language


def asks_for_words(here: Here) -> bool:
    """Whether a sentence is an answer just now, even if it begins like a command."""
    asked = here.current_field()
    return asked is not None and isinstance(asked.kind, Text)


async def show(tx: Transaction, here: Here, problem: RuleBroken) -> Shown:
    """Show where somebody is, with what stands in the way on top."""
    return ask(await moves.placed(tx, here), {"": problem})


async def refused(tx: Transaction, here: Here, problem: RuleBroken) -> Shown:
    """Show why an answer was not taken; nothing that was written is lost.

    Where the object has changed meanwhile, what they see now is what they go on from.
    """
    progress = _written(here)
    if here.flow.about is not None and problem.code == f"{here.flow.about.name}.moved_on":
        progress = replace(progress, seen=here.given.version)
    overruling = [each.key for each in here.step.fields if each.overrules == problem.code]
    progress = replace(progress, asking=next(iter(overruling), progress.asking))
    if progress == here.progress:
        return await show(tx, here, problem)
    return await moves.store(tx, here, progress, problems={"": problem})


def _written(here: Here) -> Progress:
    """Keep what was written in the turn that was refused."""
    pressed = here.turn.pressed
    if here.step.review or here.progress.confirming or here.progress.pending is not None:
        return here.progress
    if pressed is None:
        return _with_typed(here)
    inputs = _inputs(here, pressed)
    if inputs is None:
        return here.progress
    return moves.kept(here, inputs, agrees=pressed.verb == "form.next")


def _with_typed(here: Here) -> Progress:
    asked = here.current_field()
    if asked is None:
        return here.progress
    try:
        value = _value(here, asked)
    except RuleBroken:
        return here.progress
    return replace(here.progress, answers={**here.answers, asked.key: value}, asking=None)


def _inputs(here: Here, pressed: Press) -> Mapping[str, str] | None:
    """Read what a press on this very card sent along; None where it is another, or not ours."""
    data = pressed.data
    if {"draft": data.get("draft"), "revision": data.get("revision")} != here.press:
        return None
    return {key: str(text) for key, text in data.items() if key not in here.press}


async def press(tx: Transaction, here: Here, pressed: Press) -> Shown:
    """Take a press on a form's card. An outdated card is told where we really are."""
    here = await moves.placed(tx, here)
    inputs = _inputs(here, pressed)
    if inputs is None:
        return ask(here, {"": RuleBroken("draft.moved_on")})
    blank = dict.fromkeys((f.key for f in here.step.fields_shown(here.answers)), "")
    allowed = blank.keys() | ({"step"} if here.step.review else set())
    if inputs.keys() - allowed or not all(isinstance(pressed.data[k], str) for k in inputs):
        return ask(here, {"": RuleBroken("press.not_ours")})
    return await moves.MOVES[pressed.verb](tx, here, {**blank, **inputs})


async def typed(tx: Transaction, here: Here) -> Shown:
    """Take what was typed while a form listens."""
    here, turn = await moves.placed(tx, here), here.turn
    if here.progress.confirming or here.progress.pending is not None:
        if turn.word in YES | NO:
            return await (moves.yes if turn.word in YES else moves.no)(tx, here, {})
        return ask(here)
    for verb, words in WORDS.items():
        if turn.word in words:
            ends = here.ends and turn.word in ENDS
            return await (moves.end(tx, here) if ends else moves.MOVES[verb](tx, here, {}))
    asked = here.current_field()
    if asked is None:
        return await _choose_field(tx, here)
    try:
        value = _value(here, asked)
    except RuleBroken as problem:
        return ask(here, {asked.key: problem})
    raw = {key: text for key, text in here.progress.raw.items() if key != asked.key}
    here = replace(here, progress=replace(here.progress, raw=raw, asking=None))
    return await moves.move_on(tx, here, {**here.answers, asked.key: value}, {})


def _value(here: Here, asked: Field) -> Json:
    """Read what was typed as the answer to a question.

    :raises RuleBroken: with a sentence that says what to write instead.
    """
    turn, suggestions = here.turn, here.suggestions()
    if turn.word in USE_SUGGESTION and asked.key in suggestions:
        return suggestions[asked.key].value
    if turn.word in moves.SKIP and asked.optional:
        return None
    return here.kind(asked).read(turn.said, today=turn.today, say=turn.say)


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
