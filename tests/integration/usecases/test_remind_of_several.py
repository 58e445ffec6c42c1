"""Who has not answered two alerts is reminded of both at once, and can answer both (BER-20)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards.shown import Shown
from domain.alerts import Reply
from scheduler.draw_alerts import draw_letters
from scheduler.draw_notices import draw
from scheduler.escalate_alerts import escalate_alerts
from tests.integration.usecases.alarming import ALERT, ORDER, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import DANISH, DORTE, LARS, MONDAY_NOON
from usecases.answer_alert import answer_alert

A_MINUTE = timedelta(minutes=1)


async def test_of_two_alerts_is_one_and_is_not_said_again_for_the_other(
    desk: Desk,
) -> None:
    """BER-20: what follows within a rung of it has been said already."""
    readiness = AlertDesk(desk=desk)
    await readiness.opens()
    await readiness.activates(by=DORTE)
    other = replace(ORDER, id=UUID(int=8), title="Trusler", another=True)
    await readiness.activates(other, by=DORTE, after=3 * A_MINUTE)
    await readiness.leaves(after=4 * A_MINUTE)

    said: dict[int, list[str]] = {}
    for minutes in (6, 9):
        now = MONDAY_NOON + minutes * A_MINUTE
        await escalate_alerts(desk.database, mail=False, now=now)
        due = await desk.due(after=minutes * A_MINUTE)
        async with desk.database.transaction() as tx:
            drawn = await draw(tx, due, checks={}, now=now)
            await tx.outbox.settle_all([(each, "activity", now) for each in due])
        said[minutes] = [
            shown.summary
            for each, shown in zip(due, drawn, strict=True)
            if shown is not None and each.notice.person == LARS.id
        ]

    assert said == {6: [DANISH("alert_letter.several", count=2)], 9: []}


async def test_what_was_sent_keeps_the_other_until_it_is_answered(desk: Desk) -> None:
    """BER-20: an answer to one takes nothing of the other off the card."""
    readiness = AlertDesk(desk=desk)
    await readiness.opens()
    await readiness.activates(by=DORTE)
    other = replace(ORDER, id=UUID(int=8), title="Trusler", another=True)
    await readiness.activates(other, by=DORTE, after=A_MINUTE)
    await readiness.leaves(after=2 * A_MINUTE)
    now = MONDAY_NOON + 6 * A_MINUTE
    await escalate_alerts(desk.database, mail=False, now=now)
    await readiness.leaves(to=[LARS], after=6 * A_MINUTE)

    asked: list[tuple[bool, bool]] = []
    for alert in (ALERT, other.id):
        async with desk.database.transaction() as tx:
            await answer_alert(tx, id=alert, by=LARS, reply=Reply.RECEIVED, mail=False, now=now)
            letters = (await tx.alert_letters.to(ALERT, [LARS.id]))[LARS.id]
            *_, reminder = await draw_letters(tx, [each.notice for each in letters], now=now)
        asked.append((is_about(reminder, ALERT), is_about(reminder, other.id)))

    assert asked == [(True, True), (True, False)]


def is_about(shown: Shown | None, alert: UUID) -> bool:
    return shown is not None and str(alert) in str(shown.card)
