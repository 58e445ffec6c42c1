"""What one turn means: a command, a press, an answer in a form, or simply words."""

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from uuid import UUID

from cards import concerns as concern_cards
from cards import forms, reports
from cards import help as help_cards
from cards.shown import Json, Shown
from cards.words import speak
from dialogs import concern_care, engine, trials
from dialogs.concern_report import CONCERN_REPORT
from dialogs.flow import Flow
from dialogs.progress import Progress
from dialogs.questions import broken
from dialogs.short_forms import ADDITION, ENQUIRY
from dialogs.turns import Press, Turn
from domain.access import Action, can
from domain.areas import AREAS
from domain.drafts import Draft
from domain.errors import RuleBroken
from domain.hints import hints
from domain.people import Language, Office, Seat
from storage.database import Transaction
from usecases.permit import actor_of

FLOWS: Mapping[str, Flow] = {flow.name: flow for flow in (CONCERN_REPORT, ENQUIRY, ADDITION)}
Do = Callable[[Transaction, Turn], Awaitable[Shown]]
LEAST_WORDS = 4


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
    answers = draft is not None and engine.asks_which_language(FLOWS[draft.flow], turn, draft)
    do = _commanded(turn)
    if do is not None and not (answers and do in SPEAKS):
        return await do(tx, turn)
    cancels = turn.word in engine.WORDS["form.cancel"]  # also when the draft was put away
    if draft is not None and (cancels or not Progress.of(draft).paused):
        return await engine.typed(tx, FLOWS[draft.flow], turn, draft)
    return await _free_words(tx, turn, draft)


def _commanded(turn: Turn) -> Do | None:
    """Find what was asked for in so many words, or with a number or a name in them."""
    for do, words in COMMANDS.items():
        if turn.word in words:
            return do
    for pattern, takes in (NAMED, _by_reference), (trials.NAMED, trials.confirm_named):
        if (named := pattern.fullmatch(turn.word)) is not None:
            return partial(takes, named=named)
    return None


async def explain(tx: Transaction, turn: Turn, problem: RuleBroken) -> Shown:
    """Say why a turn was refused, and show where the person can go on from."""
    draft = await tx.drafts.of(turn.person.id, now=turn.at) if turn.in_private else None
    typed = turn.pressed is None and draft is not None and not Progress.of(draft).paused
    in_form = turn.pressed is not None and turn.pressed.verb in engine.VERBS
    if draft is not None and (typed or in_form):
        return await engine.show(tx, FLOWS[draft.flow], turn, draft, problem)
    say = turn.say
    verb = "form.resume" if draft else "help"
    verb = "concern.begin" if problem.code == "draft.none" else verb
    pressed = None if problem.code == "concern.not_found" else turn.pressed  # AC-CARD-02
    again = await concern_care.open_again(tx, turn, pressed) if pressed else None
    return forms.message(
        say("refusal.title"),
        broken(problem, say),
        say=say,
        actions=[*([again] if again else []), (say(f"button.{verb}"), verb, {})],
    )


async def _by_reference(tx: Transaction, turn: Turn, *, named: re.Match[str]) -> Shown:
    """Do by keyboard what a concern's buttons do: `åbn B2026-0001`, `flyt B2026-0001 3 1`."""
    reference = named["reference"].upper()
    concern = await tx.concerns.by_reference(reference)
    if concern is None:
        raise RuleBroken("concern.not_found", about=reference)
    data = concern_cards.about(concern)
    verb = next(verb for verb, words in BY_REFERENCE.items() if named["said"] in words)
    if named["to"] is not None and verb == "concern.reroute":
        to, reason = int(named["to"]), int(named["reason"])
        verb = "concern.move"
        data |= await concern_care.by_numbers(tx, turn, concern, to=to, reason=reason)
    return await concern_care.press(tx, turn, verb, data)


