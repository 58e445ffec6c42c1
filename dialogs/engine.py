"""The engine: takes one turn in a form, and remembers everything in the database."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from cards import forms
from cards.shown import Json, Shown
from dialogs.flow import Answers, Flow, Step
from dialogs.progress import Progress
from dialogs.questions import Here, ask, closed, correctable
from dialogs.turns import Press, Turn
from domain.drafts import Draft
from domain.errors import RuleBroken
from storage.database import Transaction

Problems = Mapping[str, RuleBroken]
HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 5
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
SKIP = {"-", "spring over", "skip"}


async def begin(tx: Transaction, flow: Flow, turn: Turn, progress: Progress) -> Shown:
    """Open the form at its first step; somebody who opens very many is asked to wait.

    :raises RuleBroken: `draft.too_many` (AC-IN-05)
    """
    if await tx.drafts.begun_since(turn.person.id, since=turn.at - HOUR) >= MOST_IN_AN_HOUR:
        raise RuleBroken("draft.too_many")
    draft = Draft(
        id=uuid4(),
        owner=turn.person.id,
        flow=flow.name,
        step=flow.steps[0].key,
        revision=1,
        began_at=turn.at,
        body=progress.body(),
    )
    opened = await tx.drafts.begin(draft)
    return ask(Here(flow=flow, draft=opened, progress=progress, turn=turn))


async def resume(tx: Transaction, flow: Flow, turn: Turn, draft: Draft) -> Shown:
    """Show where the form was left, on whatever device."""
    here = at(flow, draft, turn)
    return await _store(tx, here, here.progress.settled())


def at(flow: Flow, draft: Draft, turn: Turn) -> Here:
    return Here(flow=flow, draft=draft, progress=Progress.of(draft), turn=turn)


async def press(tx: Transaction, flow: Flow, turn: Turn, draft: Draft, pressed: Press) -> Shown:
    """Take a press on a form's card. An outdated card is told where we really are."""
    here = await _placed(tx, at(flow, draft, turn))
    data = pressed.data
    if {"draft": data.get("draft"), "revision": data.get("revision")} != here.press:
        return ask(here, {"": RuleBroken("draft.moved_on")})
    inputs = {key: value for key, value in data.items() if key not in here.press}
    blank = dict.fromkeys((f.key for f in here.step.fields_shown(here.answers)), "")
    allowed = blank.keys() | ({"step"} if here.step.review else set())
    if inputs.keys() - allowed or not all(isinstance(v, str) for v in inputs.values()):
        return ask(here, {"": RuleBroken("press.not_ours")})
    return await _VERBS[pressed.verb](
        tx, here, blank | {key: str(text) for key, text in inputs.items()}
    )


async def typed(tx: Transaction, flow: Flow, turn: Turn, draft: Draft) -> Shown:
    """Take what was typed while a form is open."""
    here = await _placed(tx, at(flow, draft, turn))
    if here.progress.confirming or here.progress.pending is not None:
        if turn.word in YES | NO:
            return await (_yes if turn.word in YES else _no)(tx, here, {})
        return ask(here)
    for verb, words in WORDS.items():
        if turn.word in words:
            return await _VERBS[verb](tx, here, {})
    asked = here.current_field()
    if asked is None:
        return await _choose_field(tx, here)
    if turn.word in USE_SUGGESTION and asked.key in here.suggestions():
        value: Json = here.suggestions()[asked.key].value
    elif turn.word in SKIP and asked.optional:
        value = None
    else:
        try:
            value = asked.kind.read(turn.said, today=turn.today, say=turn.say)
        except RuleBroken as problem:
            return ask(here, {asked.key: problem})
    raw = {key: text for key, text in here.progress.raw.items() if key != asked.key}
    here = replace(here, progress=replace(here.progress, raw=raw, asking=None))
    return await _move_on(tx, here, {**here.answers, asked.key: value}, {})


async def _placed(tx: Transaction, here: Here) -> Here:
    """Add who will receive it, where that is shown."""
    if not here.step.review:
        return replace(here, goes_to="")
    return replace(here, goes_to=await here.flow.goes_to(tx, here.answers, here.turn))


