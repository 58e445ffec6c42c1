"""A readiness meeting: the Secretariat calls it, who joins is asked (BER-41)."""

from collections.abc import Awaitable
from uuid import uuid4

import pytest

from domain.alert_log import LogKind
from domain.committee_meetings import Reply
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from domain.readiness_meetings import ReadinessMeeting, suggested
from scheduler.lay_calendars import written
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, ORDER
from tests.integration.usecases.desk import Desk, Work
from tests.integration.usecases.reporting import (
    A_MINUTE,
    AN_HOUR,
    CPR,
    LINK,
    NOON,
    Reporting,
    an_alert,
    read,
)
from tests.support.town import (
    ANNA,
    BENTE,
    CARL,
    DANISH,
    DORTE,
    LARS,
    LINE,
    MONDAY_NOON,
    SOFIE,
)
from usecases.ask_readiness_calendar import ask_readiness_calendar, readiness_page
from usecases.call_readiness_meeting import (
    cancel_readiness_meeting,
    invitable,
    move_readiness_meeting,
)
from usecases.correct_alert import call_off
from usecases.reply_to_readiness_meeting import reply_to_readiness_meeting

K = NoticeKind


@pytest.fixture
async def alerted(desk: Desk) -> Reporting:
    return await an_alert(desk)


def replying(alerted: Reporting, meeting: ReadinessMeeting, by: Person, reply: Reply) -> Work:
    async def replies(tx: Transaction) -> None:
        await reply_to_readiness_meeting(
            tx, id=meeting.id, seen=meeting.sequence, by=by, reply=reply, now=alerted.now
        )

    return replies


async def refused(calling: Awaitable[ReadinessMeeting]) -> str:
    try:
        await calling
    except RuleBroken as problem:
        return problem.code
    raise AssertionError("nothing refused it")


async def asked_to(alerted: Reporting, meeting: ReadinessMeeting) -> dict[str, Reply]:
    async with alerted.desk.database.transaction() as tx:
        found = await tx.readiness_meetings.attendances(meeting.id)
    return {str(each.person): each.reply for each in found}


class TestCalling:
    async def test_is_suggested_for_an_hour_from_now(self) -> None:
        """BER-41: now + 60 minutes, on the next five."""
        assert suggested(NOON) - NOON == AN_HOUR + 4 * A_MINUTE

    async def test_is_suggested_for_when_the_template_says(self) -> None:
        """BER-41: the first hour of the template's that still lies ahead."""
        planned = [NOON - AN_HOUR, NOON + 3 * AN_HOUR, NOON + 2 * AN_HOUR]
        assert suggested(NOON, planned=planned) - NOON == 2 * AN_HOUR + 4 * A_MINUTE
        assert suggested(NOON, planned=planned[:1]) == suggested(NOON)

    async def test_is_the_secretariats_alone(self, alerted: Reporting) -> None:
        """BER-41: not even who activated and coordinates it."""
        assert await refused(alerted.calls(by=LARS)) == "office.secretariat_only"
        assert await refused(alerted.calls(by=ANNA)) == "alert.not_found"

    async def test_waits_until_the_alert_has_left(self, alerted: Reporting) -> None:
        """BER-06: it can still be undone, and then nobody is to have heard of anything."""
        alerted.now = MONDAY_NOON
        assert await refused(alerted.calls()) == "readiness_meeting.too_early"

    async def test_asks_who_has_said_that_they_join(self, alerted: Reporting) -> None:
        """BER-41: chosen from the list of answers; others can be asked too."""
        await alerted.joins(SOFIE, CARL)

        async def looks(tx: Transaction) -> None:
            alert = await tx.alerts.find(ALERT)
            assert alert is not None
            found = await invitable(tx, alert)
            assert set(found.chosen) == {SOFIE.id, CARL.id, LARS.id}
            assert {BENTE.id, DORTE.id} <= {*found.people}
            assert ANNA.id not in found.people

        await alerted.does(looks)

    async def test_tells_everybody_who_is_asked_once(self, alerted: Reporting) -> None:
        """BER-41: pressed twice, it is one meeting."""
        one = uuid4()
        meeting = await alerted.calls(LARS, SOFIE, DORTE, id=one)

        assert await alerted.calls(LARS, SOFIE, DORTE, id=one) == meeting
        letters = await alerted.told(K.READINESS_MEETING)
        assert {*letters} == {LARS.id, SOFIE.id}
        assert DANISH("alertmeet.called_title", reference="R2026-0001/1") in read(letters["lars"])
        assert LINK in read(letters["lars"])
        assert await asked_to(alerted, meeting) == {
            "lars": Reply.ASKED,
            "sofie": Reply.ASKED,
            "dorte": Reply.COMING,
        }
        assert [each.kind for each in await alerted.log()][-1] is LogKind.MEETING

    async def test_must_be_one_that_people_find(self, alerted: Reporting) -> None:
        """BER-41, BER-51."""
        asked = {
            "readiness_meeting.no_place": alerted.calls(link=""),
            "readiness_meeting.no_link": alerted.calls(link="javascript:alert(1)"),
            "measure.cpr": alerted.calls(place=CPR),
            "readiness_meeting.past": alerted.calls(after=-A_MINUTE),
            "readiness_meeting.nobody": alerted.calls(ANNA),
        }
        for code, calling in asked.items():
            assert await refused(calling) == code
        assert await refused(alerted.calls(link='https://x" onload')) == (
            "readiness_meeting.no_link"
        )
        assert await alerted.told(K.READINESS_MEETING) == {}

    async def test_in_a_drill_says_so(self, desk: Desk) -> None:
        """BER-62."""
        alerted = await an_alert(desk, drill=True)
        await alerted.calls(LARS)

        assert read((await alerted.told(K.READINESS_MEETING))["lars"]).startswith("ØVELSE")


