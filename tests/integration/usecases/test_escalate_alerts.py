"""Silence climbs, step by step, whoever ticks and whatever breaks (BER-25 to BER-32, BER-76)."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert

from domain.alerts import AlertState, Reply, Why
from domain.delivery import DeliveryState
from domain.escalation import Reason
from domain.notices import Medium
from domain.people import Authority
from storage.readiness_rows import escalations
from tests.integration.usecases.alerted import (
    BIF,
    BUF,
    KFF,
    KFO,
    KP,
    LEFT_AT,
    SOF,
    Alerted,
    activated,
    leader,
)
from tests.integration.usecases.desk import Desk
from tests.support.escalating import DENNIS, DORTE, of
from usecases.climb_ladder import climb_ladders, write_down
from usecases.pass_alerts_on import pass_alerts_on

SIX = (BUF, SOF, KP, KFF, BIF, KFO)
READY = DeliveryState.READY
ALL_FOUR = [
    Reason.REPEATED,
    Reason.SUBSTITUTES_ASKED,
    Reason.MANAGER_ASKED,
    Reason.CALL_LIST_SENT,
]


@pytest.fixture
async def alerted(desk: Desk) -> Alerted:
    return await activated(desk)


class TestASilentAuthority:
    @pytest.mark.parametrize("authority", SIX)
    async def test_climbs_the_four_rungs(self, alerted: Alerted, authority: Authority) -> None:
        """BER-25, BER-32: at 5, 10, 15 and 20 minutes, each a line of the log."""
        await alerted.forward(minutes=60)

        assert await alerted.told(authority) == [
            (5, Reason.REPEATED, (of(authority, "leader"),)),
            (10, Reason.SUBSTITUTES_ASKED, (of(authority, "first"),)),
            (15, Reason.MANAGER_ASKED, (of(authority, "manager"),)),
            (20, Reason.CALL_LIST_SENT, (DORTE, DENNIS)),
        ]

    async def test_hears_it_again_by_the_second_channel_too(self, alerted: Alerted) -> None:
        """BER-25."""
        await alerted.forward(minutes=5)

        assert await alerted.messages(leader(BUF)) == [
            (1, Medium.TEAMS, READY),
            (2, Medium.TEAMS, READY),
            (2, Medium.EMAIL, READY),
        ]

    async def test_hears_it_again_in_teams_alone_where_there_is_no_mail(
        self, alerted: Alerted
    ) -> None:
        alerted.mail = False
        await alerted.forward(minutes=5)

        assert [each[:2] for each in await alerted.messages(leader(BUF))] == [
            (1, Medium.TEAMS),
            (2, Medium.TEAMS),
        ]

    async def test_gets_a_substitute_and_then_its_manager(self, alerted: Alerted) -> None:
        """BER-25, BER-27: new people hear it for the first time, and are on the list."""
        await alerted.forward(minutes=15)

        people = await alerted.recipients()
        substitute, manager = people[of(BUF, "first")], people[of(BUF, "manager")]
        assert (substitute.why, substitute.stands_for) == (Why.SUBSTITUTE, leader(BUF))
        assert manager.why is Why.MANAGER
        assert of(BUF, "second") not in people
        for each in (substitute, manager):
            assert await alerted.messages(each.person) == [(1, Medium.TEAMS, READY)]

    async def test_is_telephoned_by_the_secretariat_at_last(self, alerted: Alerted) -> None:
        """BER-25: one list for each authority, with those who may yet join."""
        await alerted.answers(leader(SOF), Reply.JOINING)
        await alerted.forward(minutes=20)

        assert await alerted.hears_whom_to_call(DORTE) == 5
        assert await alerted.hears_whom_to_call(DENNIS) == 5
        assert await alerted.to_call() == {
            of(each, who)
            for each in (BUF, KP, KFF, BIF, KFO)
            for who in ("leader", "first", "manager")
        }

    async def test_is_not_telephoned_about_who_has_said_no(self, alerted: Alerted) -> None:
        """BER-25: the list is of those who may yet join."""
        await alerted.answers(leader(BUF), Reply.UNABLE)
        await alerted.forward(minutes=20)

        to_call = await alerted.to_call()
        assert leader(BUF) not in to_call
        assert of(BUF, "first") in to_call

    async def test_is_not_asked_once_it_is_over_though_a_step_is_due(
        self, alerted: Alerted
    ) -> None:
        """BER-59: whoever held the ladder when the alert was closed does nothing with it."""
        over = replace(alerted.alert, state=AlertState.CLOSED)
        alerted.stands_still(minutes=30)
        async with alerted.desk.database.transaction() as tx:
            ladders = await tx.escalations.of(alerted.id)
            assert await climb_ladders(tx, over, ladders, mail=True, now=alerted.now) == []
            assert await tx.escalations.of(alerted.id) == ladders

    async def test_is_not_asked_for_anything_at_the_end_of_the_alert(
        self, alerted: Alerted
    ) -> None:
        await alerted.ends()
        await alerted.forward(minutes=60)

        assert await alerted.log() == []


class TestWhoIsNotThere:
    async def test_is_replaced_by_the_next_where_the_first_has_left(
        self, alerted: Alerted
    ) -> None:
        """BER-29: a person deleted meanwhile does not break the ladder."""
        await alerted.leaves_for_good(of(BUF, "first"))
        await alerted.forward(minutes=10)

        assert (await alerted.told(BUF))[-1] == (
            *(10, Reason.SUBSTITUTES_ASKED),
            (of(BUF, "second"),),
        )

    async def test_is_passed_over_when_away(self, alerted: Alerted) -> None:
        """BER-27, BER-28: who is away is never asked, and is replaced when that is noticed."""
        await alerted.is_away(leader(BUF))
        await alerted.forward(minutes=5)

        assert await alerted.told(BUF) == [
            (5, Reason.PASSED_ON, (of(BUF, "first"),)),
            (5, Reason.REPEATED, (of(BUF, "first"),)),
        ]
        assert await alerted.messages(leader(BUF)) == [(1, Medium.TEAMS, READY)]

    async def test_is_replaced_at_once_when_an_absence_is_noted(self, alerted: Alerted) -> None:
        """BER-28: in every alert that asks them, and only once."""
        other = await activated(alerted.desk, number=2)
        await alerted.forward(minutes=1)
        await alerted.is_away(leader(BUF))
        for _ in range(2):
            async with alerted.desk.database.transaction() as tx:
                await pass_alerts_on(tx, leader(BUF), mail=True, now=alerted.now)

        for each in (alerted, other):
            assert await each.told(BUF) == [(1, Reason.PASSED_ON, (of(BUF, "first"),))]
            assert await each.told(SOF) == []

    async def test_is_climbed_past_at_once_when_nobody_stands_in(self, alerted: Alerted) -> None:
        """BER-27: no candidate, the next step at once, and a line of the log."""
        for who in ("first", "second"):
            await alerted.leaves_for_good(of(BUF, who))
        await alerted.forward(minutes=10)

        assert (await alerted.told(BUF))[-2:] == [
            (10, Reason.NO_SUBSTITUTE, ()),
            (10, Reason.MANAGER_ASKED, (of(BUF, "manager"),)),
        ]


class TestTheTicker:
    async def test_does_nothing_twice_when_it_is_run_again(self, alerted: Alerted) -> None:
        """BER-76."""
        await alerted.forward(minutes=5)
        before = await alerted.log()

        assert await alerted.ticks() == 0
        assert await alerted.log() == before

    async def test_climbs_each_step_once_when_several_tick_at_once(self, alerted: Alerted) -> None:
        """BER-76, BER-80."""
        for _ in ALL_FOUR:
            alerted.stands_still(minutes=5)
            taken = await asyncio.gather(*(alerted.ticks() for _ in range(4)))
            assert sum(taken) == len(SIX)

        for each in SIX:
            assert [reason for _, reason, _ in await alerted.told(each)] == ALL_FOUR

    async def test_makes_up_for_a_standstill_and_says_how_late(self, alerted: Alerted) -> None:
        """BER-32, BER-76: after a restart nothing is skipped, and each has its own lateness."""
        alerted.stands_still(minutes=22)
        await alerted.ticks()

        steps = [each for each in await alerted.log() if each.authority is BUF]
        assert [each.reason for each in steps] == ALL_FOUR
        assert [each.late for each in steps] == [
            timedelta(minutes=late) for late in (17, 12, 7, 2)
        ]
        assert [each.due_at for each in steps] == [
            LEFT_AT + timedelta(minutes=due) for due in (5, 10, 15, 20)
        ]

    async def test_leaves_all_of_a_step_or_nothing(self, alerted: Alerted) -> None:
        """BER-76: killed before the commit, the step is taken by whoever ticks next."""
        alerted.stands_still(minutes=10)
        with pytest.raises(KeyboardInterrupt):
            await _climbs_and_dies(alerted)

        assert await alerted.told(BUF) == []
        assert of(BUF, "first") not in await alerted.recipients()

        await alerted.ticks()
        assert [reason for _, reason, _ in await alerted.told(BUF)] == ALL_FOUR[:2]
        assert of(BUF, "first") in await alerted.recipients()

    async def test_goes_on_with_the_others_when_one_is_broken(self, alerted: Alerted) -> None:
        """BER-25: one's trouble is never another's."""
        broken = replace(alerted.alert, id=UUID(int=7), number=7)  # nothing was frozen of it
        async with alerted.desk.database.transaction() as tx:
            await tx.alerts.add(broken)
            await tx.connection.execute(
                insert(escalations).values(
                    alert=broken.id,
                    authority=BUF,
                    taken=0,
                    next_at=LEFT_AT,
                    nobody_for=[],
                    required=1,
                    token=0,
                )
            )
        alerted.stands_still(minutes=5)

        assert await alerted.ticks() == len(SIX)


async def _climbs_and_dies(alerted: Alerted) -> None:
    async with alerted.desk.database.transaction() as tx:
        ladder = await tx.escalations.claim(alerted.id, BUF, now=alerted.now)
        assert ladder is not None
        steps = await climb_ladders(tx, alerted.alert, [ladder], mail=True, now=alerted.now)
        await write_down(tx, steps)
        raise KeyboardInterrupt
