"""What the engine shows: the step somebody is at, as a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cards import forms
from cards.shown import Json, Shown
from cards.words import Say
from dialogs.fields import Kind, Several
from dialogs.flow import Field, Flow, Given, Step, Suggestion
from dialogs.kinds import Offered, SeveralOffered
from dialogs.progress import Progress
from dialogs.sent import Answers
from dialogs.turns import Turn
from domain.drafts import Draft
from domain.errors import RuleBroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where somebody is: the form, its draft, how far; and the turn they are taking.

    `given` is what was looked up for this turn.
    """

    flow: Flow
    draft: Draft
    progress: Progress
    turn: Turn
    goes_to: str = field(default="", repr=False)
    given: Given = field(default_factory=Given, repr=False)

    @property
    def say(self) -> Say:
        return self.turn.say

    @property
    def step(self) -> Step:
        return self.flow.step(self.draft.step)

    @property
    def answers(self) -> Answers:
        return self.progress.answers

    @property
    def press(self) -> dict[str, Json]:
        """What a button carries: which draft, and which version of it (AC-CARD-01)."""
        return {"draft": str(self.draft.id), "revision": self.draft.revision}

    def current_field(self) -> Field | None:
        """Find the field that a typed answer is for; None when the step is complete."""
        shown = self.step.fields_shown(self.answers)
        chosen = [each for each in shown if each.key == self.progress.asking]
        return next(iter(chosen or self.step.missing(self.answers)), None)

    def kind(self, asked: Field) -> Kind:
        """Give the kind of a field, with the options that this person is offered now."""
        if isinstance(asked.kind, Offered):
            return asked.kind.offering(self.given.offers.get(asked.key, {}))
        return asked.kind

    def suggestions(self) -> Mapping[str, Suggestion]:
        """Name what is offered where nothing is answered yet; how things are now comes first."""
        found = {key: Suggestion(value=v, known=True) for key, v in self.given.known.items()}
        if not self.progress.dismissed:
            words = self.progress.first_words
            found = {**self.flow.suggests(self.step, self.answers, words), **found}
        return {key: each for key, each in found.items() if self.answers.get(key) is None}

    def settled(self) -> "Here":
        """Let go of what was chosen and is not offered any more; facts are as they are now."""
        fields = self.flow.fields()
        answers = {
            key: value
            for key, value in self.answers.items()
            if key not in fields or _still(self.kind(fields[key]), value)
        }
        facts = {**answers, **self.given.facts}
        return replace(self, progress=replace(self.progress, answers=facts))

    @property
    def ends(self) -> bool:
        """Whether going on from here ends the form."""
        return self.flow.ends_at(self.step, self.answers)


def _still(kind: Kind, value: Json) -> bool:
    return not isinstance(kind, Offered) or kind.still(value)


def broken(problem: RuleBroken, say: Say) -> str:
    return say(f"rule.{problem.code}", **problem.facts)


def ask(here: Here, problems: Mapping[str, RuleBroken] | None = None) -> Shown:
    """Ask the step somebody is at; a problem under "" belongs to the whole step."""
    if here.progress.confirming:
        return _confirm_cancel(here)
    if here.progress.pending is not None:
        return _confirm_closing(here, here.progress.pending)
    say, step, found = here.say, here.step, problems or {}
    suggestions = here.suggestions()
    offered = {f.key for f in step.fields_shown(here.answers)} & suggestions.keys()
    real = any(not each.known for key, each in suggestions.items() if key in offered)
    shown = here.flow.steps_shown(here.answers)
    texts = here.flow.texts_of(step)
    intro = f"{texts}.step.{step.key}_intro"
    return forms.page(
        forms.Page(
            title=say(f"{texts}.step.{step.key}"),
            place=_place(here, shown),
            intro=say(intro) if say.has(intro) else "",
            notes=_notes(here),
            warnings=step.warns(here.answers, here.turn),
            problem=broken(found[""], say) if "" in found else None,
            asked=[
                _asked(here, each, found.get(each.key), suggestions.get(each.key))
                for each in step.fields_shown(here.answers)
            ],
            typing=_typing(here),
            hint=_hint(here),
            here=here.press,
            review=review(here) if step.review else (),
            correctable=_titles(here) if step.review else None,
            has_back=shown.index(step) > 0,
            has_suggestions=real,
            finish=_finish(here),
            has_save=len(here.flow.steps) > 1,
        ),
        say,
    )


def _finish(here: Here) -> str:
    """Name what ending the form does: in the form's own words, where it has any."""
    if not here.ends:
        return ""
    own = f"{here.flow.name}.finish"
    return here.say(own if here.say.has(own) else "button.form.finish")


def _place(here: Here, shown: Sequence[Step]) -> str:
    """Say what the form is about, and how far along in it this is."""
    steps = here.say("form.place", here=shown.index(here.step) + 1, all=len(shown))
    place = [here.given.title, steps if len(here.flow.steps) > 1 else ""]
    return " · ".join(each for each in place if each)


def _notes(here: Here) -> list[str]:
    first = here.given.notes if here.step is here.flow.steps[0] else ()
    last = [here.goes_to] if here.goes_to else []
    return [*first, *here.step.notes(here.answers, here.turn), *last]