class TestAnswering:
    async def test_counts_and_can_be_changed(self, alerted: Reporting) -> None:
        """BER-41: accept, decline; the same twice is once."""
        meeting = await alerted.calls(LARS, SOFIE)
        for reply in (Reply.COMING, Reply.COMING, Reply.DECLINED):
            await alerted.does(replying(alerted, meeting, SOFIE, reply))

        assert (await asked_to(alerted, meeting))["sofie"] is Reply.DECLINED
        assert await alerted.refuses(replying(alerted, meeting, CARL, Reply.COMING)) == (
            "readiness_meeting.not_asked"
        )
        assert await alerted.refuses(replying(alerted, meeting, ANNA, Reply.COMING)) == (
            "readiness_meeting.not_found"
        )

    async def test_send_my_substitute_asks_them_and_lets_them_see_it(
        self, alerted: Reporting
    ) -> None:
        """BER-41: of the same authority, as it was frozen; then there is nobody more."""
        meeting = await alerted.calls(LARS, SOFIE)
        await alerted.told(K.READINESS_MEETING)
        await alerted.does(replying(alerted, meeting, LARS, Reply.SUBSTITUTE))

        letters = await alerted.told(K.READINESS_MEETING)
        assert {*letters} == {LINE.id}
        assert LARS.name in read(letters["line"])
        await alerted.does(replying(alerted, meeting, LINE, Reply.COMING))
        assert (await asked_to(alerted, meeting))["line"] is Reply.COMING
        await alerted.does(replying(alerted, meeting, SOFIE, Reply.SUBSTITUTE))
        assert await alerted.told(K.READINESS_MEETING) == {}

    async def test_alerts_a_substitute_who_then_hears_of_the_false_alarm(
        self, alerted: Reporting
    ) -> None:
        """BER-18, BER-41: whose answer counts is told like everybody else."""
        meeting = await alerted.calls(LARS, SOFIE)
        await alerted.told(K.ALERT)
        await alerted.does(replying(alerted, meeting, LARS, Reply.SUBSTITUTE))
        assert {*await alerted.told(K.ALERT)} == {LINE.id}

        async def calls_off(tx: Transaction) -> None:
            await call_off(tx, id=ALERT, by=LARS, because="Det var røg", now=alerted.now)

        await alerted.does(calls_off)
        assert LINE.id in await alerted.told(K.ALERT_FALSE)

    async def test_is_to_the_hour_that_was_seen(self, alerted: Reporting) -> None:
        """BER-41: moved, everybody is asked again, and an old button says so."""
        meeting = await alerted.calls(LARS, SOFIE)
        await alerted.does(replying(alerted, meeting, SOFIE, Reply.COMING))
        await alerted.told(K.READINESS_MEETING)

        async def moves(tx: Transaction) -> None:
            await move_readiness_meeting(
                tx,
                id=meeting.id,
                seen=meeting.version,
                begins_at=meeting.begins_at + AN_HOUR,
                place="Rådhuset",
                link="",
                by=DORTE,
                makes_links=False,
                now=alerted.now,
            )

        await alerted.does(moves)

        assert (await asked_to(alerted, meeting))["sofie"] is Reply.ASKED
        letters = await alerted.told(K.READINESS_MEETING)
        assert "Rådhuset" in read(letters["sofie"])
        assert await alerted.refuses(replying(alerted, meeting, SOFIE, Reply.COMING)) == (
            "readiness_meeting.moved_on"
        )

    async def test_ends_when_it_is_cancelled(self, alerted: Reporting) -> None:
        meeting = await alerted.calls(LARS, SOFIE)

        async def cancels(tx: Transaction) -> None:
            await cancel_readiness_meeting(
                tx, id=meeting.id, seen=meeting.version, by=DORTE, now=alerted.now
            )

        await alerted.does(cancels)

        assert {*await alerted.told(K.READINESS_MEETING_OFF)} == {LARS.id, SOFIE.id}
        assert await alerted.told(K.READINESS_MEETING) == {LARS.id: None, SOFIE.id: None}
        assert await alerted.refuses(replying(alerted, meeting, SOFIE, Reply.COMING)) == (
            "readiness_meeting.over"
        )


class TestItsFile:
    async def test_says_its_number_and_hour_and_no_word_of_the_alert(self, desk: Desk) -> None:
        """BER-41, BER-62, MTG-20: for one's own calendar, with the link; a drill says so."""
        alerted = await an_alert(desk, drill=True)
        meeting = await alerted.calls(LARS)
        async with desk.database.transaction() as tx:
            asked = await ask_readiness_calendar(tx, id=meeting.id, by=LARS, now=alerted.now)
            again = await ask_readiness_calendar(tx, id=meeting.id, by=LARS, now=alerted.now)
            page = await readiness_page(tx, asked)
        assert page is not None
        file = written(page.entry, now=alerted.now, say=DANISH).decode().replace("\r\n ", "")

        assert asked == again
        assert "SUMMARY:ØVELSE – Beredskabsmøde R2026-0001/1" in file
        assert f"LOCATION:{LINK}" in file
        assert ORDER.title not in file
