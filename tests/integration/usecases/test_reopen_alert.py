"""An alert that was ended by mistake goes on as if it had not been: also its ladders."""

from datetime import timedelta

import pytest

from domain.alerts import QUORUM, AlertState, Reply
from domain.escalation import LADDER
from domain.people import Authority
from scheduler.escalate_alerts import escalate_alerts
from tests.integration.usecases.alarming import ALERT, LEFT, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.ending import A_MINUTE, Running
from tests.support.town import CARL
from usecases.answer_alert import answer_alert


@pytest.fixture
async def alerted(desk: Desk) -> Running:
    """An alert that has just left, and that nobody has planned for yet."""
    begun = Running(readiness=AlertDesk(desk=desk), now=LEFT + 2 * A_MINUTE)
    await begun.begins(runs=False)
    return begun


async def reopens(alerted: Running, *, after: timedelta) -> None:
    """Stand it down, and open it again so long after."""
    await alerted.ends(AlertState.STOOD_DOWN)
    alerted.now += after
    await alerted.reopens()


async def test_silence_is_followed_up_as_it_would_have_been(alerted: Running) -> None:
    """BER-25, BER-60: pressed by mistake; every authority's ladder is climbed to its end."""
    await reopens(alerted, after=A_MINUTE)

    for minutes in (5, 10, 15, 20):
        now = LEFT + minutes * A_MINUTE
        await escalate_alerts(alerted.desk.database, mail=False, now=now)
    async with alerted.desk.database.transaction() as tx:
        ladders = await tx.escalations.of(ALERT)
    steps = {each.climbed.authority: each.climbed.taken for each in ladders}
    assert {each: steps[each] for each in QUORUM} == dict.fromkeys(QUORUM, len(LADDER))


async def test_what_fell_due_meanwhile_is_due_now(alerted: Running) -> None:
    """BER-26, BER-60: but for an authority of whom enough are joining."""
    async with alerted.desk.database.transaction() as tx:
        await answer_alert(tx, id=ALERT, by=CARL, reply=Reply.JOINING, mail=False, now=alerted.now)
    await reopens(alerted, after=timedelta(hours=1))

    async with alerted.desk.database.transaction() as tx:
        due = {each.climbed.authority: each.climbed for each in await tx.escalations.of(ALERT)}
    assert due[CARL.authority].next_at is None
    assert due[Authority.SOF].next_at == alerted.now


async def test_a_ladder_that_was_climbed_is_not_climbed_again(alerted: Running) -> None:
    """BER-60: nobody is asked again what they were asked then."""
    for minutes in (5, 10, 15, 20):
        alerted.now = LEFT + minutes * A_MINUTE
        await escalate_alerts(alerted.desk.database, mail=False, now=alerted.now)
    await reopens(alerted, after=A_MINUTE)

    async with alerted.desk.database.transaction() as tx:
        assert await tx.escalations.next_due() is None
