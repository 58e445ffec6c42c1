"""What the steering group hears at once of a grave alert, and of what becomes of it (BER-46)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.alerts import AlertState, Level
from domain.delivery import Delivery
from domain.notices import NoticeKind
from domain.people import Person
from scheduler.draw_notices import draw
from tests.integration.usecases.alarming import ALERT, ORDER, SECONDS, SITUATION, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import DANISH, LARS, MONDAY_NOON, VIGGO
from usecases.activate_alert import Order
from usecases.correct_alert import call_off, correct_alert
from usecases.end_alert import Ending, end_alert
from usecases.make_action_plan import make_plan
from usecases.undo_alert import undo_alert

GRAVE = replace(ORDER, template="H3")
MINUTE = timedelta(minutes=1)
TEN_SECONDS = 10 * SECONDS


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    opened = AlertDesk(desk=desk)
    await opened.opens()
    return opened


async def heard(
    readiness: AlertDesk, *, after: timedelta, by: Person = VIGGO
) -> list[tuple[NoticeKind, str]]:
    """Let everything that is due leave; give what one person reads of it."""
    now = MONDAY_NOON + after
    due = await readiness.desk.due(after=after)
    mine: list[Delivery] = [each for each in due if each.notice.person == by.id]
    async with readiness.desk.database.transaction() as tx:
        drawn = await draw(tx, mine, checks={}, now=now)
        await tx.outbox.settle_all([(each, "activity", now) for each in due])
    return [
        (each.notice.kind, shown.words)
        for each, shown in zip(mine, drawn, strict=True)
        if shown is not None
    ]


async def begun(readiness: AlertDesk, order: Order = GRAVE) -> list[tuple[NoticeKind, str]]:
    await readiness.activates(order)
    return await heard(readiness, after=TEN_SECONDS)


async def test_where_the_template_says_so_it_is_told_when_the_alert_leaves(
    readiness: AlertDesk,
) -> None:
    """BER-46, BER-48: level, area, title and why; and no measure's owner."""
    await readiness.activates(replace(GRAVE, level=Level.FULL))
    assert await heard(readiness, after=9 * SECONDS) == []
    [(kind, words)] = await heard(readiness, after=TEN_SECONDS)

    assert kind is NoticeKind.ALERT_STEERING
    for said in ("niveau 3", "Valby", GRAVE.title, SITUATION.happened, "R2026-0001"):
        assert said in words, said
    assert LARS.name not in words
    assert VIGGO.id not in {each.person for each in await readiness.recipients()}


async def test_where_the_template_does_not_it_is_not(readiness: AlertDesk) -> None:
    assert await begun(readiness, ORDER) == []


async def test_who_is_alerted_anyway_is_told_once(readiness: AlertDesk) -> None:
    """BER-11: an alert is enough, and a correction comes once."""
    both = replace(GRAVE, audience=replace(ORDER.audience, people=frozenset({VIGGO.id})))

    assert [kind for kind, _ in await begun(readiness, both)] == [NoticeKind.ALERT]
    await corrects(readiness)
    told = await heard(readiness, after=2 * MINUTE)
    assert [kind for kind, _ in told] == [NoticeKind.ALERT_CORRECTED]


async def test_a_drill_says_so(readiness: AlertDesk) -> None:
    """BER-62."""
    [(_, words)] = await begun(readiness, replace(GRAVE, drill=True))

    assert words.startswith(DANISH("readiness.drill_mark"))


async def test_what_is_undone_in_time_is_told_to_nobody(readiness: AlertDesk) -> None:
    """BER-06."""
    await readiness.activates(GRAVE)
    async with readiness.desk.database.transaction() as tx:
        await undo_alert(tx, id=ALERT, by=LARS, now=MONDAY_NOON + 5 * SECONDS)

    assert await heard(readiness, after=MINUTE) == []


async def corrects(readiness: AlertDesk) -> None:
    seen = (await readiness.alert()).version
    async with readiness.desk.database.transaction() as tx:
        await correct_alert(
            tx,
            id=ALERT,
            by=LARS,
            title="Ro ved stationen",
            situation=SITUATION,
            seen=seen,
            now=MONDAY_NOON + MINUTE,
        )


async def test_it_hears_of_a_correction_and_a_false_alarm(readiness: AlertDesk) -> None:
    """BER-18."""
    await begun(readiness)
    await corrects(readiness)
    [(kind, words)] = await heard(readiness, after=MINUTE)
    assert kind is NoticeKind.ALERT_CORRECTED
    assert "Ro ved stationen" in words

    async with readiness.desk.database.transaction() as tx:
        await call_off(tx, id=ALERT, by=LARS, because="En brandøvelse", now=MONDAY_NOON + MINUTE)
    [(kind, words)] = await heard(readiness, after=2 * MINUTE)
    assert kind is NoticeKind.ALERT_FALSE
    assert "En brandøvelse" in words


async def test_it_hears_the_all_clear(readiness: AlertDesk) -> None:
    """BER-59."""
    await begun(readiness)
    ending = Ending(to=AlertState.STOOD_DOWN, because="Der er ro")
    async with readiness.desk.database.transaction() as tx:
        seen = await tx.alerts.find(ALERT)
        assert seen is not None
        await end_alert(
            tx, id=ALERT, by=LARS, ending=ending, seen=seen.version, now=MONDAY_NOON + MINUTE
        )

    assert [kind for kind, _ in await heard(readiness, after=2 * MINUTE)] == [
        NoticeKind.ALERT_CLOSED
    ]


async def plans(readiness: AlertDesk, template: str, *, after: timedelta = MINUTE) -> None:
    async with readiness.desk.database.transaction() as tx:
        await make_plan(tx, alert=ALERT, template=template, by=LARS, now=MONDAY_NOON + after)


async def said_of_it(readiness: AlertDesk) -> list[tuple[str, ...]]:
    """Say whom the log names as told at once, line by line."""
    return [each.people for each in await readiness.log() if each.facts.get("what") == "at_once"]


async def test_a_plan_made_of_such_a_template_tells_it_at_once(readiness: AlertDesk) -> None:
    """BER-46: when the plan begins, not when it is finished; pressed twice it is told once."""
    assert await begun(readiness, ORDER) == []
    await plans(readiness, "H3")
    await plans(readiness, "H3", after=2 * MINUTE)

    [(kind, words)] = await heard(readiness, after=MINUTE)
    assert kind is NoticeKind.ALERT_STEERING
    assert SITUATION.happened in words
    assert await heard(readiness, after=3 * MINUTE) == []
    assert await said_of_it(readiness) == [(VIGGO.id,)]


async def test_a_plan_of_another_template_waits_until_it_is_finished(
    readiness: AlertDesk,
) -> None:
    assert await begun(readiness, ORDER) == []
    await plans(readiness, "H2")

    assert await heard(readiness, after=MINUTE) == []
    assert await said_of_it(readiness) == []


async def test_who_was_told_when_the_alert_left_is_told_no_more(readiness: AlertDesk) -> None:
    assert len(await begun(readiness)) == 1
    await plans(readiness, "H3")

    assert await heard(readiness, after=MINUTE) == []
    assert await said_of_it(readiness) == [(VIGGO.id,)]


async def test_a_drills_plan_says_so_too(readiness: AlertDesk) -> None:
    """BER-62."""
    assert await begun(readiness, replace(ORDER, drill=True)) == []
    await plans(readiness, "H3")

    [(_, words)] = await heard(readiness, after=MINUTE)
    assert words.startswith(DANISH("readiness.drill_mark"))
