"""What comes before the forms of a committee's meetings, each time with a meeting of its own."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from domain.agendas import AgendaKind
from domain.committee_meetings import CommitteeMeeting
from domain.dates import local_date
from domain.meeting_items import MeetingItem
from domain.minutes import Minutes
from storage.database import Transaction
from tests.support.acts import Act, Scene, Staged, act
from tests.support.acts_agendas import accepted, all_agree, latest, proposed
from tests.support.steering import STEERING
from tests.support.town import DORTE, LARS, Town
from usecases.agendas import issue_agenda
from usecases.approve_minutes import close_comments, send_minutes, stamp
from usecases.change_meeting import call
from usecases.write_minutes import begin_minutes, decide, note_attendance

AHEAD = timedelta(days=60)

Wanted = Callable[[Transaction, datetime], Awaitable[Staged]]


def _scene(wanted: Wanted) -> Scene:
    async def scene(town: Town) -> Staged:
        async with town.remembers() as tx:
            staged = await wanted(tx, town.hour.now)
        await town.settles()
        return staged

    return scene


async def _coming(tx: Transaction, now: datetime) -> CommitteeMeeting:
    return await call(
        tx,
        id=uuid4(),
        committee=STEERING.code,
        day=local_date(now + AHEAD),
        starts=time(9),
        minutes=60,
        place="Rådhuset",
        purpose="",
        by=DORTE,
        now=now,
    )


async def _held(tx: Transaction, now: datetime) -> tuple[CommitteeMeeting, UUID]:
    """Let the steering group meet today about one item."""
    meeting = CommitteeMeeting(
        id=uuid4(),
        reference=await tx.committee_meetings.next_reference(now.year),
        committee=STEERING.code,
        year=now.year,
        number=None,
        day=local_date(now),
        starts=time(23),
        minutes=30,
        called_at=now,
    )
    await tx.committee_meetings.add([meeting])
    item = await accepted(tx, now, meeting.id, uuid4())
    await begin_minutes(tx, id=meeting.id, by=DORTE, now=now)
    return meeting, item.id


async def _out(tx: Transaction, now: datetime) -> CommitteeMeeting:
    """Send the minutes of a meeting to its members for comments."""
    meeting, item = await _held(tx, now)
    await decide(tx, item=item, seen=1, words="Tiltrådt.", by=DORTE, now=now)
    await note_attendance(tx, id=meeting.id, present={LARS.id}, excused=set(), by=DORTE, now=now)
    seen = stamp(await latest(tx, meeting))
    await send_minutes(tx, id=meeting.id, seen=seen, by=DORTE, now=now)
    return meeting


def _of_meeting(meeting: CommitteeMeeting) -> Staged:
    carried = {"committee_meeting": str(meeting.id), "version": meeting.version}
    return Staged(carried=carried, number=meeting.reference)


def _of_item(item: MeetingItem, meeting: CommitteeMeeting) -> Staged:
    return Staged(
        carried={"item": str(item.id), "version": item.version}, number=meeting.reference
    )


def _of_minutes(minutes: Minutes, meeting: CommitteeMeeting) -> Staged:
    carried = {"minutes": str(meeting.id), "version": stamp(minutes)}
    return Staged(carried=carried, number=meeting.reference)


async def _ahead(tx: Transaction, now: datetime) -> Staged:
    return _of_meeting(await _coming(tx, now))


async def _fixed(tx: Transaction, now: datetime) -> Staged:
    """Send the final agenda of a meeting early."""
    meeting = await _coming(tx, now)
    await accepted(tx, now, meeting.id, uuid4())
    await issue_agenda(tx, meeting, kind=AgendaKind.FINAL, now=now, by=DORTE.id)
    return _of_meeting(meeting)


async def _proposed(tx: Transaction, now: datetime) -> Staged:
    meeting = await _coming(tx, now)
    return _of_item(await proposed(tx, now, meeting.id, uuid4()), meeting)


async def _accepted(tx: Transaction, now: datetime) -> Staged:
    meeting = await _coming(tx, now)
    return _of_item(await accepted(tx, now, meeting.id, uuid4()), meeting)


async def _minuted(tx: Transaction, now: datetime) -> Staged:
    meeting, item = await _held(tx, now)
    version = (await latest(tx, meeting)).of_item(item).version
    return Staged(carried={"minuted": str(item), "version": version}, number=meeting.reference)


async def _commented(tx: Transaction, now: datetime) -> Staged:
    meeting = await _out(tx, now)
    return _of_minutes(await latest(tx, meeting), meeting)


async def _approved(tx: Transaction, now: datetime) -> Staged:
    meeting = await _out(tx, now)
    seen = stamp(await latest(tx, meeting))
    await close_comments(tx, id=meeting.id, seen=seen, by=DORTE, now=now)
    await all_agree(tx, meeting, now)
    return _of_minutes(await latest(tx, meeting), meeting)


async def _nothing(_: Town) -> Staged:
    return Staged(carried={})


SCENES: Mapping[str, Act] = {
    "item": act(_scene(_ahead), "secretariat"),
    "item_change": act(_scene(_proposed), "secretariat"),
    "item_sudden": act(_scene(_fixed), "head"),
    "item_return": act(_scene(_proposed), "secretariat"),
    "item_comment": act(_scene(_accepted), "leader"),
    "minutes_decide": act(_scene(_minuted), "secretariat"),
    "decision_task": act(_scene(_minuted), "secretariat"),
    "minutes_comment": act(_scene(_commented), "leader"),
    "minutes_correct": act(_scene(_approved), "secretariat"),
    "meet_call": act(_nothing, "facilitator"),
}
"""By form. The town has a steering group (`with_steering`)."""