async def _pressed(tx: Transaction, turn: Turn, press: Press) -> Shown:
    if press.verb in engine.VERBS:
        return await _in_a_form(tx, turn, press)
    if press.verb in concern_care.ACTIONS:
        return await concern_care.press(tx, turn, press.verb, press.data)
    if press.verb in trials.ACTIONS:
        return await trials.press(tx, turn, press.verb, press.data)
    if press.verb in BUTTONS:
        if press.data:
            raise RuleBroken("press.not_ours")
        return await BUTTONS[press.verb](tx, turn)
    raise RuleBroken("press.not_ours")


async def _in_a_form(tx: Transaction, turn: Turn, press: Press) -> Shown:
    """Find the form by its owner; the card only says which version it showed."""
    draft = await tx.drafts.of(turn.person.id, now=turn.at)
    if draft is not None and str(draft.id) == press.data.get("draft"):
        flow = FLOWS[draft.flow]
        return await engine.press(tx, flow, turn, draft, press)
    sent = await _sent(tx, turn, press.data)
    if sent is not None:
        return sent
    say = turn.say
    again = ("form.resume", "button.form.resume") if draft else ("help", "button.help")
    return forms.message(
        say("form.gone_title"),
        say("form.gone_elsewhere" if draft else "form.gone_text"),
        say=say,
        actions=[(say(again[1]), again[0], {})],
    )


async def _sent(tx: Transaction, turn: Turn, data: Mapping[str, Json]) -> Shown | None:
    try:
        return await concern_care.receipt(tx, turn, UUID(str(data.get("draft"))))
    except ValueError:
        return None


def _opens(flow: Flow) -> Do:
    async def do(tx: Transaction, turn: Turn) -> Shown:
        if flow is CONCERN_REPORT and not turn.person.s115_covered:
            return _not_covered(turn)
        draft = await tx.drafts.of(turn.person.id, now=turn.at)
        if draft is not None:
            return await engine.resume(tx, FLOWS[draft.flow], turn, draft)
        return await engine.begin(tx, flow, turn, Progress())

    return do


def _not_covered(turn: Turn) -> Shown:
    """Somebody outside §115 can send an enquiry, and nothing about a person (S115-5)."""
    say = turn.say
    return forms.message(
        say("enquiry.instead_title"),
        say("enquiry.instead_body"),
        say=say,
        actions=[(say("button.enquiry.begin"), "enquiry.begin", {})],
    )


async def _resume(tx: Transaction, turn: Turn) -> Shown:
    draft = await tx.drafts.of(turn.person.id, now=turn.at)
    if draft is None:
        raise RuleBroken("draft.none")
    return await engine.resume(tx, FLOWS[draft.flow], turn, draft)


