"""What one turn means: a command, a press, an answer in a form, or simply words."""

import re
from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from cards import forms
from cards import help as help_cards
from cards.shown import Json, Shown
from dialogs import alerts, begun, concern_care, engine
from dialogs.concern_begin import free_words
from dialogs.habits import SPEAKS
from dialogs.offers import Offer, Typed, Vocabulary, everybody, together
from dialogs.presses import Aim, Do, Thing, Verb, alone
from dialogs.questions import broken
from dialogs.registry import FLOWS, SLICES
from dialogs.things import CASE, CONCERN, EFFORT, GROUP
from dialogs.things_alert import ALERT
from dialogs.things_meet import COMMITTEE_MEETING
from dialogs.things_plan import MEASURE, PLAN
from dialogs.things_sharing import SHARED_PLAN
from dialogs.turns import Press, Turn
from domain.drafts import Draft
from domain.errors import RuleBroken
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.permit import actor_of

NUMBERS = {  # by example
    "concern": "B2026-0001",
    "case": "2026-0001",
    "group": "G2026-0001",
    "committee_meeting": "M2027-0001",
    "effort": "I2027-0001",
    "actionplan": "R2026-0001",
    "measure": "R2026-0001 3",
    "alert": "R2026-0001",
    "shared_plan": "R2026-0001",
}


async def take_turn(tx: Transaction, turn: Turn) -> Shown:
    """Answer what somebody just typed or pressed.

    :raises RuleBroken: when a rule refuses; then nothing of the turn is kept.
    """
    if not turn.in_private:
        return help_cards.only_in_private(link=turn.chat_link, say=turn.say)
    if turn.pressed is not None:
        return await _pressed(tx, turn, turn.pressed)
    if turn.brings_files:
        raise RuleBroken("file.not_here")
    draft = await tx.drafts.of(turn.person.id, now=turn.at)
    command = await _command(tx, turn, draft)
    if command is not None:
        verb, typed = command
        return await _aimed(tx, turn, verb, typed)
    cancels = turn.word in engine.WORDS["form.cancel"]  # also when the draft was put away
    if draft is not None and (draft.listens or cancels):
        return await engine.typed(tx, await engine.at(tx, FLOWS[draft.flow], draft, turn))
    meant = VOCABULARY.nearest(turn.word)
    return await free_words(tx, turn, has_draft=draft is not None, meant=meant)


async def _command(tx: Transaction, turn: Turn, draft: Draft | None) -> Typed | None:
    """Find what was asked for, unless it is the answer that a form waits for."""
    command = VOCABULARY.understand(turn.word)
    if command is None or draft is None or not draft.listens:
        return command
    verb, typed = command
    if verb not in SPEAKS and not (verb.free and typed["rest"]):
        return command
    here = await engine.at(tx, FLOWS[draft.flow], draft, turn)
    answers = engine.asks_which_language(here) if verb in SPEAKS else engine.asks_for_words(here)
    return None if answers else command


async def _aimed(tx: Transaction, turn: Turn, verb: Verb, typed: re.Match[str]) -> Shown:
    """Do what was typed. A number that nobody has takes as long as one out of reach (AC-CARD-02).

    :raises RuleBroken: as `Verb.aim_at` does, or whatever stands in the way.
    """
    try:
        aim = await verb.aim_at(tx, typed)
    except RuleBroken:
        with suppress(RuleBroken):
            await verb.take(tx, turn, Aim(rest=typed["rest"].strip()))
        raise
    return await verb.take(tx, turn, aim)


async def explain(tx: Transaction, turn: Turn, problem: RuleBroken) -> Shown:
    """Say why a turn was refused, and show where the person can go on from."""
    draft, answered = await _answered(tx, turn)
    if draft is not None and answered is not None:
        try:
            here = await engine.at(tx, FLOWS[draft.flow], draft, turn)
        except RuleBroken as gone:
            return await begun.out_of_reach(tx, turn, draft, gone)
        return await (engine.refused if answered else engine.show)(tx, here, problem)
    say = turn.say
    verb = "form.resume" if draft else "help"
    verb = "concern.begin" if problem.code == "draft.none" else verb
    hidden = problem.code.endswith(".not_found")  # AC-CARD-02
    again = None if hidden or turn.pressed is None else await _again(tx, turn, turn.pressed)
    return forms.message(
        say("refusal.title"),
        broken(problem, say),
        say=say,
        actions=[*([again] if again else []), (say(f"button.{verb}"), verb, {})],
    )


async def _answered(tx: Transaction, turn: Turn) -> tuple[Draft | None, bool | None]:
    """Find the form that a refused turn was in, and whether it was an answer there.

    None: it was in none, and the draft is simply there.
    """
    if not turn.in_private:
        return None, None
    draft = await tx.drafts.of(turn.person.id, now=turn.at)
    if draft is None:
        return None, None
    if turn.pressed is None:
        answers = VOCABULARY.understand(turn.word) is None and not turn.brings_files
        return draft, answers if draft.listens else None
    if turn.pressed.verb not in engine.VERBS:
        return draft, None
    named = await _named(tx, turn, turn.pressed.data)
    return named or draft, named is not None


