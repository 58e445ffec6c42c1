"""Where a message does not arrive, another way is found, and somebody hears of it (BER-16)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select

from domain.delivery import Delivery, DeliveryState
from domain.notices import Medium, Notice, NoticeKind, Tier
from domain.people import Person, PersonId
from domain.trials import Audience
from scheduler.draw_notices import draw
from storage.database import Transaction
from storage.delivery_rows import outbox
from tests.integration.usecases.desk import Desk
from tests.support.organisation_changes import with_leader, with_people
from tests.support.town import (
    ANNA,
    CARL,
    DANISH,
    DENNIS,
    DORTE,
    EVA,
    EVERYBODY,
    MONDAY_NOON,
    ORGANISATION,
    SOFIE,
    inactive,
)
from usecases.acknowledge import acknowledge
from usecases.begin_trial import begin_trial
from usecases.confirm_by_phone import see_call_list
from usecases.reach_otherwise import GATHERED, reach_otherwise
from usecases.report_reachability import report_reachability
from usecases.widen_alerts import widen_alerts

FIRST, LATER = timedelta(seconds=3), GATHERED + timedelta(seconds=3)
BLOCKED = DeliveryState.BLOCKED


@pytest.fixture
async def trial(desk: Desk) -> UUID:
    """Dorte has begun one; Eva leads Sofie."""
    begun = UUID(int=5)
    async with desk.database.transaction() as tx:
        await tx.organisation.replace(with_leader(ORGANISATION, EVA))
        await begin_trial(tx, id=begun, by=DORTE, audience=Audience.EVERYBODY, now=MONDAY_NOON)
    return begun


def of_trial(trial: UUID, to: PersonId, *, tier: Tier = Tier.ALERT) -> Delivery:
    notice = Notice(kind=NoticeKind.TRIAL, about=trial, due_at=MONDAY_NOON, person=to, tier=tier)
    return Delivery(id=1, notice=notice, attempts=1, claims=1)


async def ends(
    desk: Desk, delivery: Delivery, *, after: timedelta = FIRST, mail: bool = False
) -> None:
    async with desk.database.transaction() as tx:
        await reach_otherwise(tx, delivery, state=BLOCKED, mail=mail, now=MONDAY_NOON + after)


async def promised(desk: Desk, kind: NoticeKind, medium: Medium = Medium.TEAMS) -> list[str]:
    async with desk.database.transaction() as tx:
        rows = await tx.connection.execute(
            select(outbox.c.person)
            .where(outbox.c.kind == kind, outbox.c.medium == medium)
            .order_by(outbox.c.id)
        )
        return [row.person for row in rows]


def counting(tx: Transaction) -> list[str]:
    """Collect what the transaction asks the database from now on."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    assert tx.connection.sync_connection is not None
    event.listen(tx.connection.sync_connection, "before_cursor_execute", note)
    return asked


