"""The steering group says what it thinks of a version of a plan (BER-46, BER-47)."""

from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan, PlanTrack
from domain.alert_log import LogKind
from domain.alert_sharings import ShareKind
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Person, PersonId
from domain.plan_track import decide
from storage.database import Transaction
from usecases.hold_plan import hold, of_version, record
from usecases.read_shared_plan import PlanReader, not_found, plan_reader


async def decide_plan(
    tx: Transaction,
    *,
    id: UUID,
    track: PlanTrack,
    number: int,
    remark: str = "",
    by: Person,
    now: datetime,
) -> ActionPlan:
    """Approve the version, approve it with a remark, or send it back.

    The first of them who answers, answers for the group. Said twice by the same, it is once.

    :param number: of the version that was shown; another one is not answered by it.
    :raises RuleBroken: `shared_plan.not_found` for who is not of the steering group;
        `actionplan.not_asked`, `.moved_on`, `.no_remark`, `measure.cpr`, `measure.too_long`
    """
    first = await plan_reader(tx, id, by)
    if not first.steers:
        raise not_found(id)
    reader = await hold(tx, first)
    held = reader.plan
    if _said_before(held, track, number, by):
        return held
    fingerprint = held.versions[number - 1].checksum if 0 < number <= len(held.versions) else ""
    plan = decide(
        held,
        track=track,
        number=number,
        fingerprint=fingerprint,
        remark=remark,
        by=by.id,
        now=now,
    )
    await tx.action_plans.save(plan, was=held)
    await _tell(tx, reader, plan, now=now)
    said = plan.verdict.remark if plan.verdict is not None else ""
    facts = {"what": track.value, **of_version(plan)}
    await record(
        tx, reader, LogKind.PLAN, "action_plan.decide_plan", facts=facts, words=said, now=now
    )
    return plan


def _said_before(plan: ActionPlan, track: PlanTrack, number: int, by: Person) -> bool:
    said = plan.verdict
    return (
        said is not None
        and plan.track is track
        and (said.track, said.version.number, said.by) == (track, number, by.id)
    )


async def _tell(tx: Transaction, reader: PlanReader, plan: ActionPlan, *, now: datetime) -> None:
    """Tell who asked, who finished that version, and who leads."""
    version = plan.versions[-1]
    told: set[PersonId] = {version.by}
    told |= {
        each.by
        for each in await tx.sharings.of_plan(plan.id)
        if each.kind is ShareKind.PLAN and each.number == version.number
    }
    if reader.alert is not None:
        told.add(reader.alert.coordinator)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.PLAN_DECIDED,
                about=plan.id,
                due_at=now,
                person=each,
                tier=Tier.URGENT,
                round=version.number,
            )
            for each in sorted(told - {reader.by.id})
        ]
    )
