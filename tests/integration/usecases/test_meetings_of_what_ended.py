"""Nobody meets about an alert that is over, and everybody who counted on it hears so."""

from collections.abc import Awaitable, Callable

import pytest

from domain.alerts import AlertState, Level
from domain.notices import NoticeKind
from scheduler.link_meetings import Wanted, link_meetings
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.reporting import (
    A_MINUTE,
    LINK,
    Reporting,
    an_alert,
    meeting_in,
    read,
)
from tests.support.town import DORTE, LARS, SOFIE
from usecases.correct_alert import call_off
from usecases.end_alert import Ending, end_alert

K = NoticeKind


@pytest.fixture
async def alerted(desk: Desk) -> Reporting:
    return await an_alert(desk, level=Level.COORDINATION)


async def is_closed(tx: Transaction, alerted: Reporting) -> None:
    alert = await tx.alerts.find(ALERT)
    assert alert is not None
    ending = Ending(because="Der er ro", to=AlertState.STOOD_DOWN)
    await end_alert(tx, id=ALERT, by=DORTE, ending=ending, seen=alert.version, now=alerted.now)


async def is_false(tx: Transaction, alerted: Reporting) -> None:
    await call_off(tx, id=ALERT, by=DORTE, because="Det var en fest", now=alerted.now)


@pytest.mark.parametrize("ends", [is_closed, is_false])
async def test_what_was_to_come_is_cancelled_with_the_alert(
    alerted: Reporting, ends: Callable[[Transaction, Reporting], Awaitable[None]]
) -> None:
    """BER-41, BER-59: in the same transaction; people are told once, and no link is made."""
    wanted = list[Wanted]()

    async def make(asked: Wanted) -> str:
        wanted.append(asked)
        return LINK

    meeting = await alerted.calls(LARS, SOFIE, link="", makes_links=True)
    await alerted.does(lambda tx: ends(tx, alerted))

    async with alerted.desk.database.transaction() as tx:
        assert (await meeting_in(tx, meeting.id)).is_off
    letters = await alerted.told(K.READINESS_MEETING_OFF)
    assert {*letters} == {LARS.id, SOFIE.id}
    assert all(read(each) for each in letters.values())
    alerted.now += A_MINUTE
    assert await link_meetings(alerted.desk.database, make, now=alerted.now) == 0
    assert wanted == []
