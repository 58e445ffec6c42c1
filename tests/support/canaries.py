"""Canaries: a word of its own for every free field of every form, typed where it belongs."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from dialogs.alert_fields import FourQuestions
from dialogs.conversation import VERBS
from dialogs.fields import CprNumber, Text
from dialogs.flow import Field, Flow, Step
from dialogs.kinds import Offered
from dialogs.sent import Answers
from domain.errors import RuleBroken
from localteams import drawn
from tests.support.acts import ROLES, Act, Staged
from tests.support.canary_scenes import SCENES
from tests.support.chat import MOST_STEPS, Card, Chat, verbs
from tests.support.every_act import EVERY_ACT
from tests.support.town import Town
from tests.support.walks import SAY, TODAY, every_walk

MARK = "kanarie"
CPR = "0405114321"
PADDING = ", som det er nødvendigt at skrive mere om her"
DIGITS = str.maketrans({"1": "en", "2": "to", "3": "tre", "_": ""})

DRESSED: Mapping[str, str] = {
    "distribution": "{}; orientering",
    "annexes": "{} https://intranet.example/bilag",
    "recommendation": "at {}",
}
"""How a word is written in a field that takes it only in a sentence, or with something else."""

Place = tuple[str, str]  # a form and a field


@dataclass(frozen=True, kw_only=True)
class Planted:
    """What was typed into the forms, by form and field, and what was read back of it."""

    words: dict[Place, str] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)


def canary(flow: str, key: str) -> str:
    return f"{MARK}{flow}{key}".translate(DIGITS)


def is_free(each: Field) -> bool:
    return isinstance(each.kind, Text | CprNumber | FourQuestions)


def free_fields(flow: Flow) -> set[str]:
    return {key for key, each in flow.fields().items() if is_free(each)}


def written(flow: Flow, each: Field) -> str:
    """Give the canary of a field, as long as it has to be.

    :raises AssertionError: when the field takes no such word.
    """
    if isinstance(each.kind, CprNumber):
        return CPR
    word = DRESSED.get(each.key, "{}").format(canary(flow.name, each.key))
    for said in (word, word + PADDING, word + " 1"):
        with suppress(RuleBroken):
            return str(each.kind.read(said, today=TODAY, say=SAY))
    raise AssertionError(f"{flow.name} takes no word in {each.key}")


def ways(flow: Flow) -> Sequence[Answers]:
    """Choose answers that lead past every free field, in as few walks as are found quickly."""
    left, chosen = free_fields(flow), list[Answers]()
    for going in sorted(every_walk(flow), key=lambda each: -len(_met(each.stops))):
        met = left & _met(going.stops)
        if met and not going.diverted:
            left -= met
            chosen.append(going.answers)
    return chosen


def _met(stops: Sequence[tuple[Step, Answers]]) -> set[str]:
    return {
        each.key for step, answers in stops for each in step.fields_shown(answers) if is_free(each)
    }


def _opened_by(verb: str) -> str:
    """Name the form that a verb opens; nothing where it opens none."""
    inside = [cell.cell_contents for cell in getattr(VERBS[verb].take, "__closure__", None) or ()]
    return next((each.name for each in inside if isinstance(each, Flow)), "")


VERB_OF: Mapping[str, str] = {
    **{name: verb for verb in VERBS if (name := _opened_by(verb))},
    "concern": "concern.begin",
    "alert_log_line": "alertlog.write",
    "coordination": "case.coordinate",
    "close_case": "case.close",
    "reopen_case": "case.reopen",
}


ALIKE = {("coordination", "agree"): "agree_more"}
"""Questions that take the place of one another, as what is known of the case has it."""
READS_BACK = (
    *("sag {0}", "historik {0}", "handlinger {0}", "åbn {0}", "gruppe {0}"),
    *("møde {0}", "dagsorden {0}", "vis punkt {0} 1", "referat {0}", "referat punkt {0} 1"),
)
ON_PAPER = ("kalender {0}", "dagsorden pdf {0}", "dagsorden docx {0}", "referat pdf {0}")
REPORTED = {"concern", "group"}
AT_REPORTS = timedelta(minutes=13)
"""How long somebody waits who reports again and again (AC-IN-05)."""


async def plants(town: Town, flow: Flow, planted: Planted, given: Mapping[str, str]) -> None:
    """Fill every free field of a form with its canary, in as many forms as it takes, and send.

    :param given: what goes into the fields that take no word.
    """
    verb = VERB_OF[flow.name]
    how = SCENES.get(flow.name) or EVERY_ACT[verb]
    who = town.chat(ROLES[min(how.allowed)])
    reports = flow.about is None or flow.about.name in REPORTED
    for way in ways(flow):
        town.hour.now += AT_REPORTS if reports else timedelta()
        staged = await how.before(town, who, await how.scene(town))
        card = await _opens(who, verb, staged, how)
        typed = await _fills(who, flow, card, way, given)
        await town.settles()
        assert await _is_sent(town, who, flow), f"{flow.name} goes on"
        for said in READS_BACK:
            planted.read.append(await who.types(said.format(staged.number)))
        for asked in ON_PAPER:
            await who.types(asked.format(staged.number))
        planted.words.update({(flow.name, key): word for key, word in typed.items()})


async def _is_sent(town: Town, who: Chat, flow: Flow) -> bool:
    async with town.remembers() as tx:
        drafts = await tx.drafts.all_of(who.person.id, now=town.hour.now)
    return all(each.flow != flow.name for each in drafts)


async def _fills(
    who: Chat, flow: Flow, card: Card, way: Answers, given: Mapping[str, str]
) -> dict[str, str]:
    """Go through the cards of a form to its end; give the canaries that were typed.

    :raises AssertionError: when the form takes no more of it.
    """
    typed: dict[str, str] = {}
    answered = False
    for _ in range(MOST_STEPS):
        going = {"form.next", "form.send"} & verbs(card)
        if not going:
            assert answered, drawn.words(card)
            return typed
        answers: dict[str, str] = {}
        for key in drawn.inputs(card).keys() & flow.fields().keys():
            each = flow.fields()[key]
            answers[key] = given.get(f"{flow.name}.{key}") or _answer(flow, each, way, card)
            if is_free(each) and f"{flow.name}.{key}" not in given:
                typed[key] = answers[key]
        answered = True
        pressed = await who.teams.presses(
            who.person.aad_id, who.messages()[0], max(going), answers, card=card
        )
        assert pressed.card not in (None, card), drawn.words(card)
        card = pressed.card or {}
    raise AssertionError(f"{flow.name} goes on: {drawn.words(card)}")


async def _opens(who: Chat, verb: str, staged: Staged, how: Act) -> Card:
    """Open a form by its button, or by keyboard where there is none."""
    if VERBS[verb].typed_only:
        await who.types(f"{VERBS[verb].words[0]} {staged.number}")
        return who.card(who.messages()[-1])
    action = {"type": "Action.Execute", "verb": verb, "data": {**staged.carried, **how.asks}}
    pressed = await who.teams.acts.press(who.person.aad_id, who.messages()[0], action)
    return pressed.card or {}


def _answer(flow: Flow, each: Field, way: Answers, card: Card) -> str:
    if is_free(each):
        return written(flow, each)
    chosen, value = _choices(card, each.key), way.get(each.key)
    if value is None:
        alike = way.get(ALIKE.get((flow.name, each.key), ""))
        return str(alike or ("" if each.optional or not chosen else chosen[0]))
    raw = each.kind.raw(value)
    return chosen[0] if isinstance(each.kind, Offered) and raw not in chosen else raw


def _choices(card: Card, key: str) -> list[str]:
    """List the values that an input on a card offers."""
    [found] = [piece for piece in drawn.pieces(card) if piece.get("id") == key]
    return [choice["value"] for choice in found.get("choices", [])]