class TestAMessageThatDoesNotArrive:
    async def test_puts_its_receiver_on_the_call_list_once(self, desk: Desk, trial: UUID) -> None:
        for _ in range(2):
            await ends(desk, of_trial(trial, SOFIE.id))

        async with desk.database.transaction() as tx:
            [(person, listed, _)] = await see_call_list(tx, by=DORTE)
        assert (person.id, listed.why, listed.about) == (SOFIE.id, BLOCKED, trial)
        assert listed.since == MONDAY_NOON + FIRST

    @pytest.mark.parametrize("mail", [True, False])
    async def test_goes_by_e_mail_where_there_is_any(
        self, desk: Desk, trial: UUID, *, mail: bool
    ) -> None:
        for _ in range(2):
            await ends(desk, of_trial(trial, SOFIE.id), mail=mail)

        expected = [SOFIE.id] if mail else []
        assert await promised(desk, NoticeKind.TRIAL, Medium.EMAIL) == expected

    async def test_is_told_to_the_leader_of_the_same_authority_and_area(
        self, desk: Desk, trial: UUID
    ) -> None:
        await ends(desk, of_trial(trial, SOFIE.id))

        assert await promised(desk, NoticeKind.UNREACHED_TOLD) == [EVA.id]

    @pytest.mark.parametrize("person", [CARL, ANNA, EVA], ids=lambda each: each.id)
    async def test_is_told_to_the_secretariat_where_nobody_leads(
        self, desk: Desk, trial: UUID, person: Person
    ) -> None:
        await ends(desk, of_trial(trial, person.id))

        assert await promised(desk, NoticeKind.UNREACHED_TOLD) == [DENNIS.id, DORTE.id]

    async def test_to_the_leader_who_should_have_heard_of_another_goes_to_the_secretariat(
        self, desk: Desk, trial: UUID
    ) -> None:
        told = Notice(
            kind=NoticeKind.UNREACHED_TOLD,
            about=trial,
            due_at=MONDAY_NOON + GATHERED,
            person=EVA.id,
            tier=Tier.ALERT,
        )

        await ends(desk, Delivery(id=2, notice=told, attempts=1, claims=1), after=LATER)

        assert await promised(desk, NoticeKind.UNREACHED_TOLD) == [DENNIS.id, DORTE.id]

    async def test_is_no_matter_for_leaders_when_it_is_no_alert(
        self, desk: Desk, trial: UUID
    ) -> None:
        await ends(desk, of_trial(trial, SOFIE.id, tier=Tier.ORDINARY))

        assert await promised(desk, NoticeKind.UNREACHED_TOLD) == []

    async def test_is_let_go_when_it_is_a_mere_reminder(self, desk: Desk) -> None:
        notice = Notice(
            kind=NoticeKind.DRAFT_REMINDER, about=uuid4(), due_at=MONDAY_NOON, person=ANNA.id
        )

        await ends(desk, Delivery(id=3, notice=notice, attempts=1, claims=1), mail=True)

        async with desk.database.transaction() as tx:
            assert await see_call_list(tx, by=DORTE) == []


class TestTheLetterToALeader:
    async def test_gathers_those_of_ten_seconds_and_comes_again_for_the_next(
        self, desk: Desk, trial: UUID
    ) -> None:
        """Nobody who ends late is forgotten because the leader was told before."""
        for after in (FIRST, FIRST, LATER):
            await ends(desk, of_trial(trial, SOFIE.id), after=after)

        async with desk.database.transaction() as tx:
            rows = await tx.connection.execute(
                select(outbox.c.due_at)
                .where(outbox.c.kind == NoticeKind.UNREACHED_TOLD)
                .order_by(outbox.c.due_at)
            )
            first, second = [row.due_at for row in rows]
        assert MONDAY_NOON + GATHERED <= first < second
        assert second - first == GATHERED

    async def test_is_drawn_as_things_stand_then(self, desk: Desk, trial: UUID) -> None:
        told = Notice(
            kind=NoticeKind.UNREACHED_TOLD, about=trial, due_at=MONDAY_NOON, person=EVA.id
        )
        delivery = Delivery(id=9, notice=told, attempts=1, claims=1)
        async with desk.database.transaction() as tx:
            [hers] = [
                each
                for each in await tx.outbox.claim(
                    now=MONDAY_NOON, lease=timedelta(seconds=10), at_most=100
                )
                if each.notice.person == SOFIE.id
            ]
            await tx.outbox.end(hers, BLOCKED, now=MONDAY_NOON)
            [before] = await draw(tx, [delivery], checks={}, now=MONDAY_NOON)
            await acknowledge(tx, trial=trial, by=SOFIE, now=MONDAY_NOON)
            [after] = await draw(tx, [delivery], checks={}, now=MONDAY_NOON)

        assert before is not None
        assert SOFIE.name in before.words
        assert SOFIE.name not in before.summary
        assert after is None


