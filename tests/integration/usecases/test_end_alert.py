"""An alert ends by a decision, all who heard of it hear so, and it can be opened again."""

from datetime import timedelta

import pytest

from domain.alert_ending import Leftover
from domain.alert_log import DecisionKind, LogKind
from domain.alerts import AlertState, Reply
from domain.delivery import DeliveryState
from domain.errors import RuleBroken
from domain.exports import ExportKind
from domain.notices import NoticeKind
from domain.plan_measures import MeasureState
from tests.integration.usecases.alarming import ALERT, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.ending import BECAUSE, DAY, ENDS, Running
from tests.support.town import ANNA, BENTE, LARS, SOFIE
from usecases.answer_alert import answer_alert
from usecases.end_alert import see_outstanding


@pytest.fixture
async def running(desk: Desk) -> Running:
    begun = Running(readiness=AlertDesk(desk=desk))
    await begun.begins()
    return begun


class TestBeforeItEnds:
    async def test_it_shows_what_is_left(self, running: Running) -> None:
        """BER-58: outstanding measures, missing reports, staff nobody has told."""
        running.now += 3 * DAY
        async with running.desk.database.transaction() as tx:
            _, left = await see_outstanding(tx, id=ALERT, by=LARS, now=running.now)

        assert len(left.measures) == len((await running.plan()).measures)
        assert left.reports
        assert LARS.id in left.not_briefed
        assert left.normal
        assert left.quiet_until is None

    async def test_normalising_counts_the_quiet_days_and_who_has_said_so(
        self, running: Running
    ) -> None:
        """BER-58: no new incidents for some days, and word of each authority."""
        assert (await running.normalises(days=3)).state is AlertState.NORMALISING
        async with running.desk.database.transaction() as tx:
            _, left = await see_outstanding(tx, id=ALERT, by=LARS, now=running.now)

        assert left.quiet_until == running.now + 3 * DAY
        assert left.reported == frozenset()
        assert (await running.alert()).period_end == ENDS

    async def test_nothing_ends_while_a_measure_waits(self, running: Running) -> None:
        """BER-58: it is handed to daily work, or dropped with a reason."""
        with pytest.raises(RuleBroken, match="alertend.outstanding"):
            await running.ends()
        count = len((await running.plan()).measures)

        assert await running.hands_on(Leftover.DAILY) == count
        assert await running.hands_on(Leftover.DAILY) == 0
        measures = (await running.plan()).measures
        assert {each.state for each in measures} == {MeasureState.DROPPED}
        assert {each.reason for each in measures} == {"Gadeplan Valby"}
        async with running.desk.database.transaction() as tx:
            decisions = await tx.alert_decisions.of(ALERT)
        handed = [each for each in decisions if each.kind is DecisionKind.HANDED_ON]
        assert {each.measure for each in handed} == {each.id for each in measures}
        assert (await running.line(LogKind.HANDED_ON)).facts["measures"] == str(count)

    async def test_others_measures_are_not_ones_own_to_hand_on(self, running: Running) -> None:
        """BER-38: each authority's own people, and the Secretariat."""
        with pytest.raises(RuleBroken, match="alertend.not_your_measure"):
            await running.hands_on(by=LARS)
        assert all(each.waits for each in (await running.plan()).measures)