async def _discard(tx: Transaction, turn: Turn) -> Shown:
    """Say no to the offer: what was written is deleted at once."""
    draft = await tx.drafts.of(turn.person.id, now=turn.at)
    if draft is not None and Progress.of(draft).answers:
        return await engine.resume(tx, FLOWS[draft.flow], turn, draft)
    if draft is not None:
        await tx.drafts.close(draft, keep_key=False)
    say = turn.say
    return forms.message(
        say("offer.discarded_title"),
        say("offer.discarded_body"),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


async def _mine(tx: Transaction, turn: Turn) -> Shown:
    if not turn.person.s115_covered:
        return _not_covered(turn)
    return reports.mine(await tx.concerns.of_reporter(turn.person.id), say=turn.say)


async def _waiting(tx: Transaction, turn: Turn) -> Shown:
    """List the concerns that wait for this person, by reference and area only."""
    actor = await actor_of(tx, turn.person)
    places = [m.committee for m in actor.memberships if m.seat is Seat.FACILITATOR]
    triage = [None] if Office.SEK in turn.person.offices else []
    waiting = [
        concern for place in (*places, *triage) for concern in await tx.concerns.waiting_in(place)
    ]
    matters = await tx.matters.of_concerns(waiting, now=turn.at)
    found = [each for each in waiting if can(actor, Action.TAKE_UP, matters[each.id])]
    return concern_cards.waiting(found, say=turn.say)


async def _help(tx: Transaction, turn: Turn) -> Shown:
    seats = await tx.organisation.memberships_of(turn.person.id)
    handles = any(m.seat is Seat.FACILITATOR for m in seats) or bool(turn.person.offices)
    keeps_office = Office.SEK in turn.person.offices
    return help_cards.help_(say=turn.say, handles=handles, keeps_office=keeps_office)


def _speaks(language: Language) -> Do:
    async def do(tx: Transaction, turn: Turn) -> Shown:
        await tx.people.set_language(turn.person.id, language)
        say = speak(language)
        return forms.message(
            say("language.title"),
            say("language.body"),
            say=say,
            actions=[(say("button.help"), "help", {})],
        )

    return do


async def _free_words(tx: Transaction, turn: Turn, draft: Draft | None) -> Shown:
    """Offer the form to somebody who wrote what they are worried about (§4.7)."""
    found = hints(turn.said, areas=AREAS)
    because = [*found.age.words, *found.area.words, *found.level.words]
    if draft is not None or not because or len(turn.said.split()) < LEAST_WORDS:
        return help_cards.not_understood(has_draft=draft is not None, say=turn.say)
    if not turn.person.s115_covered:
        return _not_covered(turn)
    await engine.begin(tx, CONCERN_REPORT, turn, Progress(first_words=turn.said, paused=True))
    return help_cards.sounds_like_a_concern(say=turn.say)


def _reminds(*, paused: bool) -> Do:
    async def do(tx: Transaction, turn: Turn) -> Shown:
        await tx.people.pause(turn.person.id, paused=paused)
        return help_cards.reminders(paused=paused, say=turn.say)

    return do


SPEAKS: Mapping[Do, frozenset[str]] = {
    _speaks(Language.EN): frozenset({"english", "engelsk"}),
    _speaks(Language.DA): frozenset({"dansk", "danish"}),
}
COMMANDS: Mapping[Do, frozenset[str]] = {
    _opens(CONCERN_REPORT): frozenset({"bekymring", "ny bekymring", "concern", "report"}),
    _opens(ENQUIRY): frozenset({"henvendelse", "enquiry"}),
    _resume: frozenset({"fortsæt", "continue", "resume"}),
    _mine: frozenset({"mine bekymringer", "my concerns", "status"}),
    _waiting: frozenset({"nye bekymringer", "new concerns"}),
    _help: frozenset(
        {"hjælp", "help", "hej", "hi", "hello", "hejsa", "goddag", "start", "?", "kommandoer", ""}
    ),
    _reminds(paused=True): frozenset({"pause påmindelser", "pause reminders"}),
    _reminds(paused=False): frozenset({"genoptag påmindelser", "resume reminders"}),
    **trials.COMMANDS,
    **SPEAKS,
}
BY_REFERENCE: Mapping[str, frozenset[str]] = {
    "concern.open": frozenset({"åbn", "open"}),
    "concern.clear": frozenset({"nej", "no"}),
    "concern.step_aside": frozenset({"ja", "yes", "inhabil", "recuse"}),
    "concern.take_up": frozenset({"tag op", "take up"}),
    "concern.reroute": frozenset({"flyt", "move"}),
    "concern.add": frozenset({"tilføj", "add"}),
    "concern.withdraw": frozenset({"træk tilbage", "withdraw"}),
}
NAMED = re.compile(
    rf"(?P<said>{'|'.join(word for words in BY_REFERENCE.values() for word in sorted(words))})"
    r" (?P<reference>b\d{4}-\d{4,6})(?: (?P<to>\d{1,2}) (?P<reason>\d))?"
)
BUTTONS: Mapping[str, Do] = {
    "concern.begin": _opens(CONCERN_REPORT),
    "enquiry.begin": _opens(ENQUIRY),
    "addition.begin": _mine,
    "concern.mine": _mine,
    "concern.waiting": _waiting,
    "form.resume": _resume,
    "form.discard": _discard,
    "help": _help,
    "reminders.pause": _reminds(paused=True),
    "reminders.resume": _reminds(paused=False),
    **trials.BUTTONS,
}
