"""An answer counts at once, and for nothing but what it is an answer to (BER-21 to BER-28)."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.alert_log import LogKind
from domain.alerts import Reply, Via
from domain.delivery import DeliveryState
from domain.escalation import Reason
from domain.notices import Medium
from storage.database import Transaction
from storage.readiness_rows import alert_replies
from tests.integration.usecases.alerted import (
    BUF,
    KP,
    SOF,
    Alerted,
    activated,
    leader,
)
from tests.integration.usecases.desk import Desk
from tests.support.escalating import of
from tests.support.examples import person
from tests.support.town import ANNA, DENNIS, DORTE
from usecases.confirm_by_phone import confirm_by_phone

READY, ANSWERED = DeliveryState.READY, DeliveryState.ACKNOWLEDGED


@pytest.fixture
async def alerted(desk: Desk) -> Alerted:
    return await activated(desk)


class TestAnAnswer:
    @pytest.mark.parametrize("reply", Reply)
    async def test_is_kept_with_its_time_and_is_in_the_log(
        self, alerted: Alerted, reply: Reply
    ) -> None:
        """BER-23: one tap; the card shows what was answered, and when."""
        await alerted.forward(minutes=3)
        stands = await alerted.answers(leader(BUF), reply)

        assert (stands.reply, stands.replied_at) == (reply, alerted.now)
        assert (stands.via, stands.via_person) == (Via.TEAMS, leader(BUF))
        line = (await alerted.log())[0]
        assert (line.kind, line.at, line.by) == (LogKind.REPLIED, alerted.now, leader(BUF))
        assert line.facts["reply"] == reply

    async def test_stops_all_that_waits_for_this_person_and_nothing_else(
        self, alerted: Alerted
    ) -> None:
        """BER-26: in Teams and by e-mail."""
        await alerted.forward(minutes=5)
        await alerted.answers(leader(BUF), Reply.RECEIVED)

        assert await alerted.messages(leader(BUF)) == [
            (1, Medium.TEAMS, ANSWERED),
            (2, Medium.TEAMS, ANSWERED),
            (2, Medium.EMAIL, ANSWERED),
        ]
        assert {state for *_, state in await alerted.messages(leader(SOF))} == {READY}

    async def test_before_five_minutes_is_not_asked_for_again(self, alerted: Alerted) -> None:
        """BER-26: who has answered is not silent; who joins is still missing."""
        await alerted.answers(leader(BUF), Reply.RECEIVED)
        await alerted.forward(minutes=10)

        assert await alerted.messages(leader(BUF)) == [(1, Medium.TEAMS, ANSWERED)]
        assert await alerted.told(BUF) == [
            (5, Reason.NOBODY_SILENT, ()),
            (10, Reason.SUBSTITUTES_ASKED, (of(BUF, "first"),)),
        ]

    async def test_of_one_authority_does_not_silence_another(self, alerted: Alerted) -> None:
        """BER-26: quorum stops one ladder, and the others go on."""
        await alerted.answers(leader(BUF), Reply.JOINING)
        await alerted.forward(minutes=60)

        assert await alerted.told(BUF) == []
        assert len(await alerted.told(SOF)) == 4

    async def test_in_the_middle_stops_the_rest_of_the_ladder(self, alerted: Alerted) -> None:
        """BER-24, BER-26: the substitute joins, and so the manager is left alone."""
        await alerted.forward(minutes=12)
        await alerted.answers(of(BUF, "first"), Reply.JOINING)
        await alerted.forward(minutes=60)

        assert [reason for _, reason, _ in await alerted.told(BUF)] == [
            Reason.REPEATED,
            Reason.SUBSTITUTES_ASKED,
        ]
        assert of(BUF, "manager") not in await alerted.recipients()

    async def test_that_asks_for_the_substitute_is_passed_on_at_once(
        self, alerted: Alerted
    ) -> None:
        """BER-23, BER-28."""
        await alerted.forward(minutes=1)
        await alerted.answers(leader(BUF), Reply.SUBSTITUTE)

        assert await alerted.told(BUF) == [(1, Reason.PASSED_ON, (of(BUF, "first"),))]
        assert (await alerted.recipients())[of(BUF, "first")].stands_for == leader(BUF)
        assert await alerted.messages(of(BUF, "first")) == [(1, Medium.TEAMS, READY)]

    async def test_no_from_the_last_is_not_waited_upon(self, alerted: Alerted) -> None:
        """BER-25: nobody of the authority can still say yes."""
        await alerted.forward(minutes=1)
        await alerted.answers(leader(BUF), Reply.UNABLE)

        assert await alerted.told(BUF) == [
            (1, Reason.NOBODY_SILENT, ()),
            (1, Reason.SUBSTITUTES_ASKED, (of(BUF, "first"),)),
        ]

    async def test_takes_its_giver_off_the_call_list(self, alerted: Alerted) -> None:
        """BER-26: nobody telephones who has answered."""
        await alerted.forward(minutes=20)
        assert leader(BUF) in await alerted.to_call()
        await alerted.answers(leader(BUF), Reply.RECEIVED)

        assert leader(BUF) not in await alerted.to_call()
        assert of(BUF, "first") in await alerted.to_call()


class TestAnotherAnswer:
    async def test_counts_instead_of_the_first(self, alerted: Alerted) -> None:
        """BER-23: one may change one's mind, and the ladder goes on where it stood."""
        await alerted.answers(leader(BUF), Reply.JOINING)
        await alerted.forward(minutes=7)
        stands = await alerted.answers(leader(BUF), Reply.SUBSTITUTE)

        assert (stands.reply, stands.replied_at) == (Reply.SUBSTITUTE, alerted.now)
        assert (await alerted.told(BUF))[0] == (7, Reason.PASSED_ON, (of(BUF, "first"),))

    async def test_that_is_the_same_is_one_answer(self, alerted: Alerted) -> None:
        """BER-23: pressed twice, at once or later, it has its first time."""
        first = await alerted.answers(leader(BUF), Reply.JOINING)
        await alerted.forward(minutes=2)
        again = await asyncio.gather(
            *(alerted.answers(leader(BUF), Reply.JOINING) for _ in range(3))
        )

        assert {each.replied_at for each in again} == {first.replied_at}
        assert [each.kind for each in await alerted.log()] == [LogKind.REPLIED]


