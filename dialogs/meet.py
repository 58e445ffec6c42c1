"""Committee meetings in the chat: see one and answer it (`møde M2027-0042`), call one."""

from collections.abc import Mapping

from cards import meet as cards
from cards.shown import Shown
from dialogs import meet_forms
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.presses import Aim, Take, Verb
from dialogs.things_meet import COMMITTEE_MEETING
from dialogs.turns import Turn
from domain.access import Action
from domain.committee_meetings import MeetingState, Reply
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases.ask_calendar import ask_calendar
from usecases.read_meeting import MeetingView, read_meeting
from usecases.reply_to_meeting import reply

_WORDS: Mapping[str, tuple[str, ...]] = {
    "meet.coming": ("deltager", "coming"),
    "meet.substitute": ("suppleant", "substitute"),
    "meet.decline": ("afbud", "decline"),
}


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show the meeting as it stands, whichever version the button was of."""
    seen = await read_meeting(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.page(card_of(seen, ways=_ways(seen)), say=turn.say)


async def _more(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await read_meeting(tx, id=aim.id, by=turn.person, now=turn.at)
    if not (seen.ahead and seen.may(Action.MANAGE_MEETING)):
        return cards.page(card_of(seen, ways=_ways(seen)), say=turn.say)
    return cards.more(card_of(seen), say=turn.say)


async def _calendar(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await ask_calendar(tx, id=aim.id, by=turn.person, now=turn.at)
    seen = await read_meeting(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.calendar_asked(card_of(seen), say=turn.say)


def _answers(answer: Reply) -> Take:
    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        await reply(tx, id=aim.id, seen=aim.version, by=turn.person, answer=answer, now=turn.at)
        return await _open(tx, turn, aim)

    return take


def card_of(seen: MeetingView, *, ways: tuple[str, ...] = ()) -> cards.MeetingCard:
    """Lay out what one person reads of a meeting; slot by slot for who leads it."""
    return cards.MeetingCard(
        meeting=seen.meeting,
        committee=seen.committee.name,
        reply=None if seen.own is None else seen.own.reply,
        asked=seen.asked,
        stands_for=seen.stands_for,
        stand_in=seen.stand_in,
        stand_in_name=seen.stand_in_name,
        expected=seen.expected,
        by_slot=seen.may(Action.NOTE_ATTENDANCE),
        seated=seen.seated,
        people=seen.people,
        ways=ways,
        link=seen.link,
    )


def _ways(seen: MeetingView) -> tuple[str, ...]:
    """Offer its papers; before it, moving and the like to who runs it."""
    if seen.meeting.state is MeetingState.CANCELLED:
        return ("agenda.show", "meet.calendar")
    if not seen.ahead:
        return ("minutes.show", "agenda.show", "meet.calendar")
    runs = seen.may(Action.MANAGE_MEETING)
    return ("agenda.show", "meet.more" if runs else "meet.calendar")


def _calls(actor: Actor) -> bool:
    return may(actor, OfficeAction.CALL_MEETING)


def _sits(actor: Actor) -> bool:
    return bool(actor.memberships)


OFFER = Offer(
    verbs={
        "meet.open": Verb(take=_open, about=COMMITTEE_MEETING, words=("møde", "meeting")),
        "meet.more": Verb(take=_more, about=COMMITTEE_MEETING),
        **{
            verb: Verb(take=_answers(answer), about=COMMITTEE_MEETING, words=_WORDS[verb])
            for verb, answer in cards.REPLIES.items()
        },
        "meet.call": Verb(take=begins(meet_forms.CALL), words=("indkald", "call")),
        "meet.move": Verb(
            take=begins(meet_forms.MOVE), about=COMMITTEE_MEETING, words=("flyt", "move")
        ),
        "meet.cancel": Verb(
            take=begins(meet_forms.CANCEL),
            about=COMMITTEE_MEETING,
            words=("aflys", "cancel meeting"),
        ),
        "meet.calendar": Verb(
            take=_calendar, about=COMMITTEE_MEETING, words=("kalender", "calendar")
        ),
    },
    flows=(meet_forms.CALL, meet_forms.MOVE, meet_forms.CANCEL),
    helps={"help.meet": _sits, "help.meet_run": _calls},
)
