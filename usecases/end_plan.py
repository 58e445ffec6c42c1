"""Decide about the period of a plan that the calendar grew: later, or over (BER-56, BER-57)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alert_log import DecisionKind, Resolution
from domain.alert_periods import asked_for
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.notices import Notice, NoticeKind, Tier
from domain.office_actions import OfficeAction, may
from domain.people import Person, PersonId
from domain.plan_measures import person_free
from domain.plan_periods import asks_steering_group, closed, extended, has_own_period, noted
from storage.database import Transaction
from usecases.extend_period import Extension
from usecases.permit import actor_of
from usecases.permit_action_plan import hold_plan_and_alert
from usecases.steering_group import steering_group

DECIDE = OfficeAction.DECIDE_EXTENSION


async def hold_to_end(tx: Transaction, by: Person, id: UUID) -> ActionPlan:
    """Hold a plan whose period is its own, for the Secretariat.

    :raises RuleBroken: `actionplan.not_found`, `planend.over`, `planend.not_running`
    """
    access = await hold_plan_and_alert(tx, by, id)
    if access.alert is not None:
        raise RuleBroken("actionplan.not_found", about=str(id))
    if not has_own_period(access.plan):
        raise RuleBroken("planend.not_running")
    return access.plan


async def hold_asked(tx: Transaction, by: Person, id: UUID) -> tuple[ActionPlan, Resolution]:
    """Hold a plan for somebody of the steering group, with the extension they were asked for.

    :raises RuleBroken: `actionplan.not_found`, `planend.not_asked`
    """
    plan = await tx.action_plans.hold(id)
    if plan is None or plan.alert is not None or not may(await actor_of(tx, by), DECIDE):
        raise RuleBroken("actionplan.not_found", about=str(id))
    asked = asked_for(plan.decisions)
    if asked is None or not has_own_period(plan):
        raise RuleBroken("planend.not_asked")
    return plan, asked


async def extend_plan(
    tx: Transaction, *, id: UUID, wanted: Extension, by: Person, now: datetime
) -> Resolution:
    """Put the end off, or ask the steering group where it is theirs to decide (BER-57).

    :returns: the decision: `EXTENDED`, or `EXTENSION_ASKED`, and then nothing has changed yet.
    :raises RuleBroken: as `hold_to_end`; `alertend.backwards`, `.no_reason`, `.already_asked`;
        `measure.cpr`, `measure.too_long`
    """
    held = await hold_to_end(tx, by, id)
    decided = Resolution(
        id=wanted.id,
        kind=DecisionKind.EXTENDED,
        words=_because(wanted.because),
        by=by.id,
        at=now,
        until=wanted.until,
    )
    longer = extended(held, decided, now=now)
    theirs = asks_steering_group(held, wanted.until)
    if not theirs or may(await actor_of(tx, by), DECIDE):
        await tx.action_plans.save(longer, was=held)
        await _record(tx, longer, "action_plan.extend_plan", by=by, now=now)
        return decided
    if asked_for(held.decisions) is not None:
        raise RuleBroken("alertend.already_asked")
    asked = Resolution(
        id=decided.id,
        kind=DecisionKind.EXTENSION_ASKED,
        words=decided.words,
        by=by.id,
        at=now,
        until=decided.until,
    )
    plan = noted(held, asked)
    group = [each.id for each in await steering_group(tx)]
    await tx.action_plans.save(plan, was=held)
    await _record(tx, plan, "action_plan.ask_plan_extension", by=by, now=now)
    await _tell(tx, plan, NoticeKind.PLAN_EXTENSION_ASKED, group, now=now)
    return asked


async def answer_plan_extension(
    tx: Transaction,
    *,
    id: UUID,
    decision: UUID,
    agrees: bool,
    because: str = "",
    by: Person,
    now: datetime,
) -> ActionPlan:
    """Say yes or no for the steering group; one of them does, and it is on record (BER-57).

    :param because: why not; a yes needs no words.
    :raises RuleBroken: as `hold_asked`; `alertend.no_reason`, `.backwards`; `measure.cpr`,
        `measure.too_long`
    """
    held, asked = await hold_asked(tx, by, id)
    answer = Resolution(
        id=decision,
        kind=DecisionKind.EXTENDED if agrees else DecisionKind.EXTENSION_REFUSED,
        words=asked.words if agrees else _because(because),
        by=by.id,
        at=now,
        until=asked.until,
    )
    plan = extended(held, answer, now=now) if agrees else noted(held, answer)
    await tx.action_plans.save(plan, was=held)
    if agrees:
        await _record(tx, plan, "action_plan.extend_plan", by=by, now=now)
    else:
        await _record(tx, plan, "action_plan.refuse_plan_extension", by=by, now=now)
    await _tell(tx, plan, NoticeKind.PLAN_EXTENSION_ANSWERED, {asked.by} - {by.id}, now=now)
    return plan


async def close_plan(
    tx: Transaction, *, id: UUID, decision: UUID, because: str, by: Person, now: datetime
) -> ActionPlan:
    """End a plan; from now on nobody is reminded of anything in it (BER-58).

    :raises RuleBroken: as `hold_to_end`; `alertend.no_reason`; `measure.cpr`, `measure.too_long`
    """
    held = await hold_to_end(tx, by, id)
    decided = Resolution(
        id=decision, kind=DecisionKind.CLOSED, words=_because(because), by=by.id, at=now
    )
    plan = closed(held, decided)
    await tx.action_plans.save(plan, was=held)
    await _record(tx, plan, "action_plan.close_plan", by=by, now=now)
    return plan


async def extensions_asked(tx: Transaction, *, by: Person) -> Sequence[ActionPlan]:
    """List the plans whose extension waits for the steering group, for one of it.

    :raises RuleBroken: `planend.steering_only`
    """
    if not may(await actor_of(tx, by), DECIDE):
        raise RuleBroken("planend.steering_only")
    return [each for each in await tx.action_plans.going_on() if asked_for(each.decisions)]


async def _record(
    tx: Transaction, plan: ActionPlan, action: str, *, by: Person, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=action,
        about=str(plan.id),
        result=plan.template,
        purpose=ADMINISTRATION,
    )


async def _tell(
    tx: Transaction,
    plan: ActionPlan,
    kind: NoticeKind,
    people: Collection[PersonId],
    *,
    now: datetime,
) -> None:
    await tx.outbox.add(
        [
            Notice(
                kind=kind,
                about=plan.id,
                due_at=now,
                person=each,
                tier=Tier.URGENT,
                round=len(plan.decisions),
            )
            for each in sorted(people)
        ]
    )


def _because(words: str) -> str:
    said = person_free(words)
    if not said:
        raise RuleBroken("alertend.no_reason")
    return said
