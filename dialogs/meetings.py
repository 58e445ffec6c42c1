"""The case meeting in the chat: the agenda, each item in turn, the end (`dagsorden`)."""

from collections.abc import Awaitable, Callable
from uuid import NAMESPACE_OID, UUID, uuid5

from cards import meetings as cards
from cards.delivery import Button
from cards.shown import Shown
from dialogs.agendas import coming
from dialogs.agreeing import titles
from dialogs.engine import begins
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import SeveralOffered
from dialogs.offers import Offer
from dialogs.presses import Aim, Thing, Verb
from dialogs.sent import Sent
from dialogs.turns import Turn
from domain.case_meetings import CaseMeeting, ItemState
from domain.cases import Case
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.people import CommitteeCode, PersonId
from domain.roles import Actor
from storage.database import Transaction
from usecases import run_meeting
from usecases.agree_action import meeting_of
from usecases.end_meeting import end_meeting
from usecases.permit import actor_of
from usecases.read_agenda import Slot, groups_of, read_agenda
from usecases.run_meeting import (
    MeetingSeen,
    begin_meeting,
    members_of,
    running,
    see_meeting,
    set_present,
)

MOST_GROUPS = 6  # buttons on a card


def agenda_of(group: CommitteeCode) -> UUID:
    """Name a group's agenda by an id: a button carries no code of a committee."""
    return uuid5(NAMESPACE_OID, f"agenda/{group}")


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        seen = await see_meeting(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.meeting.stand"), "meeting.stand", cards.where(seen.meeting)


AGENDA = Thing(name="agenda", versioned=False)
MEETING = Thing(name="meeting", again=_again)


async def _agenda(tx: Transaction, turn: Turn, _: Aim) -> Shown:
    """Show what somebody's group takes up; of several, ask which; to others, their committees'."""
    groups = groups_of(await actor_of(tx, turn.person))
    if not groups:
        return await coming(tx, turn)
    if len(groups) == 1:
        return await _show(tx, turn, groups[0])
    offered = [
        (code, (await tx.organisation.committee(code)).name, {"agenda": str(agenda_of(code))})
        for code in groups[:MOST_GROUPS]
    ]
    return cards.choose_group(offered, say=turn.say)


async def _agenda_of(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _show(tx, turn, await _group(tx, turn, aim.id))


async def _group(tx: Transaction, turn: Turn, id: UUID) -> CommitteeCode:
    """Find which of their own groups somebody means.

    :raises RuleBroken: `agenda.not_found`
    """
    for code in groups_of(await actor_of(tx, turn.person)):
        if agenda_of(code) == id:
            return code
    raise RuleBroken("agenda.not_found", about=str(id))


async def _show(tx: Transaction, turn: Turn, group: CommitteeCode) -> Shown:
    say, actor = turn.say, await actor_of(tx, turn.person)
    agenda = await read_agenda(tx, group=group, by=turn.person, now=turn.at)
    name = (await tx.organisation.committee(group)).name
    buttons: list[Button] = []
    if may(actor, OfficeAction.RUN_MEETING, group=group):
        going_on = await running(tx, group, now=turn.at)
        if going_on is not None:
            buttons.append((say("button.meeting.stand"), "meeting.stand", cards.where(going_on)))
        elif agenda.slots:
            data = {"agenda": str(agenda_of(group))}
            buttons.append((say("button.meeting.begin"), "meeting.begin", data))
    buttons.append((say("button.agenda.mine"), "agenda.mine", {}))
    return cards.agenda(name, [_place(each) for each in agenda.slots], buttons=buttons, say=say)


def _place(slot: Slot) -> cards.Place:
    return cards.Place(point=slot.point, version=slot.version)


async def _stand(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return _drawn(await see_meeting(tx, id=aim.id, by=turn.person, now=turn.at), turn)


async def _sum_up(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show what it has come to before it is ended."""
    seen = await see_meeting(tx, id=aim.id, by=turn.person, sum_up=True, now=turn.at)
    return _overview(seen, turn)


def _drawn(seen: MeetingSeen, turn: Turn) -> Shown:
    if seen.slot is None:
        return _overview(seen, turn)
    return cards.item(
        seen.meeting,
        _place(seen.slot),
        group=seen.group,
        number=seen.place,
        items=seen.items,
        people=[each.name for each in seen.present],
        say=turn.say,
    )


def _overview(seen: MeetingSeen, turn: Turn) -> Shown:
    outcomes = [
        cards.Outcome(place=_place(each.slot), state=each.state, notes=each.notes)
        for each in seen.decided
    ]
    return cards.overview(
        seen.meeting,
        outcomes,
        group=seen.group,
        skipped=seen.skipped,
        goes_on=seen.slot is not None,
        say=turn.say,
    )


def _moves(state: ItemState) -> Callable[[Transaction, Turn, Aim], Awaitable[Shown]]:
    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        await run_meeting.go_on(
            tx, id=aim.id, seen=aim.version, by=turn.person, state=state, now=turn.at
        )
        return await _stand(tx, turn, aim)

    return take


async def _back(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await run_meeting.go_back(tx, id=aim.id, seen=aim.version, by=turn.person)
    return await _stand(tx, turn, aim)


async def _skipped(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await run_meeting.take_skipped(tx, id=aim.id, seen=aim.version, by=turn.person)
    return await _stand(tx, turn, aim)


async def _end(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await end_meeting(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await _stand(tx, turn, aim)


PRESENT = Field(key="present", kind=SeveralOffered(), data=DataClass.METADATA)


async def _load_begin(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    group = await _group(tx, turn, asking.about)
    if not may(await actor_of(tx, turn.person), OfficeAction.RUN_MEETING, group=group):
        raise RuleBroken("agenda.not_found", about=str(asking.about))
    people = await members_of(tx, group)
    return Given(
        title=(await tx.organisation.committee(group)).name,
        offers={"present": titles(people.values(), turn.say)},
        known={"present": list(people)},
    )


async def _begin(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    meeting = await begin_meeting(
        tx,
        id=sent.id,
        group=await _group(tx, turn, sent.about),
        present=[PersonId(each) for each in sent.several("present")],
        by=turn.person,
        now=turn.at,
    )
    return _drawn(await see_meeting(tx, id=meeting.id, by=turn.person, now=turn.at), turn)


BEGIN = Flow(
    name="meeting_begin",
    about=AGENDA,
    load=_load_begin,
    steps=(Step(key="present", fields=(PRESENT,)),),
    finish=_begin,
    keeps_key=False,
)


async def _load_present(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    seen = await see_meeting(tx, id=asking.about, by=turn.person, now=turn.at)
    people = await members_of(tx, seen.meeting.group)
    return Given(
        title=seen.group,
        version=seen.meeting.version,
        offers={"present": titles(people.values(), turn.say)},
        known={"present": [each for each in people if each in seen.meeting.present]},
    )


async def _present(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await set_present(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        present=[PersonId(each) for each in sent.several("present")],
    )
    return _drawn(await see_meeting(tx, id=sent.about, by=turn.person, now=turn.at), turn)


THERE = Flow(
    name="meeting_present",
    about=MEETING,
    load=_load_present,
    steps=(Step(key="present", fields=(PRESENT,)),),
    finish=_present,
    keeps_key=False,
)


async def way_back(tx: Transaction, turn: Turn, actor: Actor, case: Case) -> list[Button]:
    """Offer somebody who runs the meeting that takes this case the way back to it."""
    found = await _that_takes(tx, turn, case)
    if found is None or not may(actor, OfficeAction.RUN_MEETING, group=found.group):
        return []
    return [(turn.say("button.meeting.stand"), "meeting.stand", cards.where(found))]


async def _that_takes(tx: Transaction, turn: Turn, case: Case) -> CaseMeeting | None:
    going_on = await meeting_of(tx, case, now=turn.at)
    return None if going_on is None else await tx.meetings.find(going_on)


def sits_in_a_group(actor: Actor) -> bool:
    return bool(groups_of(actor))


OFFER = Offer(
    verbs={
        "meeting.agenda": Verb(take=_agenda, words=("dagsorden", "agenda")),
        "meeting.agenda_of": Verb(take=_agenda_of, about=AGENDA),
        "meeting.begin": Verb(take=begins(BEGIN), about=AGENDA),
        "meeting.stand": Verb(take=_stand, about=MEETING),
        "meeting.next": Verb(take=_moves(ItemState.DONE), about=MEETING),
        "meeting.skip": Verb(take=_moves(ItemState.SKIPPED), about=MEETING),
        "meeting.back": Verb(take=_back, about=MEETING),
        "meeting.skipped": Verb(take=_skipped, about=MEETING),
        "meeting.present": Verb(take=begins(THERE), about=MEETING),
        "meeting.sum_up": Verb(take=_sum_up, about=MEETING),
        "meeting.end": Verb(take=_end, about=MEETING),
    },
    flows=(BEGIN, THERE),
    helps={"help.meeting": sits_in_a_group},
)
