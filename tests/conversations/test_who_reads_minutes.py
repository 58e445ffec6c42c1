"""Who leads a meeting, who was there, and who reads its minutes: by the seats people hold now."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.committee_meetings import CommitteeMeeting, Invitation, Presence, Reply
from domain.dates import local_date
from domain.papers import ItemKind
from domain.people import Membership, Person, PersonId, Seat
from storage.database import Transaction
from tests.support import acts_agendas as acts
from tests.support.chat import Chat
from tests.support.meet_steps import gives_a_substitute
from tests.support.steering import a_meeting, a_spring, with_steering
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DANISH,
    DORTE,
    HENRIETTE,
    LARS,
    OLE,
    PER,
    RUTH,
    SOFIE,
    STINE,
    VALBY_GROUP,
    Town,
)
from usecases.assemble_agenda import accept
from usecases.prepare_meeting import prepare
from usecases.propose_item import Wording, propose

NEWS = UUID("a0000000-0000-4000-8000-0000000000f1")
NO_MINUTES = DANISH("rule.minutes.not_found")
NOT_THEIRS = DANISH("rule.committee_meeting.not_found")


async def valby_meets(town: Town, *, led_by: PersonId | None = None) -> CommitteeMeeting:
    """Let Bo's group, all of whom were asked, meet this morning, with one item."""
    now, before = town.hour.now, town.hour.now - timedelta(days=10)
    meeting = a_meeting(VALBY_GROUP, local_date(now), 7, called_at=before)
    meeting = replace(meeting, led_by=led_by)
    news = Wording(kind=ItemKind.ORIENTATION, title="Nyt fra klubberne")
    async with town.remembers() as tx:
        await tx.committee_meetings.add([meeting])
        await prepare(tx, meeting, now=before)
        item = await propose(tx, id=NEWS, meeting=meeting.id, wording=news, by=SOFIE, now=before)
        await accept(tx, id=NEWS, seen=item.version, by=DORTE, now=before)
    return meeting


async def writes(who: Chat, number: str, *, present: str = "sofie", excused: str = "") -> str:
    await who.types(f"skriv referat {number}")
    await who.presses("minutes.decide")
    await who.presses("form.next", words="Drøftet.")
    return await notes(who, number, present=present, excused=excused)


async def notes(who: Chat, number: str, *, present: str, excused: str = "") -> str:
    await who.types(f"fremmøde {number}")
    return await who.presses("form.next", present=present, excused=excused)


async def takes_the_seat(town: Town, person: Person, *, of: str, seat: Seat) -> None:
    stine = town.chat(STINE)
    await stine.types(f"udvalg {of}")
    await stine.presses("seat.take")
    await stine.fills({"held": f"{person.id}/{seat}"})
    await stine.presses("form.send")


async def comes_for_ruth(tx: Transaction, meeting: CommitteeMeeting) -> None:
    await tx.committee_meetings.invite(
        [
            Invitation(
                meeting=meeting.id,
                person=OLE.id,
                slot="SG.6",
                reply=Reply.COMING,
                stands_for=RUTH.id,
                asked_at=meeting.called_at,
            )
        ]
    )


