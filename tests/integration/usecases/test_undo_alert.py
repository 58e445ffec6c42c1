"""An alert is taken back before anybody has heard of it, or sent without waiting (BER-06)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.alert_log import LogKind
from domain.alerts import Alert, AlertState, Level
from domain.delivery import DeliveryState
from domain.errors import RuleBroken
from domain.people import Person
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, LEFT, ORDER, SECONDS, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import ANNA, CARL, DORTE, LARS, LINE, LIV, MONDAY_NOON, SUNE
from usecases.activate_alert import activate_alert
from usecases.undo_alert import send_at_once, undo_alert

FULL = replace(ORDER, level=Level.FULL, template="H3")
HOUR = timedelta(hours=1)


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    return opened


async def undoes(
    readiness: AlertDesk, *, by: Person = LARS, after: timedelta = 5 * SECONDS
) -> Alert:
    async with readiness.desk.database.transaction() as tx:
        return await undo_alert(tx, id=ALERT, by=by, now=MONDAY_NOON + after)


async def hurries(readiness: AlertDesk, *, after: timedelta) -> Alert:
    async with readiness.desk.database.transaction() as tx:
        return await send_at_once(tx, id=ALERT, by=LARS, now=MONDAY_NOON + after)


class TestAnAlertThatIsUndone:
    async def test_reaches_nobody(self, readiness: AlertDesk) -> None:
        """BER-06: within ten seconds nothing has left, and nothing leaves after."""
        await readiness.activates(FULL)
        undone = await undoes(readiness)

        assert (undone.state, undone.is_open) == (AlertState.FALSE_ALARM, False)
        assert set((await readiness.states()).values()) == {DeliveryState.CANCELLED}
        assert await readiness.desk.told(after=HOUR) == set()
        assert [each.kind for each in await readiness.log()][-1] is LogKind.UNDONE

    async def test_climbs_no_ladder_and_reminds_nobody(self, readiness: AlertDesk) -> None:
        await readiness.activates(FULL)
        await undoes(readiness)
        async with readiness.desk.database.transaction() as tx:
            assert await tx.escalations.due(LEFT + HOUR, at_most=100) == []
            (plan,) = await tx.action_plans.of_alert(ALERT)

        assert (plan.reminders, plan.released_at) == (False, None)

    async def test_twice_is_undone_once(self, readiness: AlertDesk) -> None:
        await readiness.activates()
        undone = await undoes(readiness)

        assert await undoes(readiness, after=HOUR) == undone
        log = [each.kind for each in await readiness.log()]
        assert log == [LogKind.ACTIVATED, LogKind.UNDONE]

    async def test_is_undone_by_another_who_may_activate_there(self, readiness: AlertDesk) -> None:
        await readiness.activates(by=DORTE)

        assert not (await undoes(readiness, by=CARL)).is_open


class TestAnAlertThatHasLeft:
    async def test_cannot_be_undone(self, readiness: AlertDesk) -> None:
        """BER-06"""
        await readiness.activates()

        assert await refused(readiness, after=10 * SECONDS) == "alert.already_left"

    async def test_cannot_be_undone_for_some(self, readiness: AlertDesk) -> None:
        """Where a clock is fast and one letter is on its way, the others go too."""
        await readiness.activates()
        await readiness.leaves(to=[LIV], after=10 * SECONDS)

        assert await refused(readiness, after=9 * SECONDS) == "alert.already_left"
        assert await readiness.desk.told(after=11 * SECONDS) != set()


class TestWhoMayNot:
    @pytest.mark.parametrize(
        ("by", "code"),
        [
            (LIV, "alert.not_yours"),  # was alerted, and leads nothing
            (ANNA, "alert.not_found"),
            (LINE, "alert.not_found"),  # stands in for a leader, and was not asked
            (SUNE, "alert.not_found"),
        ],
        ids=lambda each: getattr(each, "id", each),
    )
    async def test_undoes_nothing(self, readiness: AlertDesk, by: Person, code: str) -> None:
        """BER-01, BER-52: who has nothing to do with it is not told that it is there."""
        await readiness.activates()

        assert await refused(readiness, by=by, after=SECONDS) == code


class TestSendingAtOnce:
    async def test_skips_the_seconds(self, readiness: AlertDesk) -> None:
        """BER-06: "Send straks"; from then on it has left."""
        await readiness.activates(FULL)
        hurried = await hurries(readiness, after=3 * SECONDS)

        assert hurried.leaves_at == MONDAY_NOON + 3 * SECONDS
        assert await refused(readiness, after=4 * SECONDS) == "alert.already_left"
        assert await readiness.desk.told(after=4 * SECONDS) != set()

    async def test_skips_the_night(self, readiness: AlertDesk) -> None:
        """BER-30: "Send nu" for an orientation that waits for the morning."""
        night = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
        async with readiness.desk.database.transaction() as tx:
            await activate_alert(tx, replace(ORDER, level=Level.ORIENTATION), by=LARS, now=night)
            await send_at_once(tx, id=ALERT, by=LARS, now=night + SECONDS)
            due = await tx.outbox.claim(now=night + SECONDS, lease=HOUR, at_most=100)

        assert len(due) == len(await readiness.recipients())

    async def test_changes_nothing_of_what_has_left(self, readiness: AlertDesk) -> None:
        await readiness.activates()

        assert (await hurries(readiness, after=HOUR)).leaves_at == LEFT

    async def test_brings_nothing_back_that_was_undone(self, readiness: AlertDesk) -> None:
        await readiness.activates()
        await undoes(readiness)

        with pytest.raises(RuleBroken, match=r"alert\.over"):
            await hurries(readiness, after=6 * SECONDS)


async def refused(readiness: AlertDesk, *, by: Person = LARS, after: timedelta) -> str:
    async def work(tx: Transaction) -> None:
        await undo_alert(tx, id=ALERT, by=by, now=MONDAY_NOON + after)

    return await readiness.desk.refuses(work)
