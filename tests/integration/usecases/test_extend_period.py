"""A period never runs out unnoticed; at times the steering group decides about more of it."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.alert_log import DecisionKind, LogKind
from domain.alerts import AlertState
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from tests.integration.usecases.alarming import ALERT, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.ending import BECAUSE, DAY, ENDS, Running
from tests.support.town import ANNA, DENNIS, DORTE, LARS, VIGGO

A_SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
TOLD = sorted([LARS.id, DORTE.id, DENNIS.id])


@pytest.fixture
async def running(desk: Desk) -> Running:
    begun = Running(readiness=AlertDesk(desk=desk))
    await begun.begins()
    return begun


class TestReminding:
    async def test_comes_two_days_and_one_day_before(self, running: Running) -> None:
        """BER-56: to its coordinator and the Secretariat; each once, however often it ticks."""
        for before, told in ((48 * HOUR + A_SECOND, 0), (48 * HOUR, 1), (25 * HOUR, 1)):
            running.now = ENDS - before
            await running.ticks()
            await running.ticks()
            assert await running.told(NoticeKind.ALERT_PERIOD_ENDS) == sorted(TOLD * told)
        running.now = ENDS - 24 * HOUR
        await running.ticks()

        assert await running.told(NoticeKind.ALERT_PERIOD_ENDS) == sorted(TOLD * 2)

    async def test_comes_each_week_of_an_alert_without_a_period(self, desk: Desk) -> None:
        """BER-56: never silent continuing, whatever its level and whether it has a plan."""
        endless = Running(readiness=AlertDesk(desk=desk))
        await endless.begins(runs=False)
        left = (await endless.alert()).leaves_at
        for days, told in ((0, 0), (2, 0), (3, 1), (9, 1), (10, 2), (400, 3)):
            endless.now = left + days * 24 * HOUR
            await endless.ticks()
            await endless.ticks()
            assert await endless.told(NoticeKind.ALERT_NO_PERIOD) == sorted(TOLD * told)
        await endless.ends(AlertState.STOOD_DOWN)
        endless.now += 24 * 30 * HOUR
        await endless.ticks()
        assert len(await endless.told(NoticeKind.ALERT_NO_PERIOD)) == 3 * len(TOLD)

    async def test_says_what_was_missed_once_after_a_standstill(self, running: Running) -> None:
        """BER-56: a restart skips nothing, and does not tell twice."""
        running.now = ENDS - HOUR
        await running.ticks()

        assert await running.told(NoticeKind.ALERT_PERIOD_ENDS) == TOLD

    async def test_begins_anew_when_the_period_was_put_off(self, running: Running) -> None:
        """BER-56, BER-57."""
        running.now = ENDS - 24 * HOUR
        await running.ticks()
        await running.extends(ENDS + 7 * DAY)
        running.now = ENDS + 6 * DAY
        await running.ticks()

        assert await running.told(NoticeKind.ALERT_PERIOD_ENDS) == sorted(TOLD * 2)


class TestTheEndOfThePeriod:
    async def test_without_a_decision_neither_ends_it_nor_lets_it_go_on(
        self, running: Running
    ) -> None:
        """BER-56: udløbet – afventer beslutning, and a reminder each day."""
        running.now = ENDS
        await running.ticks()
        await running.ticks()

        expired = await running.alert()
        assert expired.state is AlertState.EXPIRED
        assert expired.is_open
        assert await running.told(NoticeKind.ALERT_EXPIRED) == TOLD
        lines = [each.kind for each in await running.readiness.log()]
        assert lines.count(LogKind.EXPIRED) == 1
        for day in range(1, 4):
            for hours in (0, 1, 23):
                running.now = ENDS + day * DAY + hours * HOUR
                await running.ticks()
        assert await running.told(NoticeKind.ALERT_EXPIRED) == sorted(TOLD * 5)
        assert (await running.alert()).state is AlertState.EXPIRED

    async def test_is_reminded_of_in_the_morning(self, running: Running) -> None:
        """BER-56: at eight in Copenhagen, once a day."""
        running.now = ENDS
        await running.ticks()
        running.now = datetime(2026, 3, 17, 6, 59, tzinfo=UTC)
        await running.ticks()
        assert await running.told(NoticeKind.ALERT_EXPIRED) == TOLD
        running.now += 2 * timedelta(minutes=1)
        await running.ticks()

        assert await running.told(NoticeKind.ALERT_EXPIRED) == sorted(TOLD * 2)

    async def test_also_comes_while_it_normalises(self, running: Running) -> None:
        """BER-56: winding down is no decision to go on for ever."""
        await running.normalises()
        running.now = ENDS
        await running.ticks()

        assert (await running.alert()).state is AlertState.EXPIRED


class TestExtending:
    async def test_says_who_why_and_until_when(self, running: Running) -> None:
        """BER-57: the alert and its plan end later, and it is on record."""
        running.now = ENDS + HOUR
        await running.ticks()
        decided = await running.extends(ENDS + 7 * DAY)

        assert (decided.by, decided.words, decided.until) == (LARS.id, BECAUSE, ENDS + 7 * DAY)
        alert = await running.alert()
        assert (alert.state, alert.period_end) == (AlertState.RUNNING, ENDS + 7 * DAY)
        assert (await running.plan()).period_end == ENDS + 7 * DAY
        line = await running.line(LogKind.EXTENDED)
        assert (line.by, line.words, line.facts["number"]) == (LARS.id, BECAUSE, "1")

    async def test_pressed_twice_is_one_decision(self, running: Running) -> None:
        first = await running.extends(ENDS + 7 * DAY)
        again = await running.extends(ENDS + 7 * DAY, id=first.id)

        assert again == first
        async with running.desk.database.transaction() as tx:
            assert len(await tx.alert_decisions.of(ALERT)) == 1

    async def test_is_refused_backwards_without_a_reason_and_without_a_period(
        self, running: Running
    ) -> None:
        for until, because, code in (
            (ENDS, BECAUSE, "alertend.backwards"),
            (ENDS + DAY, " ", "alertend.no_reason"),
            (ENDS + DAY, "010101-1234 er set", "measure.cpr"),
        ):
            with pytest.raises(RuleBroken, match=code):
                await running.extends(until, because=because)
        with pytest.raises(RuleBroken, match="alert.not_found"):
            await running.extends(ENDS + DAY, by=ANNA)

    async def test_of_what_has_no_period_is_none(self, desk: Desk) -> None:
        planning = Running(readiness=AlertDesk(desk=desk))
        await planning.begins(runs=False)
        with pytest.raises(RuleBroken, match="alertend.no_period"):
            await planning.extends(ENDS)


class TestTheSteeringGroup:
    async def test_is_asked_from_the_third_extension_on(self, running: Running) -> None:
        """BER-57: more than two."""
        await running.extends(ENDS + 7 * DAY)
        await running.extends(ENDS + 14 * DAY)
        asked = await running.extends(ENDS + 21 * DAY)

        assert asked.kind is DecisionKind.EXTENSION_ASKED
        assert await running.told(NoticeKind.ALERT_EXTENSION_ASKED) == [VIGGO.id]
        assert (await running.alert()).period_end == ENDS + 14 * DAY
        with pytest.raises(RuleBroken, match="alertend.already_asked"):
            await running.extends(ENDS + 22 * DAY)

    async def test_is_asked_beyond_three_months(self, running: Running) -> None:
        """BER-57: the length of the plan of 2008."""
        decided = await running.extends(datetime(2026, 6, 2, 12, 0, tzinfo=UTC))
        assert decided.kind is DecisionKind.EXTENDED
        asked = await running.extends(datetime(2026, 6, 3, 12, 0, tzinfo=UTC))
        assert asked.kind is DecisionKind.EXTENSION_ASKED

    async def test_says_yes_by_one_of_them(self, running: Running) -> None:
        """BER-57: recorded, and who asked hears so."""
        until = ENDS + 100 * DAY
        await running.extends(until)
        with pytest.raises(RuleBroken, match="alert.not_found"):
            await running.answers(agrees=True, by=DORTE)
        decided = await running.answers(agrees=True, by=VIGGO)

        assert (decided.by, decided.until) == (VIGGO.id, until)
        assert (await running.alert()).period_end == until
        assert (await running.line(LogKind.EXTENDED)).by == VIGGO.id
        assert await running.told(NoticeKind.ALERT_EXTENSION_ANSWERED) == [LARS.id]
        with pytest.raises(RuleBroken, match="alertend.not_asked"):
            await running.answers(agrees=True, by=VIGGO)

    async def test_says_no_with_a_reason_and_the_period_runs_out(self, running: Running) -> None:
        """BER-56, BER-57: an unanswered wish keeps nothing going."""
        await running.extends(ENDS + 100 * DAY)
        running.now = ENDS + HOUR
        await running.ticks()
        assert (await running.alert()).state is AlertState.EXPIRED
        with pytest.raises(RuleBroken, match="alertend.no_reason"):
            await running.answers(agrees=False, by=VIGGO)
        await running.answers(agrees=False, by=VIGGO, because="Der er ro nu")

        assert (await running.alert()).period_end == ENDS
        assert (await running.line(LogKind.EXTENSION_REFUSED)).words == "Der er ro nu"

    async def test_need_not_ask_itself(self, running: Running) -> None:
        """BER-57."""
        decided = await running.extends(ENDS + 100 * DAY, by=VIGGO)
        assert decided.kind is DecisionKind.EXTENDED