class TestNobody:
    async def test_answers_what_was_not_for_them(self, alerted: Alerted) -> None:
        """BER-52: it is refused as an alert is that does not exist."""

        async def presses(tx: Transaction) -> None:
            await alerted.answer(tx, of(BUF, "second"), Reply.JOINING)

        assert await alerted.desk.refuses(presses) == "alert.not_found"

    async def test_answers_when_it_is_over(self, alerted: Alerted) -> None:
        """An old card, pressed after the close."""
        await alerted.ends()

        async def presses(tx: Transaction) -> None:
            await alerted.answer(tx, leader(BUF), Reply.JOINING)

        assert await alerted.desk.refuses(presses) == "alert.over"


class TestByTelephone:
    @pytest.mark.parametrize("via", [Via.PHONE, Via.C3, Via.RADIO])
    async def test_it_counts_as_their_answer(self, alerted: Alerted, via: Via) -> None:
        """BER-21: the quorum is met, and it is known through whom."""
        await alerted.forward(minutes=20)
        async with alerted.desk.database.transaction() as tx:
            stands = await alerted.answer_for(tx, leader(KP), Reply.JOINING, via=via)

        assert (stands.reply, stands.via, stands.via_person) == (Reply.JOINING, via, DORTE.id)
        line = (await alerted.log())[-1]
        assert (line.kind, line.by, line.people) == (
            *(LogKind.CONFIRMED, DORTE.id),
            (leader(KP),),
        )
        assert leader(KP) not in await alerted.to_call()
        assert {state for *_, state in await alerted.messages(leader(KP))} == {ANSWERED}
        async with alerted.desk.database.transaction() as tx:
            ladder = await tx.escalations.hold(alerted.id, KP)
        assert ladder is not None
        assert ladder.climbed.met_at == alerted.now

    async def test_it_is_taken_by_any_of_the_secretariat(self, alerted: Alerted) -> None:
        """BER-21."""
        async with alerted.desk.database.transaction() as tx:
            stands = await alerted.answer_for(tx, leader(KP), Reply.RECEIVED, by=DENNIS)

        assert stands.via_person == DENNIS.id

    async def test_from_the_call_list_it_says_that_they_have_it(self, alerted: Alerted) -> None:
        """BER-21: and not that they join; who is on the list for it is off it then."""
        await alerted.forward(minutes=20)
        async with alerted.desk.database.transaction() as tx:
            await confirm_by_phone(tx, by=DORTE, person=leader(KP), now=alerted.now)

        stands = (await alerted.recipients())[leader(KP)]
        assert (stands.reply, stands.via, stands.via_person) == (
            *(Reply.RECEIVED, Via.PHONE),
            DORTE.id,
        )
        assert leader(KP) not in await alerted.to_call()

    async def test_of_several_alerts_they_are_taken_in_the_order_all_hold_them(
        self, desk: Desk, alerted: Alerted
    ) -> None:
        """BER-21: whoever telephones and whoever passes them on would wait for each other else."""
        other = await activated(desk, number=2)
        async with desk.database.transaction() as tx:
            for late, each in enumerate((other, alerted)):
                since = alerted.now + timedelta(minutes=late)
                await tx.call_list.add(
                    leader(KP), about=each.id, why=DeliveryState.BLOCKED, now=since
                )
            await confirm_by_phone(tx, by=DORTE, person=leader(KP), now=alerted.now)
            taken = await tx.connection.scalars(
                select(alert_replies.c.alert).order_by(alert_replies.c.id)
            )
            assert taken.all() == sorted([alerted.id, other.id])

    async def test_it_is_taken_by_nobody_who_was_merely_alerted(self, alerted: Alerted) -> None:
        """BER-02, BER-21."""

        async def confirms(tx: Transaction) -> None:
            by = person(leader(SOF), authority=SOF)
            await alerted.answer_for(tx, leader(KP), Reply.JOINING, by=by)

        assert await alerted.desk.refuses(confirms) == "alert.not_yours"

    async def test_it_is_about_somebody_who_was_alerted(self, alerted: Alerted) -> None:
        async def confirms(tx: Transaction) -> None:
            await alerted.answer_for(tx, ANNA.id, Reply.JOINING)

        assert await alerted.desk.refuses(confirms) == "alert.not_told"

    async def test_it_is_not_by_teams(self, alerted: Alerted) -> None:
        """BER-23: there, one answers for oneself alone."""
        async with alerted.desk.database.transaction() as tx:
            with pytest.raises(ValueError, match="themselves"):
                await alerted.answer_for(tx, leader(KP), Reply.JOINING, via=Via.TEAMS)
