"""The concern form: who may use it, what it suggests, and what sending it does."""

from collections.abc import Mapping

from cards import reports as cards
from cards.shown import Shown
from dialogs import concern_what, concern_who, concern_why
from dialogs.concern_answers import judged, parts, reported, said, signs, ticked
from dialogs.flow import Flow, Step, Suggestion
from dialogs.questions import broken
from dialogs.sent import Answers, Sent
from dialogs.turns import Turn
from domain.areas import AREAS
from domain.errors import RuleBroken
from domain.hints import hints
from domain.levels import suggest_level
from storage.database import Transaction
from usecases.submit_concern import find_way, submit_concern

STEPS = (*concern_who.STEPS, *concern_what.STEPS, *concern_why.STEPS)


async def _finish(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    answers = sent.answers
    concern = await submit_concern(
        tx,
        id=sent.id,
        reporter=turn.person,
        reported=reported(answers),
        judged=judged(answers),
        parts=parts(CONCERN_REPORT, answers),
        now=turn.at,
    )
    group = await tx.organisation.committee(concern.group) if concern.group else None
    return cards.received(concern, group=group.name if group else None, say=turn.say)


async def _goes_to(tx: Transaction, answers: Answers, turn: Turn) -> str:
    """Say on the review who will receive it, as a role and a group (concern.md §4.1 rule 7)."""
    try:
        way = await find_way(tx, reported(answers), reporter=turn.person, today=turn.today)
    except RuleBroken as problem:
        return broken(problem, turn.say)
    if way.told.group is None:
        return turn.say("concern.goes_to_triage")
    group = await tx.organisation.committee(way.told.group)
    return turn.say("concern.goes_to_group", group=group.name)


def _suggests(step: Step, answers: Answers, first_words: str) -> Mapping[str, Suggestion]:
    """Offer what fixed rules find in the person's own words; never set silently (§4.7)."""
    match step.key:
        case "person" | "about":
            return _from_words(first_words)
        case "concern" if first_words:
            return {"observed": Suggestion(value=first_words, because=())}
        case "level":
            return _level(answers)
        case _:
            return {}


def _from_words(text: str) -> Mapping[str, Suggestion]:
    found = hints(text, areas=AREAS)
    offered: dict[str, Suggestion] = {}
    if isinstance(found.age.value, float):
        age = f"{found.age.value:g}".replace(".", ",")
        offered["age_about"] = Suggestion(value=age, because=found.age.words)
    if found.area.value is not None:
        offered["area"] = Suggestion(value=str(found.area.value), because=found.area.words)
    return offered


def _level(answers: Answers) -> Mapping[str, Suggestion]:
    ticks = suggest_level(signs(answers), several_over_a_period=ticked(answers, "period"))
    if ticks.level is not None:
        return {"level": Suggestion(value=str(ticks.level), because=())}
    found = hints(said(answers, "observed"), areas=AREAS).level
    if found.value is None:
        return {}
    return {"level": Suggestion(value=str(found.value), because=found.words)}


CONCERN_REPORT = Flow(
    name="concern", steps=STEPS, finish=_finish, suggests=_suggests, goes_to=_goes_to
)
