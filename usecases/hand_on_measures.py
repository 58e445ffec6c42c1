"""Hand on what is left of a plan when its alert ends: to daily work, or not at all (BER-58)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from domain.alert_ending import Leftover
from domain.alert_log import DecisionKind, LogEntry, LogKind
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.errors import RuleBroken
from domain.people import Person
from domain.plan_measures import drop, may_edit
from domain.plan_moves import with_measure
from storage.database import Transaction
from usecases.end_alert import decide, reason
from usecases.permit_alert import hold_alert, record


async def hand_on_measures(
    tx: Transaction,
    *,
    id: UUID,
    by: Person,
    measures: Collection[UUID],
    to: Leftover,
    words: str,
    now: datetime,
) -> int:
    """Hand what is left to daily work, and say which; or give it up, and say why (BER-58).

    Each party's is handed on by its own people and the Secretariat (BER-38). What was ended
    meanwhile stays as it is.

    :returns: how many there were.
    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.over`; `alertend.no_reason`,
        `.not_your_measure`; `measure.cpr`, `measure.too_long`
    """
    alert = await hold_alert(tx, by, id)
    if not alert.is_open:
        raise RuleBroken("alert.over")
    said = reason(words)
    handed = [
        measure
        for made in await tx.action_plans.of_alert(id)
        for measure in await _hand_on(tx, made.id, measures, said, by=by, now=now)
    ]
    if not handed:
        return 0
    if to is Leftover.DAILY:
        for each in handed:
            kind = DecisionKind.HANDED_ON
            await decide(tx, alert, kind, said, by=by, now=now, measure=each)
    await tx.alert_log.add(
        LogEntry(
            alert=id,
            kind=LogKind.HANDED_ON,
            at=now,
            by=by.id,
            words=said,
            facts={"measures": str(len(handed)), "to": to.value},
        )
    )
    await record(tx, alert, "alert.hand_on", by=by, now=now)
    return len(handed)


async def _hand_on(
    tx: Transaction,
    plan: UUID,
    measures: Collection[UUID],
    words: str,
    *,
    by: Person,
    now: datetime,
) -> Sequence[UUID]:
    was = held = await tx.action_plans.hold(plan)
    if was is None or held is None:
        return ()
    chosen = [each for each in was.measures if each.id in measures and each.waits]
    for each in chosen:
        secretariat = bool(by.offices & OF_THE_SECRETARIAT)
        if not may_edit(each.party, authority=by.authority, secretariat=secretariat):
            raise RuleBroken("alertend.not_your_measure")
        held = with_measure(held, drop(each, reason=words, by=by.id, now=now))
    if chosen:
        await tx.action_plans.save(held, was=was)
    return [each.id for each in chosen]
