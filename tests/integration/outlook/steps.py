"""What happens to the meetings of Bo's group, as use cases do it."""

from datetime import date, time
from uuid import UUID

from domain.appointments import Holding, Post
from domain.committee_meetings import CommitteeMeeting, Invitation, Reply
from domain.people import Person
from tests.support.outlook import Office
from tests.support.town import BO, STINE, VALBY_GROUP
from usecases.appoint import take
from usecases.change_meeting import call, cancel, move
from usecases.reply_to_meeting import reply

MEETING = UUID(int=42)
DAY = date(2026, 3, 24)
ASKED = ("bente", "bo", "carl", "kasper", "klaus", "liv", "sofie")


def posted(kind: str, *who: str) -> list[tuple[str, str]]:
    """Write as `Office.posted` does what these were sent."""
    return sorted((f"{each}@ssp-demo.example", kind) for each in who)


async def called(
    office: Office, *, id: UUID = MEETING, day: date = DAY, place: str = "Rådhuset, lokale 43"
) -> CommitteeMeeting:
    async with office.database.transaction() as tx:
        return await call(
            tx,
            id=id,
            committee=VALBY_GROUP.code,
            day=day,
            starts=time(9),
            minutes=90,
            place=place,
            purpose="Sommeren",
            by=BO,
            now=office.now(),
        )


async def found(office: Office, id: UUID = MEETING) -> CommitteeMeeting:
    async with office.database.transaction() as tx:
        meeting = await tx.committee_meetings.find(id)
    assert meeting is not None
    return meeting


async def moved(
    office: Office, *, id: UUID = MEETING, day: date = DAY, starts: time = time(13)
) -> CommitteeMeeting:
    seen = (await found(office, id)).version
    async with office.database.transaction() as tx:
        return await move(tx, id=id, seen=seen, day=day, starts=starts, by=BO, now=office.now())


async def cancelled(office: Office, *, id: UUID = MEETING) -> CommitteeMeeting:
    seen = (await found(office, id)).version
    async with office.database.transaction() as tx:
        return await cancel(tx, id=id, seen=seen, by=BO, now=office.now())


async def answered(office: Office, by: Person, answer: Reply, *, id: UUID = MEETING) -> None:
    """Let somebody press an answer in Teams."""
    seen = (await found(office, id)).version
    async with office.database.transaction() as tx:
        await reply(tx, id=id, seen=seen, by=by, answer=answer, now=office.now())


async def invitation(office: Office, person: Person, *, id: UUID = MEETING) -> Invitation | None:
    async with office.database.transaction() as tx:
        return await tx.committee_meetings.invitation(id, person.id)


async def replied(office: Office, person: Person, *, id: UUID = MEETING) -> Reply | None:
    own = await invitation(office, person, id=id)
    return None if own is None else own.reply


async def loses_seat(office: Office, person: Person) -> None:
    """Let the data steward take somebody's seat in the group."""
    async with office.database.transaction() as tx:
        seats = await tx.organisation.members(VALBY_GROUP.code)
        [held] = [seat for seat, each in seats if each.id == person.id]
        post = Post(holding=Holding.SEAT, committee=held.committee, seat=held.seat, slot=held.slot)
        await take(tx, aad_id=UUID(person.aad_id), post=post, by=STINE, now=office.now())


async def is_now(office: Office, person: Person) -> None:
    """Let the register say something else of somebody."""
    async with office.database.transaction() as tx:
        await tx.people.describe(person)
        if not person.active:
            await tx.people.deactivate(person.id)
