"""A form as data: steps, the fields on each, and what follows from the answers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cards.shown import Json, Shown
from dialogs.fields import Kind
from dialogs.presses import Thing
from dialogs.sent import Answers, Sent
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from storage.database import Transaction

When = Callable[[Answers], bool]


def always(_: Answers) -> bool:
    return True


def is_(key: str, *values: Json) -> When:
    """Ask only when an earlier question was answered so."""
    return lambda answers: answers.get(key) in values


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing asked. Its sentence is `<flow>.<key>.label`.

    `texts` names whose sentences it has instead, where several forms ask the same.
    """

    key: str
    kind: Kind
    data: DataClass
    optional: bool = False
    secret: bool = False  # never put back into a card; left blank it stays, a dash takes it out
    language: bool = False  # asks for one, so that "engelsk" is an answer here
    texts: str = ""
    overrules: str = ""  # the refusal after which it is asked again
    shown: When = always


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A value the form offers and never sets by itself, and the words it rests on.

    One that is `known` is how things are now.
    """

    value: Json = field(repr=False)
    because: tuple[str, ...] = field(default=(), repr=False)
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who is being asked, and about what; and what they have answered so far."""

    about: UUID
    turn: Turn
    answers: Answers = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is looked up anew in each turn of a form, and never stored with it.

    `title` names what it is about on every card, without a word that was confided; `version`
    is the one it has now. `offers` are the options of a field that depend on who asks and
    about what: any other value is refused (AC-CARD-07). `known` is how things are now, by
    field. `notes` stand on the first card. `facts` say which questions apply.
    `labels` are the questions that are no text of ours: what a template asks.
    """

    title: str = field(default="", repr=False)
    version: int = 0
    offers: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    known: Answers = field(default_factory=dict, repr=False)
    notes: Sequence[str] = field(default=(), repr=False)
    facts: Answers = field(default_factory=dict, repr=False)
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversion:
    """The form is not the way: what the person reads instead, and what is counted."""

    text: str
    counted_as: str
    offers_enquiry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One card of the form. Its sentences are `<flow>.step.<key>` and `…_intro`, if any.

    `texts` names whose sentences it has instead, where several forms have the same step.

    `check` raises RuleBroken where the answers do not go together; `divert` ends
    the form early; `notes` says what to read before this step, and `warns` what is in red;
    `settle` tidies the answers once the step is complete.
    """

    key: str
    fields: tuple[Field, ...] = ()
    shown: When = always
    check: Callable[[Answers], None] = lambda _: None
    divert: Callable[[Answers, date], Diversion | None] = lambda _, __: None
    notes: Callable[[Answers, Turn], Sequence[str]] = lambda _, __: ()
    warns: Callable[[Answers, Turn], Sequence[str]] = lambda _, __: ()
    settle: Callable[[Answers, date], Answers] = lambda answers, _: answers
    review: bool = False
    texts: str = ""

    def fields_shown(self, answers: Answers) -> list[Field]:
        return [field for field in self.fields if field.shown(answers)]

    def missing(self, answers: Answers) -> list[Field]:
        return [field for field in self.fields_shown(answers) if field.key not in answers]

    def is_complete(self, answers: Answers) -> bool:
        """Whether all that is asked is answered, and the answers go together."""
        try:
            self.check(answers)
        except RuleBroken:
            return False
        return not self.missing(answers)


async def _nobody_named(_: Transaction, __: Answers, ___: Turn) -> str:
    return ""


async def _nothing_looked_up(_: Transaction, __: Asking) -> Given:
    return Given()


def no_suggestions(_: Step, __: Answers, ___: str) -> Mapping[str, Suggestion]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A whole form.

    `finish` gets the answers when the last step is confirmed; `goes_to` says on the
    review who will receive them. `keeps_key` means that what is sent goes on under the
    draft's own id, and so under its data key. A form `about` something asks `load` what it
    must know of it, who is asked included; `facts` lists which facts that may give. What it
    refuses, nobody can fill in. One that is `urgent` opens however many were opened before,
    and anew where it was begun hours ago.
    """

    name: str
    steps: tuple[Step, ...]
    finish: Callable[[Transaction, Sent, Turn], Awaitable[Shown]]
    keeps_key: bool = True
    about: Thing | None = None
    load: Callable[[Transaction, Asking], Awaitable[Given]] = _nothing_looked_up
    narrows: bool = False
    urgent: bool = False
    facts: Mapping[str, tuple[Json, ...]] = field(default_factory=dict)
    suggests: Callable[[Step, Answers, str], Mapping[str, Suggestion]] = no_suggestions
    goes_to: Callable[[Transaction, Answers, Turn], Awaitable[str]] = _nobody_named

    def texts_of(self, part: Field | Step) -> str:
        """Name whose sentences a part of it has: its own, or those of another."""
        return part.texts or self.name

    def step(self, key: str) -> Step:
        """Find a step; one that an older release knew leads to the first (AC-CARD-09)."""
        return next((step for step in self.steps if step.key == key), self.steps[0])

    def steps_shown(self, answers: Answers) -> list[Step]:
        return [step for step in self.steps if step.shown(answers)]

    def ends_at(self, step: Step, answers: Answers) -> bool:
        """Whether leaving this step ends the form, with no look at the whole before."""
        return not step.review and self.after(step, answers) is None

    def after(self, step: Step, answers: Answers) -> Step | None:
        """Find the next step that the answers lead to; None after the last."""
        later = self.steps[self.steps.index(step) + 1 :]
        return next((each for each in later if each.shown(answers)), None)

    def before(self, step: Step, answers: Answers) -> Step:
        earlier = self.steps[: self.steps.index(step)]
        return next((each for each in reversed(earlier) if each.shown(answers)), step)

    def first_open(self, answers: Answers) -> Step:
        """Find the first step that is not well answered yet, or the last."""
        steps = self.steps_shown(answers)
        return next((step for step in steps if not step.is_complete(answers)), steps[-1])

    def open_answers(self, answers: Answers) -> dict[str, Json]:
        """Keep the answers whose question is still asked; a closed branch falls away.

        What a step's `settle` worked out belongs to no question, and stays.
        """
        kept, fields = dict(answers), self.fields()
        while True:
            asked = {
                field.key for step in self.steps_shown(kept) for field in step.fields_shown(kept)
            }
            left = {k: value for k, value in kept.items() if k in asked or k not in fields}
            if left == kept:
                return kept
            kept = left

    def fields(self) -> dict[str, Field]:
        return {field.key: field for step in self.steps for field in step.fields}
