"""A link to a readiness meeting: pasted, made, or not made; nobody waits for it (BER-41)."""

import asyncio

import pytest

from domain.notices import NoticeKind
from scheduler.link_meetings import Wanted, link_meetings
from storage.database import Transaction
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.reporting import (
    A_MINUTE,
    LINK,
    Reporting,
    an_alert,
    meeting_in,
    read,
)
from tests.support.town import DANISH, DORTE, LARS, SOFIE
from usecases.call_readiness_meeting import (
    move_readiness_meeting,
)

K = NoticeKind


@pytest.fixture
async def alerted(desk: Desk) -> Reporting:
    return await an_alert(desk)


class TestALink:
    async def test_is_made_where_a_maker_is_connected(self, alerted: Reporting) -> None:
        """BER-41: with Graph. Nobody waits for it; it comes in a letter of its own."""
        wanted = list[Wanted]()

        async def make(asked: Wanted) -> str:
            wanted.append(asked)
            return LINK

        meeting = await alerted.calls(LARS, SOFIE, link="", makes_links=True)
        assert LINK not in read((await alerted.told(K.READINESS_MEETING))["lars"])

        assert await link_meetings(alerted.desk.database, make, now=alerted.now) == 1
        assert await link_meetings(alerted.desk.database, make, now=alerted.now) == 0
        assert [(each.reference, each.begins_at) for each in wanted] == [
            ("R2026-0001/1", meeting.begins_at)
        ]
        letters = await alerted.told(K.READINESS_MEETING_LINK)
        assert {*letters} == {LARS.id, SOFIE.id, DORTE.id}
        assert LINK in read(letters["sofie"])

    @pytest.mark.parametrize("answer", [None, "", "http://insecure.example"])
    async def test_that_cannot_be_made_holds_nothing_up(
        self, alerted: Reporting, answer: str | None
    ) -> None:
        """BER-41: a maker that fails, or none any more: who called it pastes one."""

        async def make(_: Wanted) -> str:
            if answer is None:
                raise ConnectionError("no Graph today")
            return answer

        meeting = await alerted.calls(LARS, link="", makes_links=True)
        assert {*await alerted.told(K.READINESS_MEETING)} == {LARS.id}
        assert await link_meetings(alerted.desk.database, make, now=alerted.now) == 0
        alerted.now += 3 * A_MINUTE
        assert await link_meetings(alerted.desk.database, make, now=alerted.now) == 1

        letters = await alerted.told(K.READINESS_MEETING_LINK)
        assert {*letters} == {DORTE.id}
        assert DANISH("alertmeet.unlinked_body") in read(letters["dorte"])

        async def pastes(tx: Transaction) -> None:
            now = await meeting_in(tx, meeting.id)
            await move_readiness_meeting(
                tx,
                id=meeting.id,
                seen=now.version,
                begins_at=now.begins_at,
                place="",
                link=LINK,
                by=DORTE,
                makes_links=True,
                now=alerted.now,
            )

        await alerted.does(pastes)
        assert LINK in read((await alerted.told(K.READINESS_MEETING))["lars"])

    async def test_that_takes_too_long_is_let_go(
        self, alerted: Reporting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("scheduler.link_meetings.PATIENCE", 0.0)

        async def make(_: Wanted) -> str:
            await asyncio.Event().wait()
            return LINK

        await alerted.calls(LARS, link="", makes_links=True)

        assert await link_meetings(alerted.desk.database, make, now=alerted.now) == 0
