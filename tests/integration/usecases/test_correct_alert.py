"""A correction and a false alarm reach precisely those whom the alert was sent to (BER-18)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.alert_log import LogKind
from domain.alerts import Alert, AlertState, Level, Reply, Situation, Via
from domain.delivery import DeliveryState
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person, PersonId
from storage.database import Transaction
from tests.integration.usecases.alarming import (
    ALERT,
    LEFT,
    ORDER,
    SECONDS,
    SITUATION,
    AlertDesk,
)
from tests.integration.usecases.desk import Desk
from tests.support.town import ANNA, CARL, LARS, LINE, LIV, MONDAY_NOON, SOFIE
from usecases.correct_alert import call_off, correct_alert

MINUTE = timedelta(minutes=1)
CALMER = replace(SITUATION, stands="Der er ro igen")
REASON = "Det var en brandøvelse på skolen"


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    await opened.activates()
    return opened


async def corrects(
    readiness: AlertDesk,
    *,
    situation: Situation = CALMER,
    title: str = ORDER.title,
    by: Person = LARS,
    seen: int = 1,
    after: timedelta = MINUTE,
) -> Alert:
    async with readiness.desk.database.transaction() as tx:
        return await correct_alert(
            tx,
            id=ALERT,
            by=by,
            title=title,
            situation=situation,
            seen=seen,
            now=MONDAY_NOON + after,
        )


async def calls_off(
    readiness: AlertDesk, *, because: str = REASON, by: Person = LARS, after: timedelta = MINUTE
) -> Alert:
    async with readiness.desk.database.transaction() as tx:
        return await call_off(tx, id=ALERT, by=by, because=because, now=MONDAY_NOON + after)


class TestACorrection:
    async def test_goes_to_everybody_who_was_alerted(self, readiness: AlertDesk) -> None:
        """BER-18: as early as the alert itself did, and nobody else hears of it."""
        alerted = await readiness.leaves(after=10 * SECONDS)
        corrected = await corrects(readiness)
        due = await readiness.desk.due(after=MINUTE)

        assert {each.notice.kind for each in due} == {NoticeKind.ALERT_CORRECTED}
        assert {each.notice.person for each in due} == alerted
        tiers = {each.person: each.tier for each in await readiness.recipients()}
        assert {PersonId(str(each.notice.person)): each.notice.tier for each in due} == tiers
        assert corrected.situation == CALMER

    async def test_goes_to_who_waits_for_the_alert_itself(self, readiness: AlertDesk) -> None:
        """Whoever writes their letter at this moment may have read the old words."""
        await readiness.leaves(to=[LIV], after=10 * SECONDS)
        await corrects(readiness)

        assert set(await readiness.states(NoticeKind.ALERT_CORRECTED)) == {
            each.person for each in await readiness.recipients()
        }

    async def test_follows_another(self, readiness: AlertDesk) -> None:
        """BER-18: each is told once more, and the log has all that was ever said."""
        first = await corrects(readiness)
        await corrects(readiness, title="Ro ved stationen", seen=first.version)
        log = await readiness.log()

        assert [each.kind for each in log] == [
            *(LogKind.ACTIVATED, LogKind.UPDATED, LogKind.UPDATED),
        ]
        assert [each.facts.get("number") for each in log] == [None, "1", "2"]
        assert (SITUATION.stands in log[0].words, CALMER.stands in log[1].words) == (True, True)
        rounds = [
            each.notice.round
            for each in await readiness.desk.due(after=MINUTE)
            if each.notice.kind is NoticeKind.ALERT_CORRECTED and each.notice.person == LIV.id
        ]
        assert rounds == [1, 2]

    async def test_that_says_the_same_is_none(self, readiness: AlertDesk) -> None:
        """Pressed twice, it is one correction."""
        corrected = await corrects(readiness)

        assert await corrects(readiness) == corrected
        assert len(await readiness.log()) == 2

    async def test_of_what_somebody_else_has_corrected_is_refused(
        self, readiness: AlertDesk
    ) -> None:
        await corrects(readiness)

        with pytest.raises(RuleBroken, match=r"alert\.moved_on"):
            await corrects(readiness, title="Uro på torvet", by=CARL)

    @pytest.mark.parametrize(
        ("title", "stands", "after", "code"),
        [
            (" ", "Roligt", MINUTE, "alert.no_title"),
            ("Uro", " ", MINUTE, "situation.unanswered"),
            ("Uro 010190-1234", "Roligt", MINUTE, "measure.cpr"),
            ("Uro", "010190-1234", MINUTE, "measure.cpr"),
            ("Uro", "Roligt", 9 * SECONDS, "alert.not_left"),
        ],
    )
    async def test_that_is_not_in_order_is_refused(
        self, readiness: AlertDesk, title: str, stands: str, after: timedelta, code: str
    ) -> None:
        """BER-51; and what has not left is undone instead."""

        async def work(tx: Transaction) -> None:
            await correct_alert(
                tx,
                id=ALERT,
                by=LARS,
                title=title,
                situation=replace(SITUATION, stands=stands),
                seen=1,
                now=MONDAY_NOON + after,
            )

        assert await readiness.desk.refuses(work) == code


class TestAFalseAlarm:
    async def test_goes_to_who_has_heard_and_to_nobody_else(self, readiness: AlertDesk) -> None:
        """BER-18: who had not been written to yet is left in peace."""
        heard = await readiness.leaves(to=[LARS, LIV, SOFIE], after=10 * SECONDS)
        over = await calls_off(readiness)

        assert over.state is AlertState.FALSE_ALARM
        assert await readiness.desk.told(after=MINUTE) == {
            (NoticeKind.ALERT_FALSE, each) for each in heard
        }

    async def test_goes_to_who_may_have_it(self, readiness: AlertDesk) -> None:
        """Who is being written to at this moment hears the alert, and then that it was none."""
        await readiness.desk.due(after=10 * SECONDS)
        await calls_off(readiness)

        assert set(await readiness.states(NoticeKind.ALERT_FALSE)) == {
            each.person for each in await readiness.recipients()
        }

    async def test_goes_to_who_answered_by_telephone(self, readiness: AlertDesk) -> None:
        async with readiness.desk.database.transaction() as tx:
            now = LEFT + SECONDS
            await tx.recipients.answer(
                ALERT, CARL.id, Reply.JOINING, via=Via.PHONE, by=LARS.id, now=now
            )
        await calls_off(readiness)

        assert set(await readiness.states(NoticeKind.ALERT_FALSE)) == {CARL.id}

    async def test_ends_what_would_follow(self, readiness: AlertDesk) -> None:
        """BER-26: no ladder is climbed, and the correction nobody has read is not sent."""
        await readiness.leaves(after=10 * SECONDS)
        await corrects(readiness)
        await calls_off(readiness)
        async with readiness.desk.database.transaction() as tx:
            assert await tx.escalations.due(LEFT + 60 * MINUTE, at_most=100) == []

        kinds = {kind for kind, _ in await readiness.desk.told(after=60 * MINUTE)}
        assert kinds == {NoticeKind.ALERT_FALSE}

    async def test_is_telephoned_to_nobody(self, readiness: AlertDesk) -> None:
        """BER-16: who was on the call list about it is taken off; what else there is stays."""
        other = uuid4()
        async with readiness.desk.database.transaction() as tx:
            for about in (ALERT, other):
                await tx.call_list.add(
                    CARL.id, about=about, why=DeliveryState.BLOCKED, now=MONDAY_NOON
                )
        await calls_off(readiness)
        async with readiness.desk.database.transaction() as tx:
            assert await tx.call_list.matters(CARL.id) == [other]

    async def test_twice_is_told_once(self, readiness: AlertDesk) -> None:
        await readiness.leaves(after=10 * SECONDS)
        over = await calls_off(readiness)

        assert await calls_off(readiness, after=2 * MINUTE) == over
        log = await readiness.log()
        assert [each.kind for each in log] == [LogKind.ACTIVATED, LogKind.FALSE_ALARM]
        assert log[-1].words == REASON

    @pytest.mark.parametrize(
        ("because", "after", "by", "code"),
        [
            ("  ", MINUTE, LARS, "alert.no_false_reason"),
            ("Det var 010190-1234", MINUTE, LARS, "measure.cpr"),
            (REASON, 9 * SECONDS, LARS, "alert.not_left"),
            (REASON, MINUTE, LIV, "alert.not_yours"),
            (REASON, MINUTE, ANNA, "alert.not_found"),
            (REASON, MINUTE, LINE, "alert.not_found"),
        ],
        ids=lambda each: getattr(each, "id", None),
    )
    async def test_is_refused(
        self, readiness: AlertDesk, because: str, after: timedelta, by: Person, code: str
    ) -> None:
        """BER-01, BER-51, BER-52"""

        async def work(tx: Transaction) -> None:
            await call_off(tx, id=ALERT, by=by, because=because, now=MONDAY_NOON + after)

        assert await readiness.desk.refuses(work) == code

    async def test_cannot_be_corrected(self, readiness: AlertDesk) -> None:
        await calls_off(readiness)

        with pytest.raises(RuleBroken, match=r"alert\.over"):
            await corrects(readiness, seen=2)


class TestADrill:
    async def test_is_called_off_like_anything_else(self, desk: Desk) -> None:
        """BER-62: and it is a drill to its end."""
        readiness = AlertDesk(desk=desk)
        await readiness.opens()
        await readiness.activates(replace(ORDER, drill=True, level=Level.FULL))
        await readiness.leaves(after=10 * SECONDS)

        assert (await calls_off(readiness)).drill
