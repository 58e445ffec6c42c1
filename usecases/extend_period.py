"""Put the end of a period off; at times the steering group decides that (BER-57)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.alert_log import AlertDecision, DecisionKind, LogEntry, LogKind
from domain.alert_periods import asked_for, asks_steering_group, extensions
from domain.alert_states import extended
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind, Tier
from domain.office_actions import OfficeAction, may
from domain.people import Person
from domain.plan_measures import person_free
from domain.plan_moves import until as period_until
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_alert import hold_alert, record
from usecases.steering_group import steering_group

DECIDE = OfficeAction.DECIDE_EXTENSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What somebody wants: until when, and why.

    :param id: made when the form opens, so that two presses are one.
    """

    id: UUID
    until: datetime
    because: str = field(repr=False)


async def extend_period(
    tx: Transaction, *, alert: UUID, wanted: Extension, by: Person, seen: int, now: datetime
) -> AlertDecision:
    """Put the end off, or ask the steering group where it is theirs to decide.

    :returns: the decision: `EXTENDED`, or `EXTENSION_ASKED`, and then nothing has changed yet.
    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.over`, `.moved_on`;
        `alertend.no_period`, `.backwards`, `.no_reason`, `.already_asked`; `measure.cpr`,
        `measure.too_long`
    """
    found = await hold_alert(tx, by, alert)
    before = await tx.alert_decisions.of(alert)
    again = next((each for each in before if each.id == wanted.id), None)
    if again is not None:
        return again
    longer = extended(found, wanted.until, now=now)
    words = _because(wanted.because)
    if found.version != seen:
        raise RuleBroken("alert.moved_on")
    theirs = asks_steering_group(found, wanted.until, decisions=before)
    decided = AlertDecision(
        id=wanted.id,
        alert=alert,
        kind=DecisionKind.EXTENDED,
        words=words,
        by=by.id,
        at=now,
        until=wanted.until,
    )
    if not theirs or may(await actor_of(tx, by), DECIDE):
        await _put_off(tx, longer, decided, by=by, now=now)
        return decided
    if asked_for(before) is not None:
        raise RuleBroken("alertend.already_asked")
    return await _ask(tx, found, decided, round=len(before) + 1, by=by, now=now)


async def answer_extension(
    tx: Transaction,
    *,
    alert: UUID,
    id: UUID,
    agrees: bool,
    because: str = "",
    by: Person,
    now: datetime,
) -> AlertDecision:
    """Say yes or no for the steering group; one of them does, and it is on record (BER-57).

    :param because: why not; a yes needs no words.
    :raises RuleBroken: `alert.not_found`; `alertend.not_asked`, `.no_reason`, `.backwards`,
        `.no_period`; `measure.cpr`, `measure.too_long`
    """
    found = await hold_for_steering(tx, by, alert)
    asked = asked_for(await tx.alert_decisions.of(alert))
    if asked is None or asked.until is None:
        raise RuleBroken("alertend.not_asked")
    answer = AlertDecision(
        id=id,
        alert=alert,
        kind=DecisionKind.EXTENDED if agrees else DecisionKind.EXTENSION_REFUSED,
        words=asked.words if agrees else _because(because),
        by=by.id,
        at=now,
        until=asked.until,
    )
    if agrees:
        await _put_off(tx, extended(found, asked.until, now=now), answer, by=by, now=now)
    else:
        await tx.alert_decisions.add(answer)
        await _log(tx, LogKind.EXTENSION_REFUSED, answer, by=by, now=now)
        await record(tx, found, "alert.refuse_extension", by=by, now=now)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.ALERT_EXTENSION_ANSWERED,
                about=alert,
                due_at=now,
                person=person,
                tier=Tier.URGENT,
                round=len(await tx.alert_decisions.of(alert)),
            )
            for person in sorted({asked.by, found.coordinator} - {by.id})
        ]
    )
    return answer


async def hold_for_steering(tx: Transaction, by: Person, alert: UUID) -> Alert:
    """Hold an alert for somebody of the steering group.

    :raises RuleBroken: `alert.not_found`, also for who leads it: it is not for them to answer.
    """
    found = await hold_alert(tx, by, alert)
    if not may(await actor_of(tx, by), DECIDE):
        raise RuleBroken("alert.not_found", about=str(alert))
    return found


async def _ask(
    tx: Transaction,
    alert: Alert,
    wanted: AlertDecision,
    *,
    round: int,
    by: Person,
    now: datetime,
) -> AlertDecision:
    """Ask all of the steering group; whoever answers first decides."""
    asked = AlertDecision(
        id=wanted.id,
        alert=alert.id,
        kind=DecisionKind.EXTENSION_ASKED,
        words=wanted.words,
        by=by.id,
        at=now,
        until=wanted.until,
    )
    await tx.alert_decisions.add(asked)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.ALERT_EXTENSION_ASKED,
                about=alert.id,
                due_at=now,
                person=each.id,
                tier=Tier.URGENT,
                round=round,
            )
            for each in await steering_group(tx)
        ]
    )
    await _log(tx, LogKind.EXTENSION_ASKED, asked, by=by, now=now)
    await record(tx, alert, "alert.ask_extension", by=by, now=now)
    return asked


async def _put_off(
    tx: Transaction, longer: Alert, decided: AlertDecision, *, by: Person, now: datetime
) -> None:
    """Let the alert and its running plans end later."""
    saved = await tx.alerts.save(longer)
    for made in await tx.action_plans.of_alert(saved.id):
        plan = await tx.action_plans.hold(made.id)
        if plan is not None and plan.released_at is not None and saved.period_end is not None:
            await tx.action_plans.save(period_until(plan, saved.period_end), was=plan)
    number = extensions(await tx.alert_decisions.of(saved.id)) + 1
    await tx.alert_decisions.add(decided)
    await _log(tx, LogKind.EXTENDED, decided, by=by, now=now, number=number)
    await record(tx, saved, "alert.extend_period", by=by, now=now)


async def _log(
    tx: Transaction,
    kind: LogKind,
    decided: AlertDecision,
    *,
    by: Person,
    now: datetime,
    number: int = 0,
) -> None:
    until = decided.until.isoformat() if decided.until is not None else ""
    facts = {"until": until, **({"number": str(number)} if number else {})}
    await tx.alert_log.add(
        LogEntry(
            alert=decided.alert, kind=kind, at=now, by=by.id, words=decided.words, facts=facts
        )
    )


def _because(words: str) -> str:
    said = person_free(words)
    if not said:
        raise RuleBroken("alertend.no_reason")
    return said
