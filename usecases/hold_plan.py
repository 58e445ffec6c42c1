"""Hold a plan for who may do something with it beyond its measures, and put that on record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alert_log import LogEntry, LogKind
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_alert import held_by
from usecases.read_shared_plan import PlanReader, not_found, plan_reader


async def hold_to_finish(tx: Transaction, by: Person, id: UUID) -> PlanReader:
    """Hold a plan for who acts on its alert; one that the calendar grew, for the Secretariat.

    :raises RuleBroken: `shared_plan.not_found`
    """
    reader = await plan_reader(tx, id, by)
    if not await acts_on(tx, reader):
        raise not_found(id)
    return await hold(tx, reader)


async def hold_to_share(tx: Transaction, by: Person, id: UUID) -> PlanReader:
    """Hold a plan for the Secretariat, who sends it on (RACI).

    :raises RuleBroken: `shared_plan.not_found`
    """
    return await hold(tx, await sharer(tx, by, id))


async def sharer(tx: Transaction, by: Person, id: UUID) -> PlanReader:
    """Find a plan for the Secretariat, without holding it.

    :raises RuleBroken: `shared_plan.not_found`
    """
    reader = await plan_reader(tx, id, by)
    if not may(await actor_of(tx, by), OfficeAction.SHARE_PLAN):
        raise not_found(id)
    return reader


async def hold(tx: Transaction, reader: PlanReader) -> PlanReader:
    """Hold a plan that was found, and its alert before it."""
    if reader.alert is not None:
        await tx.alerts.hold(reader.alert.id)
    return await plan_reader(tx, reader.plan.id, reader.by, hold=True)


async def acts_on(tx: Transaction, reader: PlanReader) -> bool:
    """Tell whether somebody may say that the plan is finished."""
    if reader.alert is None:
        return reader.in_secretariat
    held = held_by(await actor_of(tx, reader.by))
    return reader.alert.coordinator == reader.by.id or held.covers(reader.alert.audience.areas)


async def record(
    tx: Transaction,
    reader: PlanReader,
    kind: LogKind,
    action: str,
    *,
    facts: Mapping[str, str],
    now: datetime,
    people: Sequence[PersonId] = (),
    words: str = "",
) -> None:
    """Write it in the alert's log, if there is an alert, and on record; last of all."""
    plan, by = reader.plan, reader.by
    if reader.alert is not None:
        await tx.alert_log.add(
            LogEntry(
                alert=reader.alert.id,
                kind=kind,
                at=now,
                by=by.id,
                facts=facts,
                people=tuple(people),
                words=words,
            )
        )
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=action,
        about=str(plan.id),
        result=reader.reference,
        purpose=ADMINISTRATION,
    )


def latest(plan: ActionPlan) -> int:
    """Give the number of the newest finished version.

    :raises RuleBroken: `shared_plan.no_version`
    """
    if not plan.versions:
        raise RuleBroken("shared_plan.no_version")
    return plan.versions[-1].number


def of_version(plan: ActionPlan) -> dict[str, str]:
    """Say in the log which version it was."""
    version = plan.versions[-1]
    return {"version": str(version.number), "checksum": version.checksum[:8]}
