"""Minutes, light: a decision of a readiness meeting, and the measure it becomes (BER-42)."""

from datetime import datetime
from uuid import UUID, uuid5

from domain.alert_log import AlertDecision, DecisionKind, LogEntry, LogKind
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import Person
from domain.plan_measures import person_free
from domain.plan_times import resolve
from storage.database import Transaction
from usecases.change_measure import NewMeasure, add_measure
from usecases.keep_alert_log import may_see_log
from usecases.read_alert import may_read
from usecases.read_readiness import readiness_catalogue


async def permit_deciding(tx: Transaction, by: Person, id: UUID) -> Alert:
    """Let who keeps the log, leads or is the Secretariat note what was decided.

    :raises RuleBroken: `alert.not_found`, `alert.over`, `log.not_yours`
    """
    alert = await may_read(tx, by, id)
    if not alert.is_open:
        raise RuleBroken("alert.over")
    if not await may_see_log(tx, by, alert):
        raise RuleBroken("log.not_yours")
    return alert


async def decide_at_meeting(
    tx: Transaction,
    *,
    id: UUID,
    alert: UUID,
    words: str,
    measure: str,
    party: Party | None,
    by: Person,
    now: datetime,
) -> AlertDecision:
    """Note a decision; with a code of the catalogue it becomes a measure of the plan at once.

    Noted twice, it is noted once.

    :param measure: M1 … M19; empty where it stays a decision.
    :param party: whose measure, where each party has its own.
    :raises RuleBroken: as `permit_deciding`; `log.empty`, `measure.cpr`, `measure.too_long`;
        `actionplan.none` where there is no plan yet; as `add_measure`
    """
    await permit_deciding(tx, by, alert)
    said = person_free(words)
    if not said:
        raise RuleBroken("log.empty")
    became = uuid5(id, "measure") if measure else None
    decision = AlertDecision(
        id=id,
        alert=alert,
        kind=DecisionKind.AGREED,
        words=said,
        by=by.id,
        at=now,
        measure=became,
    )
    if not await tx.alert_decisions.add(decision):
        return decision
    if became is not None:
        await _add(tx, became, decision, measure, party, by=by, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=alert,
            kind=LogKind.DECIDED,
            at=now,
            by=by.id,
            words=said,
            facts={"code": measure} if measure else {},
        )
    )
    return decision


async def _add(
    tx: Transaction,
    id: UUID,
    decision: AlertDecision,
    measure: str,
    party: Party | None,
    *,
    by: Person,
    now: datetime,
) -> None:
    """Put it in the latest plan, due as the catalogue says from now."""
    plan = next(iter(await tx.action_plans.of_alert(decision.alert)), None)
    if plan is None:
        raise RuleBroken("actionplan.none")
    kind = readiness_catalogue(await tx.template_overrides.latest()).addable().get(measure)
    if kind is None:
        raise RuleBroken("measure.unknown")
    new = NewMeasure(
        id=id,
        kind=measure,
        party=None if kind.party else party,
        due_at=resolve(kind.deadline, start=now),
        note="" if kind.wordless else decision.words,
    )
    await add_measure(tx, new, plan=plan.id, by=by, now=now)
