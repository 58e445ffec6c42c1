"""The agenda of a readiness meeting, and what is decided at it (BER-42)."""

from uuid import uuid4

import pytest

from domain.alert_log import LogKind
from domain.alerts import Level
from domain.people import Person
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT
from tests.integration.usecases.desk import Desk, Work
from tests.integration.usecases.reporting import (
    CPR,
    Reporting,
    an_alert,
)
from tests.support.town import ANNA, DORTE, LARS, SOFIE
from usecases.decide_at_meeting import decide_at_meeting
from usecases.read_readiness_meeting import see_agenda


@pytest.fixture
async def alerted(desk: Desk) -> Reporting:
    return await an_alert(desk)


class TestTheAgenda:
    async def test_is_the_plans_own_with_what_is_known(self, alerted: Reporting) -> None:
        """BER-42: the list of the plan, who joins, each authority, the measures."""
        await alerted.joins(SOFIE)
        meeting = await alerted.calls(LARS, SOFIE)
        async with alerted.desk.database.transaction() as tx:
            seen = await see_agenda(tx, id=meeting.id, by=SOFIE)

        assert seen.points == (await alerted.plan()).lists.agenda
        assert [each.person for each in seen.joining] == [SOFIE.id]
        assert seen.names[LARS.id] == LARS.name

    async def test_comes_of_the_template_where_there_is_no_plan(self, desk: Desk) -> None:
        """BER-42: at level 2 the first meeting is held before anybody made a plan."""
        alerted = await an_alert(desk, level=Level.COORDINATION)
        meeting = await alerted.calls(LARS)
        async with desk.database.transaction() as tx:
            seen = await see_agenda(tx, id=meeting.id, by=LARS)

        assert seen.plan is None
        assert len(seen.points) == 10


class TestADecision:
    async def test_is_kept_and_becomes_a_measure(self, alerted: Reporting) -> None:
        """BER-42: a decision row, a measure with its words, and two lines of the log."""
        before, one = len((await alerted.plan()).measures), uuid4()

        async def decides(tx: Transaction) -> None:
            for _ in range(2):
                await decide_at_meeting(
                    tx,
                    id=one,
                    alert=ALERT,
                    words="Vi åbner hallen i aften",
                    measure="M8",
                    party=None,
                    by=DORTE,
                    now=alerted.now,
                )

        await alerted.does(decides)

        plan = await alerted.plan()
        async with alerted.desk.database.transaction() as tx:
            [decision] = await tx.alert_decisions.of(ALERT)
        assert len(plan.measures) == before + 1
        assert decision.measure is not None
        assert plan.measure(decision.measure).note == "Vi åbner hallen i aften"
        assert [each.kind for each in await alerted.log()][-2:] == [
            LogKind.MEASURE,
            LogKind.DECIDED,
        ]

    async def test_is_noted_by_who_leads_only_and_names_nobody(self, alerted: Reporting) -> None:
        """BER-42, BER-51."""

        def deciding(by: Person, words: str) -> Work:
            async def decides(tx: Transaction) -> None:
                await decide_at_meeting(
                    tx,
                    id=uuid4(),
                    alert=ALERT,
                    words=words,
                    measure="",
                    party=None,
                    by=by,
                    now=alerted.now,
                )

            return decides

        assert await alerted.refuses(deciding(DORTE, CPR)) == "measure.cpr"
        assert await alerted.refuses(deciding(ANNA, "Vi mødes igen")) == "alert.not_found"
