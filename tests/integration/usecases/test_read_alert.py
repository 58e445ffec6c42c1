"""Who finds an alert: whoever it is for, and who leads readiness; to others it is not there."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.alerts import Level
from domain.errors import RuleBroken
from domain.people import Person
from domain.plan_measures import assigned
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, ORDER, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import (
    ANNA,
    CARL,
    DORTE,
    EVA,
    GRETE,
    LARS,
    LINE,
    LIV,
    MONDAY_NOON,
    RUTH,
    SUNE,
    VIGGO,
)
from usecases.read_alert import may_read, readable
from usecases.undo_alert import undo_alert

ELSEWHERE = UUID(int=5)


@pytest.fixture(params=[False, True], ids=["live", "drill"])
async def readiness(desk: Desk, request: pytest.FixtureRequest) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    await opened.activates(replace(ORDER, level=Level.FULL, drill=request.param))
    return opened


async def finds(tx: Transaction, who: Person, id: UUID = ALERT) -> bool:
    try:
        return (await may_read(tx, who, id)).id == id
    except RuleBroken as refusal:
        return refusal.code != "alert.not_found"


async def test_whom_it_is_for_and_who_leads_and_nobody_else(readiness: AlertDesk) -> None:
    """BER-52: recipients, substitutes in its plan, leaders, Secretariat, steering group."""
    async with readiness.desk.database.transaction() as tx:
        found = {
            each.id: await finds(tx, each)
            for each in (LARS, CARL, RUTH, DORTE, VIGGO, ANNA, EVA, GRETE, LINE, SUNE)
        }

        assert {each for each in found if found[each]} == {
            *(LARS.id, CARL.id, LINE.id, RUTH.id, DORTE.id, VIGGO.id)
        }
        assert not await finds(tx, DORTE, ELSEWHERE)
        alert = await may_read(tx, LARS, ALERT)
        assert await readable(tx, VIGGO, [alert]) == [alert]
        assert await readable(tx, ANNA, [alert]) == []


async def test_who_has_something_to_do_in_its_plan(readiness: AlertDesk) -> None:
    """BER-52: being given a measure, or being its substitute, makes one of them."""
    async with readiness.desk.database.transaction() as tx:
        plan = (await tx.action_plans.of_alert(ALERT))[0]
        given = assigned(plan.measures[0], owner=ANNA.id, substitute=EVA.id)
        await tx.action_plans.save(
            replace(plan, measures=(given, *plan.measures[1:])),
            was=plan,
        )

        assert [await finds(tx, each) for each in (ANNA, EVA, GRETE)] == [True, True, False]


async def test_who_leaves_finds_it_no_more(readiness: AlertDesk) -> None:
    async with readiness.desk.database.transaction() as tx:
        assert not await finds(tx, replace(CARL, active=False))


async def test_what_was_undone_was_for_nobody(readiness: AlertDesk) -> None:
    """BER-06, BER-52: nothing of it has left, and nobody who was meant can look it up."""
    async with readiness.desk.database.transaction() as tx:
        await undo_alert(tx, id=ALERT, by=LARS, now=MONDAY_NOON)

        assert [await finds(tx, each) for each in (LARS, DORTE, LIV, LINE)] == [
            *(True, True, False, False)
        ]
