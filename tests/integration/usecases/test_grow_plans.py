"""Drafts that the calendar grows, and drills that are held, in a real database: BER-40, BER-63."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.alerts import AlertState, Reply
from domain.drills import Exercise
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import AreaCode, Office
from domain.plan_calendar import CalendarRow
from storage.database import Transaction
from tests.integration.usecases.alarming import ORDER, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import BO, DORTE, LARS, MONDAY_NOON
from usecases.answer_alert import answer_alert
from usecases.grow_plans import grow_plans
from usecases.hold_drills import due_drills, remind_of_drills, report_drills
from usecases.keep_plan_calendar import begin_calendar, remove_row, save_row, see_plan_calendar
from usecases.keep_templates import use_template
from usecases.see_figures import see_figures

JUNE = datetime(2027, 6, 1, 4, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 24, 4, tzinfo=UTC)
DAY = timedelta(days=1)
WALK = CalendarRow(
    id=UUID(int=7),
    template="B5",
    name="Fakkeltog",
    from_on=date(2026, 3, 28),
    to_on=date(2026, 3, 28),
    areas=frozenset({AreaCode("VAL")}),
)


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    return opened


async def begun(tx: Transaction) -> None:
    await begin_calendar(tx, now=MONDAY_NOON)


async def told(tx: Transaction, kind: NoticeKind, *, now: datetime) -> set[str | None]:
    due = await tx.outbox.claim(now=now, lease=DAY, at_most=1_000)
    return {each.notice.person for each in due if each.notice.kind is kind}


async def test_each_area_has_a_plan_of_its_own_before_the_last_day_of_school(desk: Desk) -> None:
    """BER-40: fifteen areas, each once; the summer holiday grows its plan from the other table."""
    async with desk.database.transaction() as tx:
        await begun(tx)

        made = await grow_plans(tx, now=JUNE)

        titles = [each.title for each in made]
        assert titles.count("Sidste skoledag") == 15
        assert titles.count("Sommerferie") == 1
        assert len({each.areas for each in made if each.title == "Sidste skoledag"}) == 15
        assert not await grow_plans(tx, now=JUNE + DAY)
        secretariat = {each.id for each in await tx.people.of_office(Office.SEK)}
        assert await told(tx, NoticeKind.PLANS_GROWN, now=JUNE) == secretariat


async def test_christmas_of_2026_is_there_though_the_table_began_with_2027(desk: Desk) -> None:
    """BER-40: what the table of school holidays lacked is filled in, so that no year is missed."""
    async with desk.database.transaction() as tx:
        await begun(tx)

        [plan] = await grow_plans(tx, now=NOVEMBER)

    assert (plan.title, plan.template) == ("Juleferie", "B4")
    assert plan.starts_at.date() == date(2026, 12, 21)
    assert plan.ends_at.date() == date(2027, 1, 4)
    assert plan.released_at is None


async def test_what_is_taken_out_or_follows_no_template_in_use_grows_nothing(desk: Desk) -> None:
    async with desk.database.transaction() as tx:
        await begun(tx)
        row = await save_row(tx, WALK, by=DORTE, now=MONDAY_NOON)
        other = await save_row(tx, replace(WALK, id=uuid4()), by=DORTE, now=MONDAY_NOON)
        await remove_row(tx, other.id, seen=other.version, by=DORTE, now=MONDAY_NOON)
        await use_template(tx, "B5", seen=0, in_use=False, by=DORTE, now=MONDAY_NOON)
        assert not await grow_plans(tx, now=MONDAY_NOON)

        await use_template(tx, "B5", seen=1, in_use=True, by=DORTE, now=MONDAY_NOON)
        [plan] = await grow_plans(tx, now=MONDAY_NOON)

        assert plan.row == row.id
        await begun(tx)
        seen = await see_plan_calendar(tx, by=DORTE, now=MONDAY_NOON)
        assert other.id not in {each.id for each in seen.rows}
        assert {row: each.id for row, each in seen.plans.items()} == {row.id: plan.id}


async def test_a_row_is_the_secretariats_and_must_make_sense(desk: Desk) -> None:
    async with desk.database.transaction() as tx:
        for wrong, code in (
            (replace(WALK, template="H1"), "calendar.template"),
            (replace(WALK, to_on=date(2026, 3, 1)), "calendar.backwards"),
            (replace(WALK, name="Til 010190-1234"), "calendar.cpr"),
        ):
            with pytest.raises(RuleBroken) as refused:
                await save_row(tx, wrong, by=DORTE, now=MONDAY_NOON)
            assert refused.value.code == code
        with pytest.raises(RuleBroken, match=r"office\.secretariat_only"):
            await save_row(tx, WALK, by=BO, now=MONDAY_NOON)


async def test_a_drill_is_reminded_of_until_it_is_held(readiness: AlertDesk) -> None:
    """BER-65: a drill that was called off counts for nothing."""
    april = datetime(2026, 4, 1, 7, tzinfo=UTC)
    async with readiness.desk.database.transaction() as tx:
        assert await due_drills(tx, now=april) == [Exercise.CHAIN]
        await remind_of_drills(tx, month="2026-04", now=april)
        await remind_of_drills(tx, month="2026-04", now=april)
        secretariat = {each.id for each in await tx.people.of_office(Office.SEK)}
        assert await told(tx, NoticeKind.DRILL_DUE, now=april) == secretariat
    drill = replace(ORDER, id=uuid4(), template="Ø1")
    held = await readiness.activates(drill, by=DORTE, after=april - MONDAY_NOON)
    async with readiness.desk.database.transaction() as tx:
        assert not await due_drills(tx, now=april)
        await tx.alerts.save(replace(held, state=AlertState.FALSE_ALARM))
        assert await due_drills(tx, now=april) == [Exercise.CHAIN]


async def test_live_figures_are_the_same_whatever_drills_are_held(readiness: AlertDesk) -> None:
    """BER-63: drills have rows of the same tables, and are in no figure of what is in earnest."""
    await readiness.activates(replace(ORDER, another=True))
    async with readiness.desk.database.transaction() as tx:
        await answer_alert(
            tx, id=ORDER.id, by=LARS, reply=Reply.JOINING, mail=False, now=MONDAY_NOON
        )
    after = MONDAY_NOON + DAY
    async with readiness.desk.database.transaction() as tx:
        alone = await see_figures(tx, by=DORTE, now=after)
        board = await tx.alert_board.lines(kind=NoticeKind.ALERT, drill=False, now=after)
        report = await report_drills(tx, by=DORTE, now=after)

    for template in ("Ø1", "Ø2"):
        drill = replace(ORDER, id=uuid4(), template=template, another=True)
        await readiness.activates(drill, by=DORTE, after=timedelta(hours=1))

    async with readiness.desk.database.transaction() as tx:
        mixed = await see_figures(tx, by=DORTE, now=after)
        assert await tx.alert_board.lines(kind=NoticeKind.ALERT, drill=False, now=after) == board
        beside = await report_drills(tx, by=DORTE, now=after)
        with pytest.raises(RuleBroken, match=r"office\.secretariat_only"):
            await report_drills(tx, by=LARS, now=after)
    assert mixed.compared == tuple(beside.compared)
    assert mixed.compared[0].live is not None
    assert mixed.incidents == alone.incidents
    assert [each.live for each in mixed.compared] == [each.live for each in alone.compared]
    assert [each.live for each in beside.compared] == [each.live for each in report.compared]
    assert not report.held
    assert sorted(alert.template for alert, _ in beside.held) == ["Ø1", "Ø2"]