async def _again(
    tx: Transaction, turn: Turn, pressed: Press
) -> tuple[str, str, Mapping[str, Json]] | None:
    """Offer to open what a refused press was about, as it is now."""
    verb = VERBS.get(pressed.verb)
    if verb is None or verb.about is None:
        return None
    try:
        return await verb.about.again(tx, turn, verb.aim(pressed.data).id)
    except RuleBroken:
        return None


async def _pressed(tx: Transaction, turn: Turn, press: Press) -> Shown:
    if press.verb in engine.VERBS:
        return await _in_a_form(tx, turn, press)
    if press.verb not in VERBS:
        raise RuleBroken("press.not_ours")
    verb = VERBS[press.verb]
    return await verb.take(tx, turn, verb.aim(press.data))


async def _in_a_form(tx: Transaction, turn: Turn, press: Press) -> Shown:
    """Find the form among its owner's; the card says which, and which version it showed."""
    draft = await _named(tx, turn, press.data)
    if draft is not None:
        here = await engine.at(tx, FLOWS[draft.flow], draft, turn)
        return await engine.press(tx, here, press)
    sent = await _sent(tx, turn, press.data)
    if sent is not None:
        return sent
    another = await tx.drafts.of(turn.person.id, now=turn.at)
    return begun.gone(turn, has_another=another is not None)


async def _named(tx: Transaction, turn: Turn, data: Mapping[str, Json]) -> Draft | None:
    drafts = await tx.drafts.all_of(turn.person.id, now=turn.at)
    return next((each for each in drafts if str(each.id) == data.get("draft")), None)


async def _sent(tx: Transaction, turn: Turn, data: Mapping[str, Json]) -> Shown | None:
    try:
        draft = UUID(str(data.get("draft")))
    except ValueError:
        return None
    return await concern_care.receipt(tx, turn, draft) or await alerts.receipt(tx, turn, draft)


async def _help(tx: Transaction, turn: Turn) -> Shown:
    """List what this person has a use for."""
    actor = await actor_of(tx, turn.person)
    lines = [key for key, is_for in EVERYTHING.helps.items() if is_for(actor)]
    return help_cards.help_(lines, say=turn.say)


def _help_with(thing: Thing) -> Do:
    """List all that can be typed with the number of a thing."""

    async def do(_: Transaction, turn: Turn) -> Shown:
        say = turn.say
        words = {
            verb.example(NUMBERS[thing.name], turn.language): say(f"button.{name}")
            for name, verb in VERBS.items()
            if verb.about is thing and verb.words and say.has(f"button.{name}")
        }
        return help_cards.help_with(NUMBERS[thing.name], words, say=say)

    return do


def _handles(actor: Actor) -> bool:
    return bool(standing(actor) - {Role.REP, Role.EXT, Role.LUM})


HELP = Offer(
    verbs={
        "help.case": Verb(
            take=alone(_help_with(CASE)), words=("hjælp sag", "help case"), typed_only=True
        ),
        "help.concern": Verb(
            take=alone(_help_with(CONCERN)),
            words=("hjælp bekymring", "help concern"),
            typed_only=True,
        ),
        "help.group": Verb(
            take=alone(_help_with(GROUP)), words=("hjælp gruppe", "help group"), typed_only=True
        ),
        "help.effort": Verb(
            take=alone(_help_with(EFFORT)), words=("hjælp indsats", "help effort"), typed_only=True
        ),
        "help.alert": Verb(
            take=alone(_help_with(ALERT)), words=("hjælp alarm", "help alert"), typed_only=True
        ),
        "help.plan": Verb(
            take=alone(_help_with(PLAN)),
            words=("hjælp handleplan", "help action plan"),
            typed_only=True,
        ),
        "help.sharing": Verb(
            take=alone(_help_with(SHARED_PLAN)),
            words=("hjælp deling", "help sharing"),
            typed_only=True,
        ),
        "help.measure": Verb(
            take=alone(_help_with(MEASURE)),
            words=("hjælp tiltag", "help measure"),
            typed_only=True,
        ),
        "help.meeting_number": Verb(
            take=alone(_help_with(COMMITTEE_MEETING)),
            words=("hjælp møde", "help meeting"),
            typed_only=True,
        ),
        "help": Verb(
            take=alone(_help),
            words=(
                *("hjælp", "help", "hej", "hi", "hello", "hejsa", "goddag", "start"),
                *("?", "kommandoer", ""),
            ),
        ),
    },
    helps={"help.with": _handles, "help.help": everybody},
)
EVERYTHING = together((SLICES, begun.OFFER, HELP))
VERBS = EVERYTHING.verbs
VOCABULARY = Vocabulary.of(VERBS.values())