def _asked(
    here: Here, asked: Field, problem: RuleBroken | None, suggestion: Suggestion | None
) -> forms.Asked:
    say = here.say
    value, kind = here.answers.get(asked.key), here.kind(asked)
    known = kind.raw(value) if value is not None else ""
    if not known and suggestion is not None:
        known = kind.raw(suggestion.value)
    written = known if asked.secret else here.progress.raw.get(asked.key, known)
    return forms.Asked(
        label=label(here, asked),
        piece=kind.piece(asked.key, label(here, asked), value=written, say=say),
        problem=broken(problem, say) if problem else None,
        suggestion=_offer(kind, suggestion, say) if suggestion else None,
    )


def _offer(kind: Kind, suggestion: Suggestion, say: Say) -> str:
    because = ", ".join(say("form.quoted", word=word) for word in suggestion.because)
    value = kind.show(suggestion.value, say)
    if suggestion.known:
        return say("form.known", value=value) if value else ""
    key = "form.suggestion" if because else "form.suggestion_own_words"
    return say(key, value=value, because=because)


def label(here: Here, asked: Field) -> str:
    """Name the field, and say where it may be left blank; boxes to tick need no saying."""
    text = _asks(here, asked)
    ticked = isinstance(asked.kind, Several | SeveralOffered)
    return here.say("form.optional", label=text) if asked.optional and not ticked else text


def _asks(here: Here, asked: Field) -> str:
    own = here.given.labels.get(asked.key)
    return own or here.say(f"{here.flow.texts_of(asked)}.{asked.key}.label")


def _typing(here: Here) -> str:
    """Put the question in words, for somebody who types."""
    say, step = here.say, here.step
    asked = here.current_field()
    if asked is None:
        if step.review:
            return "\n".join([say("form.typed_review"), *_titles(here).values()])
        if not _shown(here):
            return say("form.typed_next")
        lines = [f"{n}. {label(here, f)}" for n, f in enumerate(_shown(here), start=1)]
        said = say("form.typed_end", finish=_finish(here)) if here.ends else say("form.typed_done")
        return "\n".join([said, *lines])
    options = here.kind(asked).options(say)
    lines = [f"{n}. {title}" for n, title in enumerate(options.values(), start=1)]
    return "\n".join([label(here, asked), *lines, *_shortcuts(here, asked)])


def _hint(here: Here) -> str:
    """Say on the card that the answers can be typed, and which one is next."""
    say, asked = here.say, here.current_field()
    if asked is not None:
        question = _asks(here, asked)
        return " ".join([say("form.hint", question=question), *_shortcuts(here, asked)])
    if here.step.review:
        return say("form.hint_review")
    if here.ends:
        return say("form.hint_end", finish=_finish(here))
    return say("form.hint_done" if _shown(here) else "form.typed_next")


def _shortcuts(here: Here, asked: Field) -> list[str]:
    offered = here.suggestions().get(asked.key)
    shortcuts = {
        "form.typed_known": offered is not None and offered.known,
        "form.typed_suggestion": offered is not None and not offered.known,
        "form.typed_optional": asked.optional,
    }
    return [here.say(key) for key, applies in shortcuts.items() if applies]


def _shown(here: Here) -> list[Field]:
    return here.step.fields_shown(here.answers)


def review(here: Here) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything that will be stored, step by step."""
    say, pages, titles = here.say, [], _titles(here)
    for step in here.flow.steps_shown(here.answers):
        given = [
            (_asks(here, f), here.kind(f).show(value, say))
            for f in step.fields_shown(here.answers)
            if (value := here.answers.get(f.key)) not in (None, [])
        ]
        if given:
            pages.append((titles[step.key], given))
    return pages


def correctable(here: Here) -> list[str]:
    """Name the steps that can be gone back to from the review."""
    return [step.key for step in here.flow.steps_shown(here.answers) if step.fields]


def _titles(here: Here) -> dict[str, str]:
    """Give the steps to go back to, numbered; a full stop would make them lists in Markdown."""
    titles = {
        key: here.say(f"{here.flow.texts_of(here.flow.step(key))}.step.{key}")
        for key in correctable(here)
    }
    return {key: f"{n} · {title}" for n, (key, title) in enumerate(titles.items(), start=1)}


def _confirm_cancel(here: Here) -> Shown:
    say = here.say
    return forms.confirm(
        title=say("form.cancel_title"),
        text=say("form.cancel_text"),
        listed=(),
        yes=(say("button.form.cancel_yes"), "form.yes"),
        no=(say("button.form.cancel_no"), "form.no"),
        here=here.press,
        say=say,
    )


def _confirm_closing(here: Here, pending: Answers) -> Shown:
    """List the answers that would be wiped, and ask (concern.md §4.1 rule 5)."""
    say, fields = here.say, here.flow.fields()
    return forms.confirm(
        title=say("form.closing_title"),
        text=say("form.closing_text"),
        listed=[label(here, fields[key]) for key in closed(here.flow, here.answers, pending)],
        yes=(say("button.form.closing_yes"), "form.yes"),
        no=(say("button.form.closing_no"), "form.no"),
        here=here.press,
        say=say,
    )


def closed(flow: Flow, before: Answers, after: Answers) -> list[str]:
    """Name the answered questions that the changed answers no longer ask."""
    kept = flow.open_answers(after)
    return [k for k, v in before.items() if v not in (None, []) and k not in kept]
