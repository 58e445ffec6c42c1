"""Finish a plan, and bring it before the steering group (BER-46, BER-47)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from domain.action_plans import ActionPlan, PlanTrack
from domain.alert_audience import members
from domain.alert_log import LogKind
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Person, PersonId
from domain.plan_lists import STEERING_GROUP
from domain.plan_templates import PlanTier
from domain.plan_track import ask_approval, checksum, finish, orient
from storage.database import Transaction
from usecases.hold_plan import hold_to_finish, hold_to_share, latest, of_version, record
from usecases.read_roster import read_roster
from usecases.send_plan import share_with

A_DAY = timedelta(days=1)
DECIDED = frozenset({PlanTrack.APPROVED, PlanTrack.REMARKED})


async def finish_plan(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> ActionPlan:
    """Say that a plan is finished: it gets a version with a number and a checksum of its own.

    :param seen: the number of the newest version when it was pressed; pressed twice, it is once.
    :raises RuleBroken: those of `hold_to_finish`; `actionplan.no_period`, `.no_measures`,
        `.finished_already`
    """
    reader = await hold_to_finish(tx, by, id)
    held = reader.plan
    if len(held.versions) == seen + 1 and held.versions[-1].by == by.id:
        return held
    plan = finish(held, by=by.id, now=now)
    await tx.action_plans.save(plan, was=held)
    facts = _facts("finished", plan)
    await record(tx, reader, LogKind.PLAN, "action_plan.finish_plan", facts=facts, now=now)
    return plan


async def to_steering_group(
    tx: Transaction,
    *,
    id: UUID,
    deadline: datetime | None = None,
    by: Person,
    now: datetime,
) -> ActionPlan:
    """Bring the newest version before the steering group, to know of it or to approve it.

    Work goes on meanwhile: nothing of the plan waits for it (BER-46).

    :param deadline: until when they are asked to approve it; none where they are only told.
    :raises RuleBroken: those of `hold_to_share`; `actionplan.not_finished`, `.changed`,
        `.deadline_passed`; `shared_plan.asked_already`, `.decided_already`, `.no_steering_group`
    """
    reader = await hold_to_share(tx, by, id)
    held = reader.plan
    if held.track is PlanTrack.APPROVAL and _says_the_same(held):
        raise RuleBroken("shared_plan.asked_already")
    if held.track in DECIDED and _says_the_same(held):
        raise RuleBroken("shared_plan.decided_already")
    plan = ask_approval(held, deadline=deadline, now=now) if deadline else orient(held)
    people = members(STEERING_GROUP, await read_roster(tx))
    if not people:
        raise RuleBroken("shared_plan.no_steering_group")
    await tx.action_plans.save(plan, was=held)
    new = await share_with(
        tx, reader, people, tier=PlanTier.ORIENTATION, now=now, tells=deadline is None
    )
    if deadline is not None:
        await _ask(tx, plan, people, by=by, deadline=deadline, now=now)
    facts = _facts("to_approve" if deadline else "to_orient", plan)
    await record(
        tx, reader, LogKind.PLAN, "action_plan.to_steering_group", facts=facts, people=new, now=now
    )
    return plan


def _says_the_same(plan: ActionPlan) -> bool:
    return plan.versions[-1].checksum == checksum(plan)


async def _ask(
    tx: Transaction,
    plan: ActionPlan,
    people: Sequence[PersonId],
    *,
    by: Person,
    deadline: datetime,
    now: datetime,
) -> None:
    """Ask them; remind them a day before the deadline or half-way there; tell who asked of it."""
    number = latest(plan)
    near = deadline - min(A_DAY, (deadline - now) / 2)
    asked = {NoticeKind.PLAN_TO_APPROVE: now, NoticeKind.PLAN_APPROVE_SOON: near}
    told = [(kind, at, each) for kind, at in asked.items() for each in people]
    told.append((NoticeKind.PLAN_APPROVE_LATE, deadline, by.id))
    await tx.outbox.add(
        [
            Notice(
                kind=kind, about=plan.id, due_at=at, person=each, tier=Tier.URGENT, round=number
            )
            for kind, at, each in told
        ]
    )


def _facts(done: str, plan: ActionPlan) -> dict[str, str]:
    return {"what": done, **of_version(plan)}
