"""What can be done on a step: go on, go back, put away, delete, correct, send."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from cards import forms
from cards.shown import Shown
from dialogs.flow import Asking, Step
from dialogs.kinds import Offered
from dialogs.presses import NOBODY
from dialogs.progress import Progress
from dialogs.questions import Here, ask, closed, correctable
from dialogs.sent import Answers, Sent
from dialogs.ways_out import diverted, wiped
from domain.errors import RuleBroken
from storage.database import Transaction

Problems = Mapping[str, RuleBroken]
SKIP = {"-", "spring over", "skip"}


async def looked_up(tx: Transaction, here: Here) -> Here:
    """Look up what the form must know of what it is about."""
    about = here.draft.about or NOBODY
    asking = Asking(about=about, turn=here.turn, answers=here.answers)
    return replace(here, given=await here.flow.load(tx, asking)).settled()


async def placed(tx: Transaction, here: Here) -> Here:
    """Add who will receive it, where that is shown."""
    if not here.step.review:
        return replace(here, goes_to="")
    return replace(here, goes_to=await here.flow.goes_to(tx, here.answers, here.turn))


def _read(here: Here, inputs: Mapping[str, str]) -> tuple[Answers, Mapping[str, str], Problems]:
    """Read a whole card: what was understood, what was not, and why.

    A question that these very answers make needless is not missed.
    """
    answers, raw, problems = dict(here.answers), dict[str, str](), dict[str, RuleBroken]()
    for field in here.step.fields_shown(here.answers):
        said = inputs.get(field.key, "").strip()
        if field.secret and here.answers.get(field.key) is not None:
            if not said:
                continue
            said = "" if said.casefold() in SKIP else said
        if not said:
            answers.pop(field.key, None)
            if field.optional:
                answers[field.key] = None
            else:
                problems[field.key] = RuleBroken("field.missing")
            continue
        try:
            answers[field.key] = here.kind(field).read(said, today=here.turn.today, say=here.say)
        except RuleBroken as problem:
            answers.pop(field.key, None)
            raw[field.key] = said
            problems[field.key] = problem
    asked = {field.key for field in here.step.fields_shown(answers)}
    return answers, raw, {key: each for key, each in problems.items() if key in asked}


async def _next(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    if here.step.review:
        return ask(here)
    if not inputs and (missing := here.step.missing(here.answers)):
        return ask(here, {missing[0].key: RuleBroken("field.missing")})
    if not inputs:
        return await move_on(tx, here, here.answers, {})
    answers, raw, problems = _read(here, inputs)
    here = replace(here, progress=replace(here.progress, raw=raw, asking=None))
    return await move_on(tx, here, answers, problems)


async def end(tx: Transaction, here: Here) -> Shown:
    """End the form as it stands: what may be left out is, and what is known stays."""
    answers = dict(here.answers)
    for field in here.step.missing(answers):
        if field.key in here.suggestions():
            answers[field.key] = here.suggestions()[field.key].value
        elif field.optional:
            answers[field.key] = None
    missing = here.step.missing(answers)
    return await move_on(
        tx, here, answers, {field.key: RuleBroken("field.missing") for field in missing}
    )


async def move_on(tx: Transaction, here: Here, answers: Answers, problems: Problems) -> Shown:
    """Go to the next step, or say what is still in the way.

    An answer that is missing, or cannot be read, closes no branch: only another answer does.
    """
    known = {**here.answers, **answers}
    if closed(here.flow, here.answers, known):
        return await store(tx, here, replace(here.progress, pending=answers))
    still_asked = here.flow.open_answers(known)
    answers = {key: value for key, value in answers.items() if key in still_asked}
    step, progress = here.step, replace(here.progress, answers=answers, pending=None)
    if problems or step.missing(answers):
        return await store(tx, here, progress, problems=problems)
    try:
        step.check(answers)
    except RuleBroken as problem:
        return await store(tx, here, progress, problems={"": problem})
    if (other_way := step.divert(answers, here.turn.today)) is not None:
        await tx.drafts.close(here.draft, keep_key=False)
        await tx.counters.count(other_way.counted_as, f"{here.turn.today:%Y}")
        return diverted(here, other_way)
    return await _leave(tx, here, progress, step.settle(answers, here.turn.today))


async def _leave(tx: Transaction, here: Here, progress: Progress, settled: Answers) -> Shown:
    """Leave a step that is complete for the next one or the end, with what it worked out."""
    own = {field.key for field in here.step.fields}
    if set(closed(here.flow, progress.answers, settled)) - own:
        return await store(tx, here, replace(here.progress, pending=settled))
    progress = replace(progress, answers=here.flow.open_answers(settled))
    if here.flow.narrows:  # what is known now may ask one question more
        progress = (await looked_up(tx, replace(here, progress=progress))).progress
    answers = progress.answers
    following = here.flow.after(here.step, answers)
    if progress.correcting and following is not None and not _only_tells(following, answers):
        following = here.flow.first_open(answers)
    if following is None:
        await tx.drafts.close(here.draft, keep_key=here.flow.keeps_key)
        return await here.flow.finish(tx, _sent(here, answers), here.turn)
    return await store(tx, here, progress, step=following)


def _sent(here: Here, answers: Answers) -> Sent:
    about = here.draft.about or NOBODY
    return Sent(id=here.draft.id, about=about, seen=here.progress.seen, answers=answers)


def _only_tells(step: Step, answers: Answers) -> bool:
    """Whether a step asks nothing, such as the one that says to ring 112: it is never skipped."""
    return not step.review and not step.fields_shown(answers)


async def _back(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    """Go one step back; what was written on this one is kept, and read when it is left again.

    Somebody who came from the review walks there step by step now: what was kept has not
    been checked, nor what follows from it worked out.
    """
    going = replace(kept(here, inputs), correcting=False)
    return await store(tx, here, going, step=here.flow.before(here.step, here.answers))


async def _save(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    """Put the form away for later."""
    await _keep(tx, here, kept(here, inputs), listens=False)
    say = here.say
    return forms.message(
        say("form.saved_title"),
        say("form.saved_text", until=f"{here.draft.expires_at:%d.%m.%Y}"),
        say=say,
        actions=[(say("button.form.resume"), "form.resume", {})],
    )


def kept(here: Here, inputs: Mapping[str, str], *, agrees: bool = False) -> Progress:
    """Keep what could be read without closing a branch; the rest stays as it was written.

    :param agrees: to what is suggested too, as somebody does who goes on.
    """
    own = inputs if agrees else _own(here, inputs)
    if not own:
        return replace(here.progress, asking=None)
    answers, raw, _ = _read(here, own)
    known = {**here.answers, **answers}
    if closed(here.flow, here.answers, known):
        return replace(here.progress, raw=own, asking=None)
    return replace(here.progress, answers=here.flow.open_answers(known), raw=raw, asking=None)


def _own(here: Here, inputs: Mapping[str, str]) -> Mapping[str, str]:
    """Leave out suggestions nobody touched: only going on agrees to them (concern.md §4.7)."""
    offered, fields = here.suggestions(), here.flow.fields()
    return {
        key: text
        for key, text in inputs.items()
        if key not in offered or text != here.kind(fields[key]).raw(offered[key].value)
    }


async def _cancel(tx: Transaction, here: Here, _: Mapping[str, str]) -> Shown:
    """Ask first, unless the form is one card with nothing on it yet."""
    if len(here.flow.steps) == 1 and not here.answers.keys() & here.flow.fields().keys():
        return await wiped(tx, here)
    return await store(tx, here, replace(here.progress, confirming=True))


async def yes(tx: Transaction, here: Here, _: Mapping[str, str]) -> Shown:
    """Agree: delete the draft, or let the closed branch go."""
    if here.progress.confirming:
        return await wiped(tx, here)
    if here.progress.pending is None:
        return ask(here)
    answers = here.flow.open_answers(here.progress.pending)
    here = replace(here, progress=replace(here.progress, answers=answers, pending=None))
    return await move_on(tx, here, answers, {})


async def no(tx: Transaction, here: Here, _: Mapping[str, str]) -> Shown:
    """Disagree: everything stays as it was."""
    return await store(tx, here, here.progress.settled())


async def _dismiss(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    """Take the suggestions away; what else was written stays."""
    return await store(tx, here, replace(kept(here, inputs), dismissed=True))


async def correct(tx: Transaction, here: Here, inputs: Mapping[str, str]) -> Shown:
    """Go from the review to the step with the answer to change."""
    chosen = inputs.get("step", "")
    if chosen not in correctable(here):
        return ask(here, {"": RuleBroken("draft.choose_step")})
    progress = replace(here.progress, correcting=True)
    return await store(tx, here, progress, step=here.flow.step(chosen))


async def _send(tx: Transaction, here: Here, _: Mapping[str, str]) -> Shown:
    if not here.step.review:
        return ask(here, {"": RuleBroken("draft.not_finished")})
    if (left := here.flow.first_open(here.answers)) is not here.step:
        problems = {"": RuleBroken("draft.not_finished")}
        correcting = replace(here.progress, correcting=True)
        return await store(tx, here, correcting, step=left, problems=problems)
    return await move_on(tx, here, here.answers, {})


async def store(
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
    if here.flow.narrows and going is not here.step:
        there = await looked_up(tx, replace(here, progress=progress))
        if _offers_nothing(there, going):
            nothing = {"": RuleBroken("field.nothing_offered")}
            return await store(tx, here, progress, problems=nothing)
        here, progress = there, there.progress
    kept_here = await _keep(tx, here, progress, step=going)
    return ask(await placed(tx, kept_here), problems)


def _offers_nothing(here: Here, step: Step) -> bool:
    """Whether a step asks to choose where there is nothing to choose."""
    kinds = [here.kind(each) for each in step.fields_shown(here.answers)]
    return any(isinstance(each, Offered) and not each.among for each in kinds)


async def _keep(
    tx: Transaction,
    here: Here,
    progress: Progress,
    *,
    step: Step | None = None,
    listens: bool = True,
) -> Here:
    """Store the next revision; from now on this is the form that typed answers are for."""
    if listens and not here.draft.listens:
        await tx.drafts.hush(here.draft.owner)
    key = (step or here.step).key
    draft = replace(here.draft, step=key, body=progress.body(), listens=listens)
    return replace(here, draft=await tx.drafts.save(draft), progress=progress)


MOVES: Mapping[str, Callable[[Transaction, Here, Mapping[str, str]], Awaitable[Shown]]] = {
    "form.next": _next,
    "form.send": _send,
    "form.back": _back,
    "form.save": _save,
    "form.cancel": _cancel,
    "form.yes": yes,
    "form.no": no,
    "form.dismiss": _dismiss,
    "form.correct": correct,
}
