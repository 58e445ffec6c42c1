"""Something real suspends what is practised (BER-64)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from cards.reaching import call_list
from domain.alert_log import LogKind
from domain.alerts import Alert, Reply
from domain.delivery import DeliveryState
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, ORDER, SECONDS, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import DANISH, DORTE, LARS, MONDAY_NOON
from usecases.answer_alert import answer_alert
from usecases.confirm_by_phone import see_call_list
from usecases.pause_alert import pause_alert, resume_alert
from usecases.undo_alert import undo_alert

MINUTE = 60 * SECONDS
REAL = replace(ORDER, id=uuid4(), another=True)
TOLD = NoticeKind.DRILL_SUSPENDED


@pytest.fixture
async def practised(desk: Desk) -> AlertDesk:
    """A drill that everybody has."""
    opened = AlertDesk(desk=desk)
    await opened.opens()
    await opened.activates(replace(ORDER, drill=True), by=DORTE)
    await opened.leaves(after=10 * SECONDS)
    return opened


async def drill(practised: AlertDesk) -> Alert:
    return await practised.alert(ALERT)


class TestADrill:
    async def test_is_suspended_and_its_participants_are_told(self, practised: AlertDesk) -> None:
        real = await practised.activates(REAL, after=MINUTE)

        assert (await drill(practised)).suspended_by == real.id
        told = await practised.states(TOLD)
        assert set(told) == {each.person for each in await practised.recipients()}
        due = [each for each in await practised.desk.due(after=MINUTE) if each.notice.kind is TOLD]
        assert due == []
        assert (await practised.log())[-1].kind is LogKind.SUSPENDED

    async def test_is_marked_on_the_call_list_and_leaves_it(self, practised: AlertDesk) -> None:
        """BER-62, BER-64: nobody is telephoned about a drill as if it were real."""
        async with practised.desk.database.transaction() as tx:
            why = DeliveryState.BLOCKED
            await tx.call_list.add(LARS.id, about=ALERT, why=why, now=MONDAY_NOON)
            waiting = await see_call_list(tx, by=DORTE)
        assert "ØVELSE – R2026-0001: " in call_list(waiting, say=DANISH).words

        await practised.activates(REAL, after=MINUTE)
        async with practised.desk.database.transaction() as tx:
            assert await see_call_list(tx, by=DORTE) == []

    async def test_does_not_climb_however_long_it_takes(self, practised: AlertDesk) -> None:
        await practised.activates(REAL, after=MINUTE)

        async with practised.desk.database.transaction() as tx:
            due = await tx.escalations.due(MONDAY_NOON + timedelta(days=30), at_most=100)
        assert ALERT not in {alert for alert, _ in due}

    async def test_goes_on_by_hand(self, practised: AlertDesk) -> None:
        """And is not paused before: that would let it go on by itself."""
        await practised.activates(REAL, after=MINUTE)

        async def pauses(tx: Transaction) -> None:
            await pause_alert(
                tx, id=ALERT, by=DORTE, length=MINUTE, because="Ro", now=MONDAY_NOON + MINUTE
            )

        with pytest.raises(RuleBroken, match=r"alert\.suspended"):
            await practised.desk.does(pauses)
        async with practised.desk.database.transaction() as tx:
            await resume_alert(tx, id=ALERT, by=DORTE, mail=False, now=MONDAY_NOON + 2 * MINUTE)
        resumed = await drill(practised)
        assert resumed.suspended_by is None
        assert resumed.paused_until == MONDAY_NOON + 2 * MINUTE

    async def test_goes_on_when_what_was_real_is_undone(self, practised: AlertDesk) -> None:
        """BER-06: nothing has left, and nobody was told."""
        await practised.activates(REAL, after=MINUTE)

        async with practised.desk.database.transaction() as tx:
            await undo_alert(tx, id=REAL.id, by=LARS, now=MONDAY_NOON + MINUTE + SECONDS)

        assert (await drill(practised)).suspended_by is None
        due = await practised.desk.due(after=2 * MINUTE)
        assert TOLD not in {each.notice.kind for each in due}

    async def test_makes_way_for_another_that_is_real(self, practised: AlertDesk) -> None:
        """BER-64: where what it made way for is undone, and its participants hear so once."""
        await practised.activates(REAL, after=MINUTE)
        other = await practised.activates(replace(REAL, id=uuid4()), after=MINUTE + SECONDS)
        async with practised.desk.database.transaction() as tx:
            await undo_alert(tx, id=REAL.id, by=LARS, now=MONDAY_NOON + MINUTE + 2 * SECONDS)

        assert (await drill(practised)).suspended_by == other.id
        due = await practised.desk.due(after=2 * MINUTE)
        told = [str(each.notice.person) for each in due if each.notice.kind is TOLD]
        assert sorted(told) == sorted(each.person for each in await practised.recipients())

    async def test_asks_nobody_while_it_is_suspended(self, practised: AlertDesk) -> None:
        """BER-64: who cannot come has said so, and their substitute hears of nothing."""
        await practised.activates(REAL, after=MINUTE)
        before = await practised.recipients()
        async with practised.desk.database.transaction() as tx:
            await answer_alert(
                tx,
                id=ALERT,
                by=LARS,
                reply=Reply.SUBSTITUTE,
                mail=False,
                now=MONDAY_NOON + 2 * MINUTE,
            )

        asked = [each.person for each in await practised.recipients()]
        assert sorted(asked) == sorted(each.person for each in before)

    @pytest.mark.parametrize("by_hand", [False, True])
    async def test_sends_what_was_held_back_when_it_goes_on(
        self, desk: Desk, *, by_hand: bool
    ) -> None:
        """BER-64: the letters that had not left, and each once."""
        readiness = AlertDesk(desk=desk)
        await readiness.opens()
        await readiness.activates(replace(ORDER, drill=True), by=DORTE)
        await readiness.activates(REAL, after=2 * SECONDS)
        assert set((await readiness.states()).values()) == {DeliveryState.CANCELLED}
        now = MONDAY_NOON + 5 * SECONDS
        async with desk.database.transaction() as tx:
            if by_hand:
                await resume_alert(tx, id=ALERT, by=DORTE, mail=False, now=now)
            else:
                await undo_alert(tx, id=REAL.id, by=LARS, now=now)

        assert set((await readiness.states()).values()) == {DeliveryState.READY}

    async def test_does_not_suspend_another(self, practised: AlertDesk) -> None:
        await practised.activates(replace(REAL, drill=True, another=True), by=DORTE, after=MINUTE)

        assert (await drill(practised)).suspended_by is None