class TestWhoLostTheirSeat:
    async def test_reads_nothing_that_was_sent_to_them_for_it(self, town: Town) -> None:
        """APP-2: access ends the same minute; the document is not theirs either."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            number = (await acts.approved(tx, town.hour.now)).reference
        lars = town.chat(LARS)
        assert "Tiltrådt." in await lars.types(f"referat {number}")
        old = lars.card(lars.card_with("minutes.pdf"))

        await takes_the_seat(town, LARS, of="SG", seat=Seat.MEMBER)

        assert NOT_THEIRS in await lars.types(f"referat {number}")
        assert NOT_THEIRS in await lars.types(f"referat pdf {number}")
        assert NOT_THEIRS in await lars.presses_on(old, "minutes.pdf")

    async def test_leads_no_meeting_any_more_and_the_head_is_asked(self, town: Town) -> None:
        """SGF-4, APP-2: the facilitator who was named at publication has left the group."""
        meeting = await valby_meets(town, led_by=BO.id)
        bo, dorte, henriette = map(town.chat, (BO, DORTE, HENRIETTE))
        await takes_the_seat(town, BO, of="KG5", seat=Seat.FACILITATOR)

        await writes(dorte, meeting.reference)
        await dorte.types(f"udsend referat {meeting.reference}")
        await town.settles()

        asked = DANISH("minutes.to_approve_title", committee=VALBY_GROUP.name)
        assert asked in henriette.everything()
        told = await henriette.types(f"godkend referat {meeting.reference}")
        assert DANISH("minutes.approved_now") in told
        assert NOT_THEIRS in await bo.types(f"referat {meeting.reference}")
        async with town.remembers() as tx:
            assert BO.id not in (await acts.latest(tx, meeting)).sent_to


async def test_the_facilitator_leads_where_nobody_is_named(town: Town) -> None:
    """SGF-4: in a meeting beyond the plan their word makes the minutes final."""
    meeting = await valby_meets(town)
    bo, henriette = town.chat(BO), town.chat(HENRIETTE)
    await writes(bo, meeting.reference)

    await bo.types(f"udsend referat {meeting.reference}")
    told = await bo.types(f"godkend referat {meeting.reference}")

    assert DANISH("minutes.approved_now") in told
    asked = DANISH("minutes.to_approve_title", committee=VALBY_GROUP.name)
    assert asked not in henriette.everything()


class TestASubstitute:
    async def test_who_was_not_asked_reads_the_minutes_when_they_are_approved(
        self, town: Town
    ) -> None:
        """SGF-4: until then they are for those who were there, and so are the comments."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            number = (await acts.out(tx, town.hour.now)).reference
        dorte, ole = town.chat(DORTE), town.chat(OLE)

        assert NO_MINUTES in await ole.types(f"referat {number}")
        assert NO_MINUTES in await ole.types(f"kommentar {number}")
        await dorte.types(f"luk kommentarer {number}")
        assert NO_MINUTES in await ole.types(f"referat {number}")
        for each in (LARS, RUTH, HENRIETTE):
            await town.chat(each).types(f"enig {number}")

        assert "Tiltrådt." in await ole.types(f"referat {number}")

    async def test_who_comes_reads_and_comments_like_a_member(self, town: Town) -> None:
        """SGF-4: who said that they come, for Ruth."""
        await town.reorganises(with_steering())
        async with town.remembers() as tx:
            meeting = await acts.out(tx, town.hour.now)
            await comes_for_ruth(tx, meeting)
        ole = town.chat(OLE)

        assert "Tiltrådt." in await ole.types(f"referat {meeting.reference}")
        await ole.types(f"kommentar {meeting.reference}")
        told = await ole.presses("form.next", words="Skriv også prisen")

        assert DANISH("minutes.comment_noted") in told

    @pytest.mark.parametrize("comes", [True, False])
    async def test_sees_an_agenda_when_it_is_sent_or_they_come(
        self, town: Town, *, comes: bool
    ) -> None:
        """SGF-1, SGF-3: what grows is for those who will be there."""
        meeting = await a_spring(town)
        async with town.remembers() as tx:
            title = (await acts.accepted(tx, town.hour.now, meeting.id)).title
            if comes:
                await comes_for_ruth(tx, meeting)
        dorte, ole, number = town.chat(DORTE), town.chat(OLE), meeting.reference

        assert (title in await ole.types(f"dagsorden {number}")) is comes
        assert (title in await ole.types(f"vis punkt {number} 1")) is comes
        await dorte.types(f"udsend foreløbig {number}")

        assert title in await ole.types(f"dagsorden {number}")
        assert title in await ole.types(f"vis punkt {number} 1")


class TestAttendance:
    async def test_that_is_corrected_leaves_no_ghost(self, town: Town) -> None:
        """MTG-26: Anna was ticked by mistake; Carl was there himself."""
        await gives_a_substitute(town, ANNA.id)
        meeting = await valby_meets(town)
        bo = town.chat(BO)
        told = await writes(bo, meeting.reference, present="sofie,anna", excused="carl")
        assert f"suppleant for {CARL.name}" in told

        told = await notes(bo, meeting.reference, present="sofie,carl")

        assert ANNA.name not in told
        async with town.remembers() as tx:
            rows = await tx.committee_meetings.attendance(meeting.id)
        there = {each.person for each in rows if each.how is not Presence.ABSENT}
        assert ANNA.id not in {each.person for each in rows}
        assert there == {SOFIE.id, CARL.id}

    async def test_is_of_those_who_sat_there_then(self, town: Town) -> None:
        """MTG-26, MTG-28: Carl left after the meeting, and Per has his seat now."""
        meeting = await valby_meets(town)
        bo = town.chat(BO)
        await takes_the_seat(town, CARL, of="KG5", seat=Seat.MEMBER)
        async with town.remembers() as tx:
            await tx.organisation.seat(
                Membership(committee=VALBY_GROUP.code, person=PER.id, slot="KG.5")
            )

        told = await writes(bo, meeting.reference, present="sofie,carl")

        assert f"{CARL.name} (KP): deltog" in told
        assert PER.name not in told
        told = await notes(bo, meeting.reference, present="sofie", excused="carl")
        assert f"{CARL.name} (KP): afbud" in told
