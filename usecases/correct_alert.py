"""Correct what an alert said, or call it off: to exactly those who were alerted (BER-18)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert, AlertState, Situation
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from domain.plan_measures import person_free
from domain.situations import in_order
from storage.database import Transaction
from usecases.activate_alert import LONGEST_TITLE, told_in
from usecases.call_readiness_meeting import cancel_coming
from usecases.climb_ladder import hold_ladders
from usecases.permit_alert import hold_alert, record
from usecases.tell_alerted import addressed, tell
from usecases.undo_alert import SENT_AS, silence_plans

TELLS_AGAIN = frozenset({LogKind.UPDATED, LogKind.JOINED, LogKind.LEVEL})


async def correct_alert(
    tx: Transaction,
    *,
    id: UUID,
    by: Person,
    title: str,
    situation: Situation,
    seen: int,
    now: datetime,
) -> Alert:
    """Say it otherwise (Rettelse). Words that it says already are no correction.

    :param seen: the version of the alert that was corrected.
    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.over`, `.not_left`, `.moved_on`,
        `.no_title`, `situation.unanswered`, `measure.cpr`, `measure.too_long`
    """
    alert = await _sent(tx, by, id, now=now)
    said = replace(
        alert,
        title=person_free(title, at_most=LONGEST_TITLE),
        situation=in_order(situation),
    )
    if not said.title:
        raise RuleBroken("alert.no_title")
    if said == alert:
        return alert
    if alert.version != seen:
        raise RuleBroken("alert.moved_on")
    corrected = await tx.alerts.save(said)
    number = telling(await tx.alert_log.of(alert.id))
    told = await addressed(tx, alert, now=now)
    await tell(tx, alert, told, kind=NoticeKind.ALERT_CORRECTED, round=number, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=alert.id,
            kind=LogKind.UPDATED,
            at=now,
            by=by.id,
            words=told_in(corrected),
            facts={"number": str(number), "told": str(len(told))},
        )
    )
    await record(tx, alert, "alert.correct_alert", by=by, now=now)
    return corrected


async def call_off(tx: Transaction, *, id: UUID, by: Person, because: str, now: datetime) -> Alert:
    """Say that it was a false alarm (Fejlalarm): who has heard of it hears so, nobody else does.

    What has not left is cancelled, and so are meetings to come; nothing escalates, nobody is
    telephoned, and nobody is reminded of the plan. Called off twice, it is called off once.

    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.over`, `.not_left`,
        `.no_false_reason`, `measure.cpr`, `measure.too_long`
    """
    found = await hold_alert(tx, by, id)
    if found.state is AlertState.FALSE_ALARM:
        return found
    alert = await _sent(tx, by, id, now=now)
    words = person_free(because)
    if not words:
        raise RuleBroken("alert.no_false_reason")
    await hold_ladders(tx, alert.id)
    over = await tx.alerts.save(replace(alert, state=AlertState.FALSE_ALARM, closed_at=now))
    for kind in (*SENT_AS, NoticeKind.ALERT_CORRECTED):
        await tx.standings.cancel(alert.id, kind=kind, now=now)
    told = await addressed(tx, alert, now=now)
    await tell(tx, alert, told, kind=NoticeKind.ALERT_FALSE, round=1, now=now)
    await tx.call_list.drop(alert.id)
    await silence_plans(tx, alert)
    await cancel_coming(tx, alert, by=by, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=alert.id,
            kind=LogKind.FALSE_ALARM,
            at=now,
            by=by.id,
            words=words,
            facts={"told": str(len(told))},
        )
    )
    await record(tx, alert, "alert.call_off", by=by, now=now)
    return over


def telling(log: Iterable[LogEntry]) -> int:
    """Count the next time that those who were alerted hear what has changed."""
    return sum(each.kind in TELLS_AGAIN for each in log) + 1


async def _sent(tx: Transaction, by: Person, id: UUID, *, now: datetime) -> Alert:
    """Hold an alert that has left and is not over."""
    alert = await hold_alert(tx, by, id)
    if not alert.is_open:
        raise RuleBroken("alert.over")
    if now < alert.leaves_at:
        raise RuleBroken("alert.not_left")
    return alert
