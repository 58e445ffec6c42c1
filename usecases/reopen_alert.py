"""Open an alert again that was ended too soon: the same number, the same log (BER-60)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.alert_log import DecisionKind, LogEntry, LogKind
from domain.alert_states import reopened
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.next_step import taken_up
from domain.notices import NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.climb_ladder import hold_ladders
from usecases.end_alert import decide, reason
from usecases.permit_alert import hold_alert, record
from usecases.tell_alerted import addressed, tell


async def reopen_alert(
    tx: Transaction, *, id: UUID, by: Person, because: str, seen: int, now: datetime
) -> Alert:
    """Open it with a reason; everybody who was alerted hears so, and its plan runs on.

    Ladders go on from where they ended, where too few are joining (BER-25): nobody is asked
    again what they were asked then.

    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.moved_on`; `alertend.not_ended`,
        `.too_late`, `.no_reason`; `measure.cpr`, `measure.too_long`
    """
    alert = await hold_alert(tx, by, id)
    again = reopened(alert, now=now)
    words = reason(because)
    if alert.version != seen:
        raise RuleBroken("alert.moved_on")
    snapshot = await tx.escalations.snapshot(id)
    for ladder in await hold_ladders(tx, id):
        await tx.escalations.keep(ladder, taken_up(snapshot, ladder.climbed, now=now))
    saved = await tx.alerts.save(again)
    await tx.standings.cancel(id, kind=NoticeKind.ALERT_CLOSED, now=now)
    await tx.standings.cancel(id, kind=NoticeKind.EVALUATION_DUE, now=now)
    for made in await tx.action_plans.of_alert(id):
        plan = await tx.action_plans.hold(made.id)
        if plan is not None and plan.released_at is not None and not plan.reminders:
            runs = replace(plan, reminders=True, version=plan.version + 1)
            await tx.action_plans.save(runs, was=plan)
    before = await tx.alert_decisions.of(id)
    times = sum(each.kind is DecisionKind.REOPENED for each in before) + 1
    told = await addressed(tx, saved, now=now)
    await tell(tx, saved, told, kind=NoticeKind.ALERT_REOPENED, round=times, now=now)
    await decide(tx, saved, DecisionKind.REOPENED, words, by=by, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=id,
            kind=LogKind.REOPENED,
            at=now,
            by=by.id,
            words=words,
            facts={"told": str(len(told)), "state": saved.state.value},
        )
    )
    await record(tx, saved, "alert.reopen_alert", by=by, now=now)
    return saved
