"""Readiness meetings in the chat: `beredskabsmøde R2026-0001`, and one's answer (BER-41)."""

from collections.abc import Mapping, Sequence

from cards import readiness_meeting_lists as lists
from cards import readiness_meetings as cards
from cards.delivery import Part
from cards.shown import Shown
from dialogs import alert_meeting_forms as forms
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.presses import Aim, Take, Verb
from dialogs.things_alert import ALERT
from dialogs.things_readiness import READINESS_MEETING
from dialogs.turns import Turn
from domain.committee_meetings import Reply
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases.ask_readiness_calendar import ask_readiness_calendar
from usecases.permit import actor_of
from usecases.read_alert import may_read
from usecases.read_readiness_meeting import (
    MeetingSeen,
    meetings_of,
    planned_hours,
    see_agenda,
    see_readiness_meeting,
    view_of,
)
from usecases.reply_to_readiness_meeting import reply_to_readiness_meeting
from usecases.see_alert import AlertSeen

_WORDS: Mapping[str, tuple[str, ...]] = {
    "alertmeet.coming": ("deltager", "coming"),
    "alertmeet.substitute": ("suppleant", "substitute"),
    "alertmeet.decline": ("afbud", "decline"),
}


async def _show(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show the meeting that is ahead, or all of them; or offer to call one."""
    alert = await may_read(tx, turn.person, aim.id)
    ahead = await meetings_of(tx, alert.id, now=turn.at)
    if len(ahead) == 1:
        return _page(await view_of(tx, ahead[0], alert, turn.person), turn)
    calls = may(await actor_of(tx, turn.person), OfficeAction.CALL_READINESS_MEETING)
    ways = ["alertmeet.call"] if calls and alert.is_open else []
    if not ahead:
        return lists.none_yet(alert, ways=ways, say=turn.say)
    shown = [cards.MeetingCard(meeting=each, alert=alert) for each in ahead]
    return lists.listed(shown, ways=ways, say=turn.say)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show the meeting as it stands, however often it was moved since."""
    return _page(await see_readiness_meeting(tx, id=aim.id, by=turn.person), turn)


async def _agenda(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_agenda(tx, id=aim.id, by=turn.person)
    return cards.agenda(forms.agenda_card(seen, turn), say=turn.say)


async def _calendar(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await ask_readiness_calendar(tx, id=aim.id, by=turn.person, now=turn.at)
    seen = await see_readiness_meeting(tx, id=aim.id, by=turn.person)
    return cards.calendar_asked(forms.card_of(seen, turn), say=turn.say)


def _answers(answer: Reply) -> Take:
    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        await reply_to_readiness_meeting(
            tx, id=aim.id, seen=aim.version, by=turn.person, reply=answer, now=turn.at
        )
        return await _open(tx, turn, aim)

    return take


def _page(seen: MeetingSeen, turn: Turn) -> Shown:
    return cards.page(forms.card_of(seen, turn, ways=_ways(seen, turn)), say=turn.say)


def _ways(seen: MeetingSeen, turn: Turn) -> Sequence[str]:
    ahead = seen.meeting.takes_answers(turn.at) and seen.alert.is_open
    runs = ("alertmeet.move", "alertmeet.cancel") if ahead and seen.calls else ()
    return (
        *(() if seen.meeting.is_off else ("alertmeet.agenda",)),
        *(runs or ("alertmeet.calendar",)),
    )


async def on_the_alert(tx: Transaction, turn: Turn, seen: AlertSeen) -> Sequence[Part]:
    """Tell on the alert's page when the next meeting is, and how many come.

    Where none is called, who may call one reads when the template says to meet.
    """
    if not seen.is_open:
        return ()
    ahead = await meetings_of(tx, seen.alert.id, now=turn.at)
    if not ahead:
        hours = await planned_hours(tx, seen.alert) if calls_one(seen) else []
        return cards.to_be_called([each for each in hours if each > turn.at], say=turn.say)
    asked = await tx.readiness_meetings.attendances(ahead[0].id)
    coming = sum(1 for each in asked if each.reply is Reply.COMING)
    return cards.on_the_alert(ahead[0], coming=coming, say=turn.say)


def calls_one(seen: AlertSeen) -> bool:
    """Whether it is this person's to call a meeting: the Secretariat's alone."""
    return seen.in_secretariat and seen.is_open and seen.has_left


def decides(seen: AlertSeen) -> bool:
    """Whether this person may note what was decided."""
    leads = seen.acts or seen.in_secretariat or seen.by.id == seen.alert.log_keeper
    return leads and seen.is_open


def _calls(actor: Actor) -> bool:
    return may(actor, OfficeAction.CALL_READINESS_MEETING)


OFFER = Offer(
    verbs={
        "alertmeet.show": Verb(
            take=_show, about=ALERT, words=("beredskabsmøde", "readiness meeting")
        ),
        "alertmeet.call": Verb(take=begins(forms.CALL), about=ALERT, words=("indkald", "call")),
        "alertmeet.open": Verb(take=_open, about=READINESS_MEETING, words=("møde", "meeting")),
        **{
            verb: Verb(take=_answers(answer), about=READINESS_MEETING, words=_WORDS[verb])
            for verb, answer in cards.REPLIES.items()
        },
        "alertmeet.agenda": Verb(
            take=_agenda, about=READINESS_MEETING, words=("dagsorden", "agenda")
        ),
        "alertmeet.calendar": Verb(
            take=_calendar, about=READINESS_MEETING, words=("kalender", "calendar")
        ),
        "alertmeet.move": Verb(
            take=begins(forms.MOVE), about=READINESS_MEETING, words=("flyt", "move")
        ),
        "alertmeet.cancel": Verb(
            take=begins(forms.CANCEL),
            about=READINESS_MEETING,
            words=("aflys", "cancel meeting"),
        ),
        "alertmeet.decide": Verb(
            take=begins(forms.DECIDE), about=ALERT, words=("beslutning", "decision")
        ),
    },
    flows=(forms.CALL, forms.MOVE, forms.CANCEL, forms.DECIDE),
    helps={"help.alertmeet": _calls},
)
