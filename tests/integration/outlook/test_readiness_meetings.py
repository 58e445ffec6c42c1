"""A readiness meeting gets its link at once, and is in Outlook for who is asked (BER-41)."""

from datetime import timedelta

import pytest

from domain.committee_meetings import Reply
from domain.readiness_meetings import ReadinessMeeting
from scheduler.keep_outlook import teams_links
from scheduler.link_meetings import link_meetings
from tests.integration.outlook.steps import posted
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.reporting import LINK, Reporting, an_alert, meeting_in
from tests.support.outlook import Office
from tests.support.town import DORTE, LARS, SOFIE

FIVE_SECONDS = timedelta(seconds=5)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
async def alerted(office: Office) -> Reporting:
    reporting = await an_alert(Desk(database=office.database))
    office.clock.at = reporting.now
    return reporting


async def links(office: Office) -> None:
    make = teams_links(office.database, office.calendar, now=office.now)
    await link_meetings(office.database, make, now=office.now())
    office.passes(FIVE_SECONDS)


async def as_it_is(office: Office, meeting: ReadinessMeeting) -> ReadinessMeeting:
    async with office.database.transaction() as tx:
        return await meeting_in(tx, meeting.id)


class TestALink:
    async def test_is_there_the_first_time_it_is_asked_for(
        self, office: Office, alerted: Reporting
    ) -> None:
        """BER-41: the event itself is what has it, and who is asked has it in Outlook, too."""
        meeting = await alerted.calls(LARS, SOFIE, link="", makes_links=True)

        await links(office)
        await office.keeps(minutes=3)

        (event,) = office.there
        assert (await as_it_is(office, meeting)).link == event.join_url
        assert office.posted() == posted("invitation", LARS.id, SOFIE.id)
        assert event.subject == "Beredskabsmøde R2026-0001/1"
        assert len(office.graph.log.of("events.create")) == 1

    async def test_goes_ahead_of_a_year_that_is_being_published(
        self, office: Office, alerted: Reporting
    ) -> None:
        """Though twenty have just been sent; the next twenty wait for it."""
        async with office.database.transaction() as tx:
            held = await tx.outlook.take("events", now=office.now(), lease=A_MINUTE)
        assert held is not None

        meeting = await alerted.calls(LARS, link="", makes_links=True)
        await links(office)

        assert (await as_it_is(office, meeting)).link

    async def test_that_comes_late_is_asked_for_until_it_is_there(
        self, office: Office, alerted: Reporting
    ) -> None:
        """MTG-15: 201 without a link; asked every five seconds, and made once."""
        office.graph.calendar.links_missing, office.graph.calendar.links_late = 1, 4
        meeting = await alerted.calls(LARS, link="", makes_links=True)

        for _ in range(6):
            await links(office)

        assert (await as_it_is(office, meeting)).link
        assert len(office.graph.log.of("events.create")) == 1

    async def test_whose_answer_was_lost_is_found(
        self, office: Office, alerted: Reporting
    ) -> None:
        """MTG-13."""
        office.graph.faults.lose_answer(op="events.create")
        meeting = await alerted.calls(LARS, link="", makes_links=True)

        for _ in range(3):
            await links(office)

        assert (await as_it_is(office, meeting)).link
        assert len(office.there) == 1
        assert len(office.graph.log.of("events.create")) == 1

    async def test_is_not_asked_for_where_access_was_refused(
        self, office: Office, alerted: Reporting
    ) -> None:
        """MTG-18: whoever called it pastes one, after three minutes; no storm meanwhile."""
        office.graph.gate.mailboxes = {"another@kbh.example"}
        meeting = await alerted.calls(LARS, link="", makes_links=True)

        for _ in range(40):
            await links(office)

        assert len(office.graph.log.calls) == 1
        assert (await as_it_is(office, meeting)).link_by is None

    async def test_that_was_pasted_stands_where_the_place_does(
        self, office: Office, alerted: Reporting
    ) -> None:
        """And Teams makes none besides."""
        await alerted.calls(LARS, link=LINK, place="Rådhuset")

        await office.keeps()

        (event,) = office.there
        assert event.given["location"]["displayName"] == f"Rådhuset · {LINK}"
        assert event.join_url is None


class TestAnAnswer:
    async def test_in_outlook_is_one_to_the_meeting(
        self, office: Office, alerted: Reporting
    ) -> None:
        """MTG-17: of readiness meetings, too."""
        meeting = await alerted.calls(LARS, DORTE)
        await office.keeps()
        office.graph.outlook.answer(await office.event(meeting.id), LARS.email, "accepted")

        await office.reads()

        async with office.database.transaction() as tx:
            asked = await tx.readiness_meetings.attendances(meeting.id)
        assert {each.person: each.reply for each in asked}[LARS.id] is Reply.COMING


class TestADrill:
    async def test_says_so_first(self, office: Office) -> None:
        """BER-62: in Outlook as everywhere."""
        reporting = await an_alert(Desk(database=office.database), drill=True)
        office.clock.at = reporting.now
        await reporting.calls(LARS)

        await office.keeps()

        (event,) = office.there
        assert event.subject.startswith("ØVELSE")
