"""What an alert says of anybody goes when its time has come; what it counts stays (BER-54)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from domain.alerts import Alert, AlertState, Reply
from domain.evaluations import LearningState
from domain.notices import NoticeKind
from scheduler.draw_alert_ends import draw_alert_ends, draw_learnings
from scheduler.erase_alerts import erase_alerts
from scheduler.remind_of_endings import remind_of_endings
from storage.action_plan_rows import TABLES as PLAN_TABLES
from storage.action_plan_rows import action_plans
from storage.alerts import alert_values
from storage.readiness_rows import TABLES, alert_log, alerts
from tests.integration.usecases.alarming import ALERT, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.ending import BECAUSE, DAY, Running
from tests.integration.usecases.test_evaluate_alert import LEARNED, answers, ends, finishes, learns
from tests.support.town import DENNIS, DORTE, LARS, MONDAY_NOON, SOFIE
from usecases.answer_alert import answer_alert
from usecases.call_readiness_meeting import call_readiness_meeting
from usecases.undo_alert import undo_alert

MONTHS = 24
MEETING = UUID(int=41)
TWO_YEARS = timedelta(days=2 * 366)


@pytest.fixture
async def running(desk: Desk) -> Running:
    begun = Running(readiness=AlertDesk(desk=desk))
    await begun.begins()
    return begun


async def night(running: Running) -> Alert:
    await erase_alerts(running.desk.database, months=MONTHS, now=running.now)
    return await running.alert()


async def everything(running: Running, tables: tuple[Table, ...]) -> str:
    """Read every row of these tables."""
    rows = list[str]()
    async with running.desk.database.transaction() as tx:
        for table in tables:
            found = await tx.connection.execute(select(table))
            rows += [f"{table.name} {[*row]}" for row in found]
    return "\n".join(rows)


async def is_all_done(running: Running) -> None:
    """Close it, file it, evaluate it, and do what was learned."""
    async with running.desk.database.transaction() as tx:
        await answer_alert(
            tx, id=ALERT, by=SOFIE, reply=Reply.JOINING, mail=False, now=running.now
        )
        await call_readiness_meeting(
            tx,
            id=MEETING,
            alert=ALERT,
            begins_at=running.now + timedelta(hours=1),
            place="Rådhuset",
            link="",
            people=[SOFIE.id],
            by=DORTE,
            makes_links=False,
            now=running.now,
        )
        assert await tx.readiness_meetings.attendances(MEETING)
    await running.closes()
    await answers(running, {1: "Det gik hurtigt"})
    learning = await learns(running)
    await finishes(running)
    await ends(running, learning.id, LearningState.DONE, by=DORTE)
    await running.is_exported()
    await running.files()


async def test_after_its_time_nobody_is_named_and_the_figures_stand(running: Running) -> None:
    """BER-54: of the alert, its plan and its evaluation."""
    await is_all_done(running)
    figures = (await running.evaluation()).figures
    running.now += TWO_YEARS
    erased = await night(running)

    assert erased.erased_at == running.now
    assert (erased.reference, erased.level) == ("R2026-0001", 3)
    assert erased.state is AlertState.EVALUATED
    evaluation = await running.evaluation()
    assert evaluation.figures == figures
    assert evaluation.answers == ()
    left = await everything(running, (*TABLES, *PLAN_TABLES))
    people = {each.person for each in await running.readiness.recipients()} | {LARS.id, DORTE.id}
    assert people == {LARS.id, DORTE.id}
    for said in (
        *("lars", "dorte", "sofie", BECAUSE, "Uro ved stationen", "Ved stationen"),
        *("Det gik hurtigt", LEARNED),
    ):
        assert f"'{said}" not in left, said
    async with running.desk.database.transaction() as tx:
        assert await tx.alert_log.of(ALERT) == []
        assert await tx.readiness_meetings.of_alert(ALERT) == []
        assert await tx.readiness_meetings.attendances(MEETING) == []
        assert await tx.standings.each(ALERT, kind=NoticeKind.ALERT, now=running.now) == []
    assert await night(running) == erased


async def test_nothing_goes_before_its_time(running: Running) -> None:
    """BER-54: not until it was filed, is evaluated, and nothing of it waits."""
    await running.closes()
    running.now += TWO_YEARS
    assert (await night(running)).erased_at is None
    await running.is_exported()
    await running.files()
    assert (await night(running)).erased_at is None
    await answers(running, {1: "Det gik hurtigt"})
    learning = await learns(running)
    await finishes(running)
    assert (await night(running)).erased_at is None
    await ends(running, learning.id, LearningState.DROPPED, by=DORTE)

    assert (await night(running)).erased_at == running.now


async def test_the_database_keeps_a_log_that_was_not_filed(running: Running) -> None:
    """BER-44, BER-54: nor can anybody say that it is erased before it is filed."""
    await running.closes()
    for change in (
        delete(alert_log).where(alert_log.c.alert == ALERT),
        alerts.update().where(alerts.c.id == ALERT).values(erased_at=running.now),
    ):
        with pytest.raises(DBAPIError):
            async with running.desk.database.transaction() as tx:
                await tx.connection.execute(change)
    assert await running.readiness.log()


async def test_one_that_cannot_be_read_stops_no_other(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """BER-54, BER-76: neither another alert nor a plan of the calendar."""
    await is_all_done(running)
    alert, plan = await running.alert(), await running.plan()
    broken = replace(alert, id=UUID(int=66), number=66, version=1, closed_at=MONDAY_NOON)
    bare = replace(plan, alert=None, measures=(), versions=(), released_at=None, period_end=None)
    grown, spoilt = (replace(bare, id=UUID(int=each)) for each in (67, 68))
    async with running.desk.database.transaction() as tx:
        await tx.connection.execute(insert(alerts).values(**alert_values(broken)))
        await tx.connection.execute(
            update(alerts).where(alerts.c.id == broken.id).values(level=99)
        )
        for each in (spoilt, grown):
            await tx.action_plans.add(each)
        spoils = update(action_plans).where(action_plans.c.id == spoilt.id)
        await tx.connection.execute(spoils.values(kind="klingon"))
    running.now += TWO_YEARS

    assert (await night(running)).erased_at == running.now
    async with running.desk.database.transaction() as tx:
        erased = await tx.action_plans.find(grown.id)
    assert erased is not None
    assert erased.erased_at == running.now
    said = {each.getMessage() for each in caplog.records}
    assert {f"alert {broken.id} was not erased", f"plan {spoilt.id} was not erased"} <= said


async def test_what_was_taken_back_in_time_needs_no_filing(desk: Desk) -> None:
    """BER-06, BER-54: nobody heard of it; there is nothing to file."""
    undone = Running(readiness=AlertDesk(desk=desk))
    await undone.readiness.opens()
    activated = await undone.readiness.activates()
    async with desk.database.transaction() as tx:
        await undo_alert(tx, id=ALERT, by=LARS, now=activated.activated_at)
    undone.now += TWO_YEARS

    assert (await night(undone)).erased_at == undone.now


async def test_the_secretariat_hears_of_what_is_left_of_who_has_left(running: Running) -> None:
    """BER-54, BER-61: else nobody does it, and the alert is kept for ever."""
    await running.closes()
    await learns(running, owner=SOFIE)
    async with running.desk.database.transaction() as tx:
        for each in (LARS, SOFIE):
            await tx.people.deactivate(each.id)
    running.now += 8 * DAY
    await remind_of_endings(running.desk.database, now=running.now)

    office = [DENNIS.id, DORTE.id]
    assert await running.told(NoticeKind.EVALUATION_DUE) == [*office, LARS.id]  # when it closed
    assert await running.told(NoticeKind.LEARNING_DUE) == office
    due = [
        each
        for each in await running.desk.due(after=running.now - MONDAY_NOON)
        if each.notice.person == DORTE.id
    ]
    evaluation, learning = (
        [each for each in due if each.notice.kind is kind]
        for kind in (NoticeKind.EVALUATION_DUE, NoticeKind.LEARNING_DUE)
    )
    async with running.desk.database.transaction() as tx:
        shown = [
            *await draw_alert_ends(tx, evaluation, now=running.now),
            *await draw_learnings(tx, learning),
        ]
    assert [each is not None for each in shown] == [True, True]
