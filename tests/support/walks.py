"""Ways through a form, without a conversation: what can be answered, and where it leads."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, product

from cards.shown import Json
from cards.words import speak
from dialogs.fields import Text
from dialogs.flow import Field, Flow, Step
from dialogs.kinds import Offered
from dialogs.sent import Answers
from dialogs.template_fields import Written
from domain.errors import RuleBroken
from domain.people import Language

TODAY = date(2026, 3, 2)
SAY = speak(Language.DA)
TWO = {"one": "Bo Havrelygte", "other": "Eva Rimfrost"}  # what a form may offer somebody
PLAIN = "Han er set ved stationen hver aften i en uge"

# Whatever may be written or clicked; each field takes what it can read of it.
WRITTEN = (
    "Max Myrekær",
    "2011-05-04",
    "2008-02-02",
    "2026-02-27",
    "2026-03-09",
    "14",
    "90",
    "09.30",
    "3",
    "2026-0001",
    "B2026-0001",
    "7503115000",
    "6405115000",
    PLAIN,
    "Set i Valby 28. februar, cpr 750311-5000",
    "Set i Valby 28. februar, ring 33 66 15 80 eller skriv til en BANDEMEDLEM",
)
SHAPED = ("a0000000-0000-4000-8000-000000000001", "bo@ssp-demo.example")  # of a kind of its own
A_TIME = ("T+4 timer",)  # as plans have them
OUTSIDE_SSP = ("2020-01-01", "1990-01-01")

# What somebody answers who has been told that their answers do not go together.
MENDED: Answers = {
    "happened_on": "2026-02-27",
    "happened_until": None,
    "signs_1": ["L1.a"],
    "protect_individual": PLAIN,
    "protect_none": None,
    "parties": ["SOF", "BUF"],
    "recommendation": "at det godkendes",
    "c1": "yes",
    "c2": "yes",
    "c3": "yes",
}

Choose = Callable[[Field, Sequence[Json]], Json]


@dataclass(frozen=True, kw_only=True)
class Walk:
    """A way to the end of a form: where it led through, and what was answered at each place."""

    stops: tuple[tuple[Step, Answers], ...]
    answers: Answers
    diverted: bool

    @property
    def steps(self) -> list[Step]:
        return [step for step, _ in self.stops]


def _of_its_shape(field: Field) -> Sequence[str]:
    if isinstance(field.kind, Written):
        return A_TIME
    return SHAPED if isinstance(field.kind, Text) and field.kind.shape is not None else ()


@cache
def samples(field: Field) -> Sequence[Json]:
    """List answers that a field takes; nothing at all is one where it may be left open."""
    given: list[Json] = [None] if field.optional else []
    kind = field.kind.offering(TWO) if isinstance(field.kind, Offered) else field.kind
    for said in (*kind.options(SAY), *WRITTEN, *_of_its_shape(field), *OUTSIDE_SSP):
        try:
            value = kind.read(said, today=TODAY, say=SAY)
        except RuleBroken:
            continue
        if value not in given:
            given.append(value)
    return given


def answered(flow: Flow, step: Step, answers: Answers, choose: Choose) -> Answers:
    """Answer all that a step asks, mending what does not go together."""
    filled = dict(answers)
    while missing := step.missing(filled):
        field = missing[0]
        filled = flow.open_answers({**filled, field.key: choose(field, samples(field))})
    if step.is_complete(filled):
        return filled
    mended = {f.key: MENDED[f.key] for f in step.fields if f.key in MENDED}
    filled = flow.open_answers({**filled, **mended})
    return filled if step.is_complete(filled) else _mended(flow, step, filled)


def _mended(flow: Flow, step: Step, filled: Answers) -> Answers:
    """Change one answer, or two, until all of them go together."""
    shown = step.fields_shown(filled)
    for fields in (*combinations(shown, 1), *combinations(shown, 2)):
        for values in product(*map(samples, fields)):
            changed = dict(zip((field.key for field in fields), values, strict=True))
            tried = flow.open_answers({**filled, **changed})
            if step.is_complete(tried):
                return tried
    return filled


def walk(flow: Flow, choose: Choose, facts: Answers | None = None) -> Walk:
    """Go through a form from its first step to its end."""
    step: Step | None = flow.steps[0]
    answers: Answers = {**first_facts(flow), **(facts or {})}
    stops: list[tuple[Step, Answers]] = []
    while step is not None:
        answers = answered(flow, step, answers, choose)
        step.check(answers)
        stops.append((step, answers))
        if step.divert(answers, TODAY) is not None:
            return Walk(stops=tuple(stops), answers=answers, diverted=True)
        answers = flow.open_answers(step.settle(answers, TODAY))
        step = flow.after(step, answers)
    return Walk(stops=tuple(stops), answers=answers, diverted=False)


def first_of(_: Field, offered: Sequence[Json]) -> Json:
    return offered[0]


def but(key: str, value: Json) -> Choose:
    """Choose whatever comes first, but this for one field."""
    return lambda field, offered: value if field.key == key else first_of(field, offered)


def first_facts(flow: Flow) -> Answers:
    return {key: values[0] for key, values in flow.facts.items()}


def every_fact(flow: Flow) -> Iterator[Answers]:
    """Tell a form what it may be told, one thing at a time."""
    for key, values in flow.facts.items():
        yield from ({key: value} for value in values)


def every_walk(flow: Flow) -> Iterator[Walk]:
    """Walk a form plainly, and once more for each other answer to each field that is met."""
    for facts in (*every_fact(flow), first_facts(flow)):
        yield from _walks(flow, facts)


def _walks(flow: Flow, facts: Answers) -> Iterator[Walk]:
    met = set[str]()
    waiting = [walk(flow, first_of, facts)]
    while waiting:
        going = waiting.pop()
        yield going
        for step, answers in going.stops:
            for field in step.fields_shown(answers):
                if field.key not in met:
                    met.add(field.key)
                    waiting += [
                        walk(flow, but(field.key, value), facts) for value in samples(field)
                    ]
