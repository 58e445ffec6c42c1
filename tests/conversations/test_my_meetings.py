"""One's own meetings: the coming ones, the next, the week's; and losing a seat (MTG-28)."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from domain.absences import Absence
from domain.committee_meetings import (
    Attendance,
    CommitteeMeeting,
    Invitation,
    MeetingState,
    Presence,
    Reply,
)
from domain.people import Committee, Membership, Person, Seat
from tests.support.chat import Chat
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DANISH,
    HELLE,
    LARS,
    LINE,
    LIV,
    SOFIE,
    STINE,
    VALBY_GROUP,
    Town,
)
from tests.support.townspeople import VALBY_LOCAL
from usecases.stand_ins import stand_ins

TUESDAY = date(2026, 3, 10)  # a week and a day after the Monday the stories begin
A_WEEK = timedelta(days=7)


async def a_meeting(
    town: Town,
    day: date,
    *,
    committee: Committee = VALBY_GROUP,
    starts: time = time(9),
    asks: tuple[Person, ...] = (),
    state: MeetingState = MeetingState.PLANNED,
) -> CommitteeMeeting:
    """Let there be a meeting, to which these are asked."""
    async with town.remembers() as tx:
        meeting = CommitteeMeeting(
            id=uuid4(),
            reference=await tx.committee_meetings.next_reference(day.year),
            committee=committee.code,
            year=day.year,
            number=None,
            day=day,
            starts=starts,
            minutes=120,
            state=state,
            called_at=town.hour.now,
        )
        await tx.committee_meetings.add([meeting])
        slots = {
            person.id: seat.slot for seat, person in await tx.organisation.members(committee.code)
        }
        await tx.committee_meetings.invite(
            [
                Invitation(
                    meeting=meeting.id,
                    person=person.id,
                    slot=slots.get(person.id, "KG.opt"),
                    asked_at=town.hour.now,
                )
                for person in asks
            ]
        )
    return meeting


async def says(town: Town, person: Person, meeting: CommitteeMeeting, reply: Reply) -> None:
    async with town.remembers() as tx:
        own = await tx.committee_meetings.invitation(meeting.id, person.id)
        assert own is not None
        await tx.committee_meetings.save_reply(
            Invitation(
                meeting=own.meeting,
                person=own.person,
                slot=own.slot,
                reply=reply,
                asked_at=own.asked_at,
                replied_at=town.hour.now,
            )
        )


async def asked(town: Town, meeting: CommitteeMeeting) -> set[str]:
    async with town.remembers() as tx:
        return {each.person for each in await tx.committee_meetings.invitations(meeting.id)}


class TestMyMeetings:
    async def test_are_the_coming_ones_with_ones_answer(self, town: Town, carl: Chat) -> None:
        """Issue 5, delivered 10."""
        first = await a_meeting(town, TUESDAY, asks=(CARL, SOFIE))
        second = await a_meeting(town, TUESDAY + A_WEEK, asks=(CARL,))
        third = await a_meeting(town, TUESDAY + 2 * A_WEEK)
        await a_meeting(town, TUESDAY, committee=VALBY_LOCAL, asks=(LINE,))
        await says(town, CARL, second, Reply.COMING)

        read = await carl.types("mine møder")

        lines = [line for line in read.split("\n") if "2026" in line]
        assert [first.reference in lines[0], second.reference in lines[2]] == [True, True]
        assert DANISH("my_meetings.reply_asked") in lines[1]
        assert DANISH("my_meetings.reply_coming") in lines[3]
        assert third.reference in lines[4]
        assert DANISH("my_meetings.reply_none") in lines[5]
        assert VALBY_LOCAL.name not in read

    async def test_come_a_page_at_a_time(self, town: Town, carl: Chat) -> None:
        meetings = [await a_meeting(town, TUESDAY + n * A_WEEK) for n in range(9)]

        first = await carl.types("mine møder")
        second = await carl.presses("my_meetings.more")
        third = await carl.presses("my_meetings.more")

        pages = (meetings[:4], meetings[4:8], meetings[8:])
        for read, page in zip((first, second, third), pages, strict=True):
            assert [each for each in meetings if each.reference in read] == page

    async def test_open_from_the_list_to_be_answered(self, town: Town, carl: Chat) -> None:
        meeting = await a_meeting(town, TUESDAY, asks=(CARL,))
        await carl.types("mine møder")
        await carl.presses("meet.open")
        await carl.presses("meet.coming")

        assert DANISH("my_meetings.reply_coming") in await carl.types("mine møder")
        assert await asked(town, meeting) == {CARL.id}

    async def test_leave_out_what_is_over_and_what_was_cancelled(
        self, town: Town, carl: Chat
    ) -> None:
        today = town.hour.now.date()
        over = await a_meeting(town, today, starts=time(8))
        off = await a_meeting(town, TUESDAY, state=MeetingState.CANCELLED, asks=(CARL,))
        later = await a_meeting(town, today, starts=time(14))

        read = await carl.types("my meetings")

        assert later.reference in read
        assert over.reference not in read
        assert off.reference not in read

    async def test_are_none_for_who_sits_nowhere(self, town: Town, anna: Chat) -> None:
        await a_meeting(town, TUESDAY)

        assert DANISH("my_meetings.none") in await anna.types("mine møder")
        assert DANISH("my_meetings.none") in await anna.types("næste møde")

    async def test_of_a_substitute_are_those_they_are_asked_to(
        self, town: Town, anna: Chat
    ) -> None:
        async with town.remembers() as tx:
            await tx.organisation.seat(substitute(ANNA))
        meeting = await a_meeting(town, TUESDAY, asks=(LIV,))
        assert DANISH("my_meetings.none") in await anna.types("mine møder")

        async with town.remembers() as tx:
            await tx.committee_meetings.invite([standing_in(town, meeting, ANNA, LIV)])
        assert meeting.reference in await anna.types("mine møder")


class TestTheNextMeeting:
    async def test_is_the_first_one_has_not_declined_ready_to_answer(
        self, town: Town, carl: Chat
    ) -> None:
        declined = await a_meeting(town, TUESDAY, asks=(CARL,))
        following = await a_meeting(town, TUESDAY + A_WEEK, asks=(CARL,))
        await says(town, CARL, declined, Reply.DECLINED)

        read = await carl.types("næste møde")

        assert following.reference in read
        assert declined.reference not in read
        await carl.presses("meet.decline")
        assert DANISH("my_meetings.none") in await carl.types("næste møde")


class TestMonday:
    async def test_tells_of_the_weeks_meetings_by_day_and_not_what_they_are_about(
        self, town: Town, carl: Chat
    ) -> None:
        """MTG-20: counts and dates; no committee, no item."""
        await a_meeting(town, TUESDAY, asks=(CARL,))
        await a_meeting(town, TUESDAY, starts=time(13), asks=(CARL,))
        await a_meeting(town, TUESDAY + A_WEEK, asks=(CARL,))

        await to_monday(town)

        told = carl.last()
        assert DANISH("my_meetings.week_title", count=2) in told
        assert f"{DANISH.day(TUESDAY)}: 2" in told
        assert VALBY_GROUP.name not in told

    async def test_says_nothing_when_there_is_nothing(self, town: Town) -> None:
        declined = await a_meeting(town, TUESDAY, asks=(CARL, SOFIE))
        await says(town, CARL, declined, Reply.DECLINED)
        await to_monday(town)

        for person in (CARL, LARS, ANNA):
            assert digests(town, person) == 0
        assert digests(town, SOFIE) == 1

    async def test_says_nothing_to_who_is_away_or_wants_none(self, town: Town, carl: Chat) -> None:
        await a_meeting(town, TUESDAY, asks=(CARL, SOFIE, LIV))
        await carl.types("pause påmindelser")
        monday = TUESDAY - timedelta(days=1)
        async with town.remembers() as tx:
            await tx.absences.add(away(town, SOFIE, monday))
        await to_monday(town)

        assert digests(town, CARL) == digests(town, SOFIE) == 0
        assert digests(town, LIV) == 1

    async def test_tells_once_however_often_the_hour_comes(self, town: Town) -> None:
        await a_meeting(town, TUESDAY, asks=(LIV,))
        await to_monday(town)
        await town.passes(timedelta(minutes=20))
        await town.passes(timedelta(days=1))

        assert digests(town, LIV) == 1


class TestLosingASeat:
    @pytest.fixture
    def stine(self, town: Town) -> Chat:
        return town.chat(STINE)

    async def test_ends_coming_invitations_and_keeps_past_attendance(
        self, town: Town, stine: Chat, carl: Chat
    ) -> None:
        """MTG-28: in the same moment; how somebody was at a meeting is not rewritten."""
        held = await a_meeting(town, date(2026, 2, 24), asks=(CARL,), state=MeetingState.HELD)
        coming = await a_meeting(town, TUESDAY, asks=(CARL, SOFIE, ANNA))
        async with town.remembers() as tx:
            await tx.organisation.seat(substitute(ANNA, slot="KG.5"))
            await tx.committee_meetings.uninvite(coming.id, [ANNA.id])
            await tx.committee_meetings.invite([standing_in(town, coming, ANNA, CARL)])
            await tx.committee_meetings.note_attendance(
                [
                    Attendance(
                        meeting=held.id,
                        person=CARL.id,
                        slot="KG.5",
                        how=Presence.PRESENT,
                        noted_by=BO.id,
                        noted_at=town.hour.now,
                    )
                ]
            )

        await stine.types("udvalg KG5")
        await stine.presses("seat.take")
        await stine.fills({"held": f"{CARL.id}/member"})
        await stine.presses("form.send")

        assert await asked(town, coming) == {SOFIE.id}  # and nobody stands in for him
        assert await asked(town, held) == {CARL.id}
        async with town.remembers() as tx:
            [attended] = await tx.committee_meetings.attendance(held.id)
        assert (attended.person, attended.how) == (CARL.id, Presence.PRESENT)
        assert DANISH("my_meetings.none") in await carl.types("mine møder")

    async def test_and_getting_one_asks_to_what_others_are_asked_to(
        self, town: Town, stine: Chat
    ) -> None:
        """MTG-28: future invitations are updated; where nobody is asked yet, nobody is."""
        coming = await a_meeting(town, TUESDAY, asks=(CARL, SOFIE))
        silent = await a_meeting(town, TUESDAY + A_WEEK)

        await stine.types("udvalg KG5")
        await stine.presses("seat.give")
        await stine.fills(
            {
                "name": "anna",
                "person": ANNA.id,
                "slot": "KG.4",
                "seat": "member",
                "leader": LARS.id,
            }
        )
        await stine.presses("form.send")

        assert await asked(town, coming) == {CARL.id, SOFIE.id, ANNA.id}
        assert await asked(town, silent) == set()


class TestWhoStandsIn:
    async def test_is_a_substitute_of_the_same_slot_who_is_there_that_day(
        self, town: Town
    ) -> None:
        """REP-0, MTG-25: Anna and Line stand in for KG.3; Anna is away."""
        async with town.remembers() as tx:
            for person in (ANNA, LINE):
                await tx.organisation.seat(substitute(person))
            await tx.organisation.seat(substitute(HELLE, slot="KG.1"))
            await tx.absences.add(away(town, ANNA, TUESDAY))

        async with town.remembers() as tx:
            on_tuesday = await stand_ins(tx, committee=VALBY_GROUP.code, slot="KG.3", day=TUESDAY)
            a_week_on = await stand_ins(
                tx, committee=VALBY_GROUP.code, slot="KG.3", day=TUESDAY + A_WEEK
            )
            of_the_police = await stand_ins(
                tx,
                committee=VALBY_GROUP.code,
                slot="KG.3",
                day=TUESDAY + A_WEEK,
                authority=CARL.authority,
            )

        assert [each.id for each in on_tuesday] == [LINE.id]
        assert [each.id for each in a_week_on] == [ANNA.id, LINE.id]
        assert of_the_police == []


def substitute(person: Person, *, slot: str = "KG.3") -> Membership:
    return Membership(
        committee=VALBY_GROUP.code, person=person.id, slot=slot, seat=Seat.SUBSTITUTE
    )


def standing_in(
    town: Town, meeting: CommitteeMeeting, person: Person, member: Person
) -> Invitation:
    return Invitation(
        meeting=meeting.id,
        person=person.id,
        slot="KG.3",
        stands_for=member.id,
        asked_at=town.hour.now,
    )


def away(town: Town, person: Person, day: date) -> Absence:
    return Absence(id=uuid4(), person=person.id, from_on=day, to_on=day, noted_at=town.hour.now)


def digests(town: Town, person: Person) -> int:
    said = town.chat(person).everything()
    return said.count(DANISH("my_meetings.week_pause"))


async def to_monday(town: Town) -> None:
    """Let it become Monday morning, a week after the story began, at half past eight."""
    await town.passes(timedelta(0))
    await town.passes(timedelta(days=6, hours=20, minutes=30))
    await town.passes(timedelta(minutes=1))  # what was queued is sent
