"""Who may press what on the steering group's agenda, minutes and tasks."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

from domain.agendas import AgendaKind, mark
from domain.committee_meetings import CommitteeMeeting
from domain.dates import local_date
from domain.meeting_items import MeetingItem
from domain.minutes import Minutes
from domain.papers import ItemKind, ProposalPart
from domain.people import Seat
from storage.database import Transaction
from tests.support.acts import Staged, act
from tests.support.steering import PROPOSAL, STEERING, a_meeting, a_spring, with_steering
from tests.support.town import DORTE, LARS, Town
from usecases.agendas import issue_agenda
from usecases.approve_minutes import agree, close_comments, send_minutes, stamp
from usecases.assemble_agenda import accept
from usecases.propose_item import Wording, propose
from usecases.write_minutes import add_task, begin_minutes, decide, note_attendance

ITEM = UUID("a0000000-0000-4000-8000-0000000000e1")
OTHER = UUID("a0000000-0000-4000-8000-0000000000e2")
TASK = UUID("a0000000-0000-4000-8000-0000000000e3")
DECIDES = ("leader", "leader of SSP+", "head")
READS = (*DECIDES, "secretariat")
KEEPS = ("secretariat", "head")

Scene = Callable[[Town], Awaitable[Staged]]


def wording(title: str = "Fælles folder") -> Wording:
    return Wording(
        kind=ItemKind.DECISION,
        title=title,
        proposal={part: PROPOSAL[part.value] for part in ProposalPart},
    )


async def proposed(tx: Transaction, now: datetime, meeting: UUID, id: UUID = ITEM) -> MeetingItem:
    return await propose(tx, id=id, meeting=meeting, wording=wording(), by=LARS, now=now)


async def accepted(tx: Transaction, now: datetime, meeting: UUID, id: UUID = ITEM) -> MeetingItem:
    item = await proposed(tx, now, meeting, id)
    return await accept(tx, id=id, seen=item.version, by=DORTE, now=now)


def _of_meeting(meeting: CommitteeMeeting) -> Staged:
    return Staged(
        carried={"committee_meeting": str(meeting.id), "version": meeting.version},
        number=meeting.reference,
    )


def _of_item(item: MeetingItem) -> Staged:
    return Staged(carried={"item": str(item.id), "version": item.version})


async def ahead(town: Town) -> Staged:
    meeting = await a_spring(town)
    async with town.remembers() as tx:
        await accepted(tx, town.hour.now, meeting.id)
    await town.settles()
    return _of_meeting(meeting)


async def to_send(town: Town) -> Staged:
    staged = await ahead(town)
    async with town.remembers() as tx:
        meeting = await tx.committee_meetings.by_reference(staged.number)
        assert meeting is not None
        seen = mark(meeting, await tx.meeting_items.of_meeting(meeting.id))
    return Staged(
        carried={"meeting_agenda": str(meeting.id), "version": seen}, number=meeting.reference
    )


async def fixed(town: Town) -> Staged:
    """The final agenda has been sent."""
    meeting = await a_spring(town)
    async with town.remembers() as tx:
        await accepted(tx, town.hour.now, meeting.id)
        await issue_agenda(tx, meeting, kind=AgendaKind.FINAL, now=town.hour.now, by=DORTE.id)
    await town.settles()
    return _of_meeting(meeting)


async def an_item(town: Town) -> Staged:
    """Lars has proposed it, and nobody has answered."""
    meeting = await a_spring(town)
    async with town.remembers() as tx:
        item = await proposed(tx, town.hour.now, meeting.id)
    await town.settles()
    return _of_item(item)


async def an_accepted_item(town: Town) -> Staged:
    meeting = await a_spring(town)
    async with town.remembers() as tx:
        item = await accepted(tx, town.hour.now, meeting.id)
        await accepted(tx, town.hour.now, meeting.id, OTHER)
    await town.settles()
    return _of_item(item)


async def held(tx: Transaction, now: datetime) -> CommitteeMeeting:
    """Let the steering group meet today; nothing falls due after it."""
    meeting = a_meeting(STEERING, local_date(now), 4, called_at=now)
    await tx.committee_meetings.add([meeting])
    earlier = now - timedelta(days=30)
    item = await propose(tx, id=ITEM, meeting=meeting.id, wording=wording(), by=LARS, now=earlier)
    await accept(tx, id=ITEM, seen=item.version, by=DORTE, now=earlier)
    return meeting


async def a_draft(tx: Transaction, now: datetime) -> CommitteeMeeting:
    meeting = await held(tx, now)
    await begin_minutes(tx, id=meeting.id, by=DORTE, now=now)
    await decide(tx, item=ITEM, seen=1, words="Tiltrådt.", by=DORTE, now=now)
    await add_task(
        tx,
        id=TASK,
        item=ITEM,
        owner=LARS.id,
        words="Tryk folderen",
        due_on=local_date(now) + timedelta(days=7),
        by=DORTE,
        now=now,
    )
    await note_attendance(tx, id=meeting.id, present={LARS.id}, excused=set(), by=DORTE, now=now)
    return meeting


async def latest(tx: Transaction, meeting: CommitteeMeeting) -> Minutes:
    minutes = await tx.minutes.latest(meeting.id)
    assert minutes is not None
    return minutes


async def out(tx: Transaction, now: datetime) -> CommitteeMeeting:
    """Send the minutes to the members for comments."""
    meeting = await a_draft(tx, now)
    seen = stamp(await latest(tx, meeting))
    await send_minutes(tx, id=meeting.id, seen=seen, by=DORTE, now=now)
    return meeting


async def closed(tx: Transaction, now: datetime) -> CommitteeMeeting:
    meeting = await out(tx, now)
    seen = stamp(await latest(tx, meeting))
    await close_comments(tx, id=meeting.id, seen=seen, by=DORTE, now=now)
    return meeting


async def approved(tx: Transaction, now: datetime) -> CommitteeMeeting:
    meeting = await closed(tx, now)
    await all_agree(tx, meeting, now)
    return meeting


async def all_agree(tx: Transaction, meeting: CommitteeMeeting, now: datetime) -> None:
    """Let every member say yes to the minutes."""
    seen = stamp(await latest(tx, meeting))
    for membership, each in await tx.organisation.members(meeting.committee):
        if membership.seat is not Seat.SUBSTITUTE:
            await agree(tx, id=meeting.id, seen=seen, by=each, now=now)


Steps = Callable[[Transaction, datetime], Awaitable[CommitteeMeeting]]


async def _played(town: Town, steps: Steps) -> tuple[CommitteeMeeting, Minutes | None]:
    await town.reorganises(with_steering())
    async with town.remembers() as tx:
        meeting = await steps(tx, town.hour.now)
        minutes = await tx.minutes.latest(meeting.id)
    await town.settles()
    return meeting, minutes


def _after(steps: Steps) -> Scene:
    async def scene(town: Town) -> Staged:
        return _of_meeting((await _played(town, steps))[0])

    return scene


def _minutes(steps: Steps) -> Scene:
    async def scene(town: Town) -> Staged:
        meeting, minutes = await _played(town, steps)
        assert minutes is not None
        return Staged(
            carried={"minutes": str(meeting.id), "version": stamp(minutes)},
            number=meeting.reference,
        )

    return scene


async def minuted(town: Town) -> Staged:
    _, minutes = await _played(town, a_draft)
    assert minutes is not None
    return Staged(carried={"minuted": str(ITEM), "version": minutes.of_item(ITEM).version})


async def a_task(town: Town) -> Staged:
    await _played(town, out)
    async with town.remembers() as tx:
        task = await tx.decision_tasks.find(TASK)
    assert task is not None
    return Staged(carried={"task": str(TASK), "version": task.version})


on_the_day, minutes_out = _after(held), _after(out)
draft, commented, to_approve, final = map(_minutes, (a_draft, out, closed, approved))


async def overdue(town: Town) -> Staged:
    """The members have had their time to approve."""
    staged = await to_approve(town)
    await town.passes(timedelta(days=1))
    return staged


ACTS = {
    "agenda.show": act(ahead, *READS),
    "agenda.provisional": act(to_send, *KEEPS),
    "agenda.final": act(to_send, *KEEPS),
    "agenda.sudden": act(fixed, "head"),
    "agenda.pdf": act(fixed, *READS),
    "agenda.docx": act(fixed, *READS),
    "item.propose": act(ahead, *READS),
    "item.choose": act(ahead, *READS, item=str(ITEM)),
    "item.numbered": act(ahead, *READS, rest=" 1"),
    "item.open": act(an_item, "leader", *KEEPS),
    "item.more": act(an_item, "leader", *KEEPS),
    "item.change": act(an_item, "leader", *KEEPS),
    "item.withdraw": act(an_item, "leader", *KEEPS),
    "item.accept": act(an_item, *KEEPS),
    "item.return": act(an_item, *KEEPS),
    "item.move": act(an_item, *KEEPS),
    "item.to_managers": act(an_item, *KEEPS),
    "item.comment": act(an_accepted_item, *READS),
    "item.up": act(an_accepted_item, *KEEPS),
    "item.down": act(an_accepted_item, *KEEPS),
    "minutes.begin": act(on_the_day, *KEEPS),
    "minutes.show": act(minutes_out, *READS),
    "minutes.pdf": act(minutes_out, *READS),
    "minutes.docx": act(minutes_out, *READS),
    "minutes.receivers": act(ahead, *KEEPS),
    "minutes.choose": act(commented, *READS, minuted=str(ITEM)),
    "minutes.numbered": act(commented, *READS, rest=" 1"),
    "minutes.item": act(minuted, *KEEPS),
    "minutes.decide": act(minuted, *KEEPS),
    "task.add": act(minuted, *KEEPS),
    "minutes.attendance": act(draft, *KEEPS),
    "minutes.send": act(draft, *KEEPS),
    "minutes.comment": act(commented, *READS),
    "minutes.close": act(commented, *KEEPS),
    "minutes.take_back": act(to_approve, *KEEPS),
    "minutes.agree": act(to_approve, *DECIDES),
    "minutes.approve": act(overdue, "head"),
    "minutes.correct": act(final, *KEEPS),
    "task.open": act(a_task, "leader", *KEEPS),
    "task.done": act(a_task, "leader", *KEEPS),
    "task.drop": act(a_task, *KEEPS),
    "task.done_numbered": act(minutes_out, "leader", rest=" 1"),
}
