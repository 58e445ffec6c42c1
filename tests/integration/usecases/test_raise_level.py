"""Raising an alert to a full effort (BER-10)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.alert_log import LogKind
from domain.alerts import Alert, AlertState, Level
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from tests.integration.usecases.alarming import ALERT, ORDER, SECONDS, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import ANNA, LARS, MONDAY_NOON
from usecases.raise_level import raise_level


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    return opened


async def raises(
    readiness: AlertDesk, *, by: Person = LARS, after: timedelta = 60 * SECONDS
) -> Alert:
    async with readiness.desk.database.transaction() as tx:
        return await raise_level(tx, id=ALERT, by=by, now=MONDAY_NOON + after)


class TestRaising:
    async def test_makes_a_plan_and_tells_those_who_have_it(self, readiness: AlertDesk) -> None:
        """Pressed twice, it is raised once."""
        await readiness.activates()
        await readiness.leaves(after=10 * SECONDS)

        await raises(readiness)
        await raises(readiness)

        alert = await readiness.alert()
        assert (alert.level, alert.state) == (Level.FULL, AlertState.PLANNING)
        async with readiness.desk.database.transaction() as tx:
            assert len(await tx.action_plans.of_alert(ALERT)) == 1
        told = await readiness.states(NoticeKind.ALERT_CORRECTED)
        assert set(told) == {each.person for each in await readiness.recipients()}
        kinds = [each.kind for each in await readiness.log()]
        assert kinds.count(LogKind.LEVEL) == 1

    async def test_of_an_orientation_needs_a_new_alert(self, readiness: AlertDesk) -> None:
        """It froze no ladder and no quorum (BER-29)."""
        await readiness.activates(replace(ORDER, level=Level.ORIENTATION))

        with pytest.raises(RuleBroken, match=r"alert\.no_ladder"):
            await raises(readiness)

    async def test_waits_until_it_has_left(self, readiness: AlertDesk) -> None:
        await readiness.activates()

        with pytest.raises(RuleBroken, match=r"alert\.not_left"):
            await raises(readiness, after=timedelta())

    async def test_is_not_for_everybody(self, readiness: AlertDesk) -> None:
        await readiness.activates()

        with pytest.raises(RuleBroken, match=r"alert\.not_found"):
            await raises(readiness, by=ANNA)
