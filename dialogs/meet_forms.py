"""The short forms about committee meetings: call one, move one, cancel one."""

from datetime import date, time
from uuid import UUID

from cards import meet as cards
from cards.meet_conflicts import agendas_late, conflicts
from cards.shown import Shown
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import YES_NO, ComingDay, Number, Offered
from dialogs.sent import Sent
from dialogs.things_meet import COMMITTEE_MEETING
from dialogs.turns import Turn
from domain.access import Action
from domain.committee_meetings import CommitteeMeeting
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.meeting_conflicts import Conflicts
from domain.office_actions import OfficeAction
from domain.people import CommitteeCode
from storage.database import Transaction
from usecases import change_meeting, permit
from usecases.change_meeting import callable_by
from usecases.permit_office import refused
from usecases.reply_to_meeting import must_be_ahead

HOURS = [time(hour, minute) for hour in range(8, 20) for minute in (0, 30)]
LONGEST = 480  # minutes

_DAY = Field(key="day", kind=ComingDay(), data=DataClass.METADATA)
_STARTS = Field(key="starts", kind=Offered(), data=DataClass.METADATA)
_DESPITE = Field(
    key="despite",
    kind=YES_NO,
    data=DataClass.METADATA,
    optional=True,
    overrules="committee_meeting.conflicts",
)


def _hours(turn: Turn) -> dict[str, str]:
    return {f"{at:%H:%M}": cards.hour(at, turn.say) for at in HOURS}


async def _load_call(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    committees = await callable_by(tx, turn.person)
    if not committees:
        raise await refused(tx, OfficeAction.CALL_MEETING)
    return Given(
        offers={
            "committee": {each.code: each.name for each in committees},
            "starts": _hours(turn),
        },
        known={
            "minutes": "90",
            **({"committee": committees[0].code} if len(committees) == 1 else {}),
        },
    )


async def _call(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    day, starts = _chosen(sent, turn)
    meeting = CommitteeMeeting(
        id=sent.id,
        reference="",
        committee=CommitteeCode(sent.text("committee")),
        year=day.year,
        number=None,
        day=day,
        starts=starts,
        minutes=sent.number("minutes") or 0,
        called_at=turn.at,
    )
    found = await _must_not_collide(tx, meeting, sent, turn)
    called = await change_meeting.call(
        tx,
        id=sent.id,
        committee=meeting.committee,
        day=day,
        starts=starts,
        minutes=meeting.minutes,
        place=sent.text("place"),
        purpose=sent.text("purpose"),
        by=turn.person,
        now=turn.at,
    )
    return await _changed(tx, called, "call", turn, found)


async def _load_move(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    meeting = await _managed(tx, asking.about, turn)
    return Given(
        title=f"{meeting.reference} · {cards.when(meeting, turn.say)}",
        version=meeting.version,
        offers={"starts": _hours(turn) | _own_hour(meeting, turn)},
        known={"starts": f"{meeting.starts:%H:%M}"},
    )


def _own_hour(meeting: CommitteeMeeting, turn: Turn) -> dict[str, str]:
    """Offer the hour it has, also where that is no half hour."""
    return {f"{meeting.starts:%H:%M}": cards.hour(meeting.starts, turn.say)}


async def _move(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    day, starts = _chosen(sent, turn)
    meeting = await _managed(tx, sent.about, turn)
    found = await _must_not_collide(tx, meeting, sent, turn)
    moved = await change_meeting.move(
        tx,
        id=sent.about,
        seen=sent.seen,
        day=day,
        starts=starts,
        by=turn.person,
        now=turn.at,
    )
    return await _changed(tx, moved, "move", turn, found)


async def _load_cancel(tx: Transaction, asking: Asking) -> Given:
    meeting = await _managed(tx, asking.about, asking.turn)
    return Given(
        title=f"{meeting.reference} · {cards.when(meeting, asking.turn.say)}",
        version=meeting.version,
    )


async def _cancel(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    if not sent.yes("sure"):
        meeting = await _managed(tx, sent.about, turn)
        return cards.unchanged(await _card(tx, meeting), say=turn.say)
    cancelled = await change_meeting.cancel(
        tx, id=sent.about, seen=sent.seen, by=turn.person, now=turn.at
    )
    return await _changed(tx, cancelled, "cancel", turn, Conflicts())


async def _must_not_collide(
    tx: Transaction, meeting: CommitteeMeeting, sent: Sent, turn: Turn
) -> Conflicts:
    """Say what speaks against the hour before anybody is told; whoever insists goes on.

    :raises RuleBroken: `committee_meeting.conflicts`, with what it is
    """
    day, starts = _chosen(sent, turn)
    found = await change_meeting.conflicts(tx, meeting, day=day, starts=starts, now=turn.at)
    if found and not sent.yes("despite"):
        names = {each.code: each.name for each in await tx.organisation.committees()}
        what = conflicts(found, names, say=turn.say)
        raise RuleBroken("committee_meeting.conflicts", what=what)
    return found


def _chosen(sent: Sent, turn: Turn) -> tuple[date, time]:
    return sent.day("day") or turn.today, time.fromisoformat(sent.text("starts"))


async def _managed(tx: Transaction, id: UUID, turn: Turn) -> CommitteeMeeting:
    meeting, _, _ = await permit.meeting(tx, turn.person, Action.MANAGE_MEETING, id, now=turn.at)
    must_be_ahead(meeting, now=turn.at)
    return meeting


async def _changed(
    tx: Transaction, meeting: CommitteeMeeting, key: str, turn: Turn, found: Conflicts
) -> Shown:
    but = agendas_late(found, say=turn.say)
    return cards.changed(await _card(tx, meeting), key, but=but, say=turn.say)


async def _card(tx: Transaction, meeting: CommitteeMeeting) -> cards.MeetingCard:
    name = (await tx.organisation.committee(meeting.committee)).name
    return cards.MeetingCard(meeting=meeting, committee=name)


CALL = Flow(
    name="meet_call",
    load=_load_call,
    steps=(
        Step(
            key="what",
            fields=(
                Field(key="committee", kind=Offered(), data=DataClass.METADATA),
                _DAY,
                _STARTS,
                Field(key="minutes", kind=Number(least=15, most=LONGEST), data=DataClass.METADATA),
                Field(
                    key="place",
                    kind=Text(least=2, at_most=80),
                    data=DataClass.METADATA,
                    optional=True,
                ),
                Field(key="purpose", kind=Text(least=5, at_most=300), data=DataClass.METADATA),
                _DESPITE,
            ),
        ),
    ),
    finish=_call,
    keeps_key=False,
)
MOVE = Flow(
    name="meet_move",
    about=COMMITTEE_MEETING,
    load=_load_move,
    steps=(Step(key="when", fields=(_DAY, _STARTS, _DESPITE)),),
    finish=_move,
    keeps_key=False,
)
CANCEL = Flow(
    name="meet_cancel",
    about=COMMITTEE_MEETING,
    load=_load_cancel,
    steps=(Step(key="sure", fields=(Field(key="sure", kind=YES_NO, data=DataClass.METADATA),)),),
    finish=_cancel,
    keeps_key=False,
)