class TestTheEnd:
    async def test_is_told_to_all_who_were_alerted(self, running: Running) -> None:
        """BER-59: they get the all-clear, and nothing else of it leaves any more."""
        await running.hands_on()
        closed = await running.ends()

        assert closed.state is AlertState.CLOSED
        assert closed.closed_at == running.now
        alerted = {each.person for each in await running.readiness.recipients()}
        assert set(await running.told(NoticeKind.ALERT_CLOSED)) == alerted
        left = set((await running.readiness.states()).values())
        assert left & {DeliveryState.READY, DeliveryState.UNRESOLVED} == set()
        async with running.desk.database.transaction() as tx:
            assert await tx.escalations.next_due() is None
            assert await tx.call_list.waiting() == []
            assert {each.climbed.next_at for each in await tx.escalations.of(ALERT)} == {None}
        assert not (await running.plan()).reminders

    async def test_says_in_the_log_what_held_and_what_did_not(self, running: Running) -> None:
        """BER-58: closed with a reason, and the lists as they were ticked."""
        await running.closes()

        line = await running.line(LogKind.CLOSED)
        assert line.words == BECAUSE
        assert line.facts["normal"] == "2/3"
        assert line.facts["close_down"] == "1/7"
        assert int(line.facts["not_briefed"]) > 0

    async def test_comes_once_however_often_it_is_pressed(self, running: Running) -> None:
        await running.closes()
        told = await running.told(NoticeKind.ALERT_CLOSED)
        await running.ends()

        assert await running.told(NoticeKind.ALERT_CLOSED) == told

    async def test_needs_a_reason_without_a_cpr_number(self, running: Running) -> None:
        """BER-51, BER-58."""
        await running.hands_on()
        for because, code in (("  ", "alertend.no_reason"), ("010101-1234", "measure.cpr")):
            with pytest.raises(RuleBroken, match=code):
                await running.ends(because=because)
        assert (await running.alert()).is_open

    async def test_is_not_for_who_was_only_alerted(self, running: Running) -> None:
        """BER-02, BER-52: and who has nothing to do with it hears that there is none."""
        await running.hands_on()
        with pytest.raises(RuleBroken, match="alert.not_found"):
            await running.ends(by=ANNA)
        assert (await running.alert()).is_open

    async def test_is_the_end_of_answers_too(self, running: Running) -> None:
        """BER-59: who presses afterwards is told that it is over."""
        await running.closes()
        async with running.desk.database.transaction() as tx:
            with pytest.raises(RuleBroken, match="alert.over"):
                await answer_alert(
                    tx, id=ALERT, by=SOFIE, reply=Reply.JOINING, mail=False, now=running.now
                )

    async def test_can_be_a_step_down_before_a_plan_is_in_force(self, desk: Desk) -> None:
        """BER-58: nedskalering til orientering; with a plan in force it is closed instead."""
        planning = Running(readiness=AlertDesk(desk=desk))
        await planning.begins(runs=False)

        assert (await planning.ends(AlertState.STOOD_DOWN)).state is AlertState.STOOD_DOWN
        assert BENTE.id in await planning.told(NoticeKind.ALERT_CLOSED)
        assert (await planning.evaluation()).drill is False

    async def test_is_no_step_down_while_a_plan_is_in_force(self, running: Running) -> None:
        """BER-58."""
        with pytest.raises(RuleBroken, match="alertend.in_force"):
            await running.ends(AlertState.STOOD_DOWN)


class TestOpeningAgain:
    async def test_keeps_the_number_and_the_log(self, running: Running) -> None:
        """BER-60: with a reason, and everybody hears so."""
        before = await running.closes()
        length = len(await running.readiness.log())
        running.now += 3 * DAY
        again = await running.reopens()

        assert again.reference == before.reference
        assert again.state is AlertState.RUNNING
        assert again.closed_at is None
        log = await running.readiness.log()
        assert [each.number for each in log] == list(range(1, length + 2))
        assert log[-1].kind is LogKind.REOPENED
        alerted = {each.person for each in await running.readiness.recipients()}
        assert set(await running.told(NoticeKind.ALERT_REOPENED)) == alerted
        assert (await running.plan()).reminders

    async def test_waits_for_a_decision_where_the_period_is_over(self, running: Running) -> None:
        """BER-56, BER-60: it does not go on in silence."""
        running.now = ENDS - DAY
        await running.closes()
        running.now = ENDS + DAY

        assert (await running.reopens()).state is AlertState.EXPIRED

    async def test_is_possible_for_a_fortnight(self, running: Running) -> None:
        """BER-60."""
        await running.closes()
        running.now += 14 * DAY + timedelta(seconds=1)

        with pytest.raises(RuleBroken, match="alertend.too_late"):
            await running.reopens()

    async def test_lets_it_be_closed_and_told_again(self, running: Running) -> None:
        """BER-59, BER-60: the all-clear comes each time."""
        await running.closes()
        told = await running.told(NoticeKind.ALERT_CLOSED)
        running.now += DAY
        await running.reopens()
        await running.ends()

        assert await running.told(NoticeKind.ALERT_CLOSED) == sorted([*told, *told])


class TestFiling:
    async def test_waits_until_the_log_was_taken_out(self, running: Running) -> None:
        """BER-54: all of it, after the end; what was taken out before lacks that."""
        await running.is_exported()
        running.now += DAY
        await running.closes()
        await running.is_exported(ExportKind.ALERT_CAP)
        with pytest.raises(RuleBroken, match="alertend.not_exported"):
            await running.files()
        await running.is_exported()

        assert (await running.files()).filed_at == running.now
        assert (await running.line(LogKind.FILED)).words == "2026-0417"

    async def test_is_of_what_has_ended(self, running: Running) -> None:
        with pytest.raises(RuleBroken, match="alertend.not_ended"):
            await running.files()
