"""A pause of the escalation: an hour at most, with a reason, and over when somebody says so."""

from datetime import timedelta

import pytest

from domain.alert_log import LogKind
from domain.alerts import Reply
from domain.escalation import Reason
from domain.people import Person
from storage.database import Transaction
from tests.integration.usecases.alerted import BUF, LEFT_AT, SOF, Alerted, activated, leader
from tests.integration.usecases.desk import Desk, Work
from tests.support.escalating import of
from tests.support.examples import person
from tests.support.town import ANNA, DORTE
from usecases.pause_alert import pause_alert, resume_alert

CPR = "Det er om 010190-1234"


@pytest.fixture
async def alerted(desk: Desk) -> Alerted:
    return await activated(desk)


def pausing(
    alerted: Alerted, *, minutes: int = 10, because: str = "Vi ringer", by: Person = DORTE
) -> Work:
    async def pauses(tx: Transaction) -> None:
        await pause_alert(
            tx,
            id=alerted.id,
            by=by,
            length=timedelta(minutes=minutes),
            because=because,
            now=alerted.now,
        )

    return pauses


class TestAPause:
    async def test_lets_nobody_climb_until_it_ends_by_itself(self, alerted: Alerted) -> None:
        """BER-31: what fell due in it is done then, and what follows is put off as much."""
        await alerted.forward(minutes=1)
        await alerted.pauses(minutes=10)
        await alerted.forward(minutes=9)
        assert await alerted.told(BUF) == []

        await alerted.forward(minutes=60)
        assert [(at, reason) for at, reason, _ in await alerted.told(BUF)] == [
            (11, Reason.REPEATED),
            (16, Reason.SUBSTITUTES_ASKED),
            (21, Reason.MANAGER_ASKED),
            (26, Reason.CALL_LIST_SENT),
        ]

    async def test_is_over_at_once_when_it_is_resumed(self, alerted: Alerted) -> None:
        """BER-31: all ladders go on, in the same transaction."""
        await alerted.pauses(minutes=60)
        await alerted.forward(minutes=8)
        await alerted.resumes()

        assert [each.kind for each in await alerted.log()] == [
            *(LogKind.PAUSED, LogKind.RESUMED),
            *[LogKind.ESCALATED] * 6,
        ]
        assert await alerted.told(BUF) == [(8, Reason.REPEATED, (leader(BUF),))]
        assert await alerted.ticks() == 0

    async def test_does_not_keep_anybody_from_passing_it_on(self, alerted: Alerted) -> None:
        """BER-28, BER-31."""
        await alerted.pauses(minutes=60)
        await alerted.answers(leader(BUF), Reply.SUBSTITUTE)

        assert await alerted.told(BUF) == [(0, Reason.PASSED_ON, (of(BUF, "first"),))]

    async def test_says_why_and_until_when_in_the_log(self, alerted: Alerted) -> None:
        """BER-31, BER-44."""
        await alerted.pauses(minutes=30)

        (line,) = await alerted.log()
        assert (line.kind, line.by, line.words) == (
            *(LogKind.PAUSED, DORTE.id),
            "Vi ringer til dem",
        )
        assert line.facts["until"] == (LEFT_AT + timedelta(minutes=30)).isoformat()

    @pytest.mark.parametrize(
        ("minutes", "because", "code"),
        [
            (61, "Vi ringer", "alert.pause_length"),
            (0, "Vi ringer", "alert.pause_length"),
            (10, "  ", "alert.pause_reason"),
            (10, CPR, "measure.cpr"),
        ],
    )
    async def test_is_refused_without_end_or_reason(
        self, alerted: Alerted, minutes: int, because: str, code: str
    ) -> None:
        """BER-31, BER-51: at most an hour, with a reason, and without persons."""
        pauses = pausing(alerted, minutes=minutes, because=because)

        assert await alerted.desk.refuses(pauses) == code

    async def test_is_for_who_runs_the_alert(self, alerted: Alerted) -> None:
        """BER-02, BER-52: who was alerted may not, and who was not does not learn of it."""
        told = person(leader(SOF), authority=SOF)

        assert await alerted.desk.refuses(pausing(alerted, by=told)) == "alert.not_yours"
        assert await alerted.desk.refuses(pausing(alerted, by=ANNA)) == "alert.not_found"

    async def test_is_refused_when_the_alert_is_over(self, alerted: Alerted) -> None:
        await alerted.ends()

        assert await alerted.desk.refuses(pausing(alerted)) == "alert.over"


class TestResuming:
    async def test_without_a_pause_does_nothing(self, alerted: Alerted) -> None:
        """BER-31: also when it is pressed twice."""
        await alerted.pauses(minutes=10)
        await alerted.resumes()
        before = await alerted.log()
        async with alerted.desk.database.transaction() as tx:
            held = await resume_alert(tx, id=alerted.id, by=DORTE, mail=True, now=alerted.now)

        assert held.paused_until == alerted.now
        assert await alerted.log() == before