async def _choose_field(tx: Transaction, here: Here) -> Shown:
    """All is answered: a number names the answer to change, or on the review the step."""
    if here.step.review:
        return await _correct(tx, here, {"step": _numbered(here.turn.word, correctable(here))})
    fields = [field.key for field in here.step.fields_shown(here.answers)]
    if not (chosen := _numbered(here.turn.word, fields)):
        return ask(here, {"": RuleBroken("draft.nothing_asked")})
    return await _store(tx, here, replace(here.progress, asking=chosen))


def _numbered(word: str, keys: Sequence[str]) -> str:
    return dict(enumerate(keys, start=1)).get(int(word) if word.isdecimal() else 0, "")


def _read(here: Here, inputs: Mapping[str, str]) -> tuple[Answers, Mapping[str, str], Problems]:
    """Read a whole card: what was understood, what was not, and why."""
    answers, raw, problems = dict(here.answers), dict[str, str](), dict[str, RuleBroken]()
    for field in here.step.fields_shown(here.answers):
        said = inputs.get(field.key, "")
        if not said.strip():
            if field.secret and here.answers.get(field.key) is not None:
                continue
            answers.pop(field.key, None)
            if field.optional:
                answers[field.key] = None
            else:
                problems[field.key] = RuleBroken("field.missing")
            continue
        try:
            answers[field.key] = field.kind.read(said, today=here.turn.today, say=here.say)
        except RuleBroken as problem:
            answers.pop(field.key, None)
            raw[field.key] = said
            problems[field.key] = problem
    return answers, raw, problems