class TestABatchOfLetters:
    async def test_is_drawn_with_few_questions_and_one_letter_for_all(
        self, desk: Desk, trial: UUID
    ) -> None:
        """What is the same is one value, so that it is written as JSON once."""
        letters = [
            replace(of_trial(trial, each.id), id=number) for number, each in enumerate(EVERYBODY)
        ]
        async with desk.database.transaction() as tx:
            asked = counting(tx)
            drawn = await draw(tx, letters, checks={}, now=MONDAY_NOON)

        assert len({id(each) for each in drawn}) == 1
        assert len(asked) == 2

    async def test_marks_those_that_may_have_come_before(self, desk: Desk, trial: UUID) -> None:
        letters = [
            replace(of_trial(trial, each.id), id=number, repeated=number % 2 == 1)
            for number, each in enumerate(EVERYBODY)
        ]
        async with desk.database.transaction() as tx:
            drawn = await draw(tx, letters, checks={}, now=MONDAY_NOON)

        mark = DANISH("delivery.repeated")
        for each, letter in zip(drawn, letters, strict=True):
            assert each is not None
            for said in (each.words, each.summary, str(each.card)):
                assert (mark in said) is letter.repeated
        assert len({id(each) for each in drawn}) == 2

    async def test_leaves_out_who_has_left(self, desk: Desk, trial: UUID) -> None:
        gone = with_people(ORGANISATION, inactive(ANNA))
        async with desk.database.transaction() as tx:
            await tx.organisation.replace(gone)
            drawn = await draw(
                tx,
                [of_trial(trial, ANNA.id), replace(of_trial(trial, CARL.id), id=2)],
                checks={},
                now=MONDAY_NOON,
            )

        assert [each is None for each in drawn] == [True, False]


class TestAnAnswer:
    async def test_asks_little_of_the_database(self, desk: Desk, trial: UUID) -> None:
        """Four hundred press at once: two statements each, and one more for who presses again."""
        asked: list[list[str]] = []
        for minutes in range(2):
            async with desk.database.transaction() as tx:
                asked.append(counting(tx))
                at = await acknowledge(
                    tx, trial=trial, by=ANNA, now=MONDAY_NOON + timedelta(minutes=minutes)
                )

            assert at == MONDAY_NOON
        assert [len(each) for each in asked] == [2, 2]


class TestAlertsByEMail:
    async def test_are_added_for_all_that_still_wait_and_once(
        self, desk: Desk, trial: UUID
    ) -> None:
        """BER-79."""
        async with desk.database.transaction() as tx:
            await acknowledge(tx, trial=trial, by=ANNA, now=MONDAY_NOON)
        for _ in range(2):
            async with desk.database.transaction() as tx:
                await widen_alerts(tx, now=MONDAY_NOON)

        by_mail = await promised(desk, NoticeKind.TRIAL, Medium.EMAIL)
        assert sorted(by_mail) == sorted(each.id for each in EVERYBODY if each != ANNA)


class TestTheWeeksReport:
    async def test_is_promised_once_to_who_may_read_it(self, desk: Desk) -> None:
        """BER-19: nothing goes to those it counts."""
        await desk.does(lambda tx: tx.organisation.replace(with_leader(ORGANISATION, EVA)))
        for _ in range(2):
            await desk.does(lambda tx: report_reachability(tx, week="2026-W10", now=MONDAY_NOON))
        assert await promised(desk, NoticeKind.REACHABILITY) == [DENNIS.id, DORTE.id, EVA.id]

        await desk.does(lambda tx: report_reachability(tx, week="2026-W11", now=MONDAY_NOON))
        assert len(await promised(desk, NoticeKind.REACHABILITY)) == 6

    async def test_says_nothing_to_who_may_read_it_no_longer(self, desk: Desk) -> None:
        notice = Notice(
            kind=NoticeKind.REACHABILITY, about=uuid4(), due_at=MONDAY_NOON, person=EVA.id
        )
        delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
        async with desk.database.transaction() as tx:
            [shown] = await draw(tx, [delivery], checks={}, now=MONDAY_NOON)

        assert shown is None