async def _next(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    if not inputs and here.current_field() is not None:
        return ask(here, {here.step.missing(here.answers)[0].key: RuleBroken("field.missing")})
    if not inputs:
        return await _move_on(tx, here, here.answers, {})
    answers, raw, problems = _read(here, inputs)
    here = replace(here, progress=replace(here.progress, raw=raw, asking=None))
    return await _move_on(tx, here, answers, problems)


async def _move_on(tx: Transaction, here: Here, answers: Answers, problems: Problems) -> Shown:
    """Go to the next step, or say what is still in the way."""
    known = {**here.answers, **answers}
    if closed(here.flow, here.answers, known):
        return await _store(tx, here, replace(here.progress, pending=answers))
    answers = here.flow.open_answers(answers)
    step, progress = here.step, replace(here.progress, answers=answers, pending=None)
    if problems or step.missing(answers):
        return await _store(tx, here, progress, problems=problems)
    try:
        step.check(answers)
    except RuleBroken as problem:
        return await _store(tx, here, progress, problems={"": problem})
    if (diverted := step.divert(answers, here.turn.today)) is not None:
        await tx.drafts.close(here.draft, keep_key=False)
        await tx.counters.count(diverted.counted_as, f"{here.turn.today:%Y}")
        return _diverted(here, diverted.text, offers_enquiry=diverted.offers_enquiry)
    answers = here.flow.open_answers(step.settle(answers, here.turn.today))
    progress = replace(progress, answers=answers)
    following = here.flow.after(step, answers)
    if progress.correcting and following is not None:
        following = here.flow.first_open(answers)
    if following is None:
        await tx.drafts.close(here.draft, keep_key=here.flow.keeps_key)
        return await here.flow.finish(tx, here.draft.id, answers, here.turn)
    return await _store(tx, here, progress, step=following)


def _diverted(here: Here, text: str, *, offers_enquiry: bool) -> Shown:
    say = here.say
    enquiry = [(say("button.enquiry.begin"), "enquiry.begin", dict[str, Json]())]
    again = [(say("button.concern.begin"), "concern.begin", dict[str, Json]())]
    return forms.message(
        say(f"{text}.title"),
        say(f"{text}.body"),
        say("form.nothing_stored"),
        say=say,
        actions=(enquiry if offers_enquiry else []) + again,
    )


async def _back(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    """Go one step back; what was written on this one is kept."""
    return await _store(
        tx, here, _kept(here, inputs), step=here.flow.before(here.step, here.answers)
    )


async def _save(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    """Put the form away for later."""
    await _store(tx, here, replace(_kept(here, inputs), paused=True))
    say = here.say
    return forms.message(
        say("form.saved_title"),
        say("form.saved_text", until=f"{here.draft.expires_at:%d.%m.%Y}"),
        say=say,
        actions=[(say("button.form.resume"), "form.resume", {})],
    )


def _kept(here: Here, inputs: Mapping[str, str]) -> Progress:
    """Keep what could be read without closing a branch; the rest stays as it was written."""
    if not inputs:
        return replace(here.progress, asking=None)
    answers, raw, _ = _read(here, inputs)
    known = {**here.answers, **answers}
    if closed(here.flow, here.answers, known):
        return replace(here.progress, raw=inputs, asking=None)
    return replace(here.progress, answers=here.flow.open_answers(known), raw=raw, asking=None)


async def _cancel(tx: Transaction, here: Here, _: Mapping[str, str]) -> Shown:
    return await _store(tx, here, replace(here.progress, confirming=True))


async def _yes(tx: Transaction, here: Here, _: Mapping[str, str]) -> Shown:
    """Agree: delete the draft, or let the closed branch go."""
    if here.progress.confirming:
        await tx.drafts.close(here.draft, keep_key=False)
        say = here.say
        name = here.flow.name
        return forms.message(
            say("form.cancelled_title"),
            say("form.cancelled_text"),
            say=say,
            actions=[(say(f"button.{name}.begin"), f"{name}.begin", {})],
        )
    if here.progress.pending is None:
        return ask(here)
    answers = here.flow.open_answers({**here.answers, **here.progress.pending})
    here = replace(here, progress=replace(here.progress, answers=answers, pending=None))
    return await _move_on(tx, here, answers, {})


async def _no(tx: Transaction, here: Here, _: Mapping[str, str]) -> Shown:
    """Disagree: everything stays as it was."""
    return await _store(tx, here, here.progress.settled())


async def _dismiss(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    """Take the suggestions away; what else was written stays."""
    offered = here.suggestions()
    own = {
        key: text
        for key, text in inputs.items()
        if key not in offered or text != here.flow.fields()[key].kind.raw(offered[key].value)
    }
    progress = replace(_kept(here, own) if own else here.progress, dismissed=True)
    return await _store(tx, here, progress)


async def _correct(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    """Go from the review to the step with the answer to change."""
    chosen = inputs.get("step", "")
    if chosen not in correctable(here):
        return ask(here, {"": RuleBroken("draft.choose_step")})
    progress = replace(here.progress, correcting=True)
    return await _store(tx, here, progress, step=here.flow.step(chosen))


async def _send(tx: Transaction, here: Here, _: Mapping[str, str]) -> Shown:
    if not here.step.review:
        return ask(here, {"": RuleBroken("draft.not_finished")})
    return await _move_on(tx, here, here.answers, {})


async def _store(
    tx: Transaction,
    here: Here,
    progress: Progress,
    *,
    step: Step | None = None,
    problems: Problems | None = None,
) -> Shown:
    """Store the next revision and ask what it leads to."""
    going = step or here.step
    if step is not None:
        progress = replace(progress, asking=None)
        progress = progress if not going.review else replace(progress, correcting=False)
    stored = await tx.drafts.save(replace(here.draft, step=going.key, body=progress.body()))
    return ask(await _placed(tx, replace(here, draft=stored, progress=progress)), problems)


_VERBS: Mapping[str, Callable[[Transaction, Here, Mapping[str, str]], Awaitable[Shown]]] = {
    "form.next": _next,
    "form.send": _send,
    "form.back": _back,
    "form.save": _save,
    "form.cancel": _cancel,
    "form.yes": _yes,
    "form.no": _no,
    "form.dismiss": _dismiss,
    "form.correct": _correct,
}
VERBS = frozenset(_VERBS)
