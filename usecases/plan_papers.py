"""Make documents of a plan, as much of it as the one who asks may have (BER-48, BER-55)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from domain.alert_log import LogKind
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.people import Person
from domain.plan_templates import PlanTier
from storage.database import Transaction
from usecases.ask_once import ask_once
from usecases.hold_plan import of_version, record, sharer
from usecases.read_shared_plan import PlanReader, ReadPlan, plan_reader, version_for

KIND: Final[Mapping[PlanTier, ExportKind]] = {
    PlanTier.FULL: ExportKind.PLAN_FULL,
    PlanTier.ORIENTATION: ExportKind.PLAN_ORIENTATION,
    PlanTier.EXTERNAL: ExportKind.PLAN_EXTERNAL,
}
TIER: Final[Mapping[ExportKind, PlanTier]] = {kind: tier for tier, kind in KIND.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """What a document of a plan is made of."""

    read: ReadPlan
    tier: PlanTier
    by: Person


async def ask_for_plan(
    tx: Transaction, *, id: UUID, tier: PlanTier | None = None, by: Person, now: datetime
) -> Export:
    """Ask for a plan's version as a document; each asking is in the log (BER-55).

    :param tier: none for as much of it as one reads oneself. Less, to hand it over to others, is
        for the Secretariat.
    :raises RuleBroken: `shared_plan.not_found`, `shared_plan.no_version`
    """
    reader = await plan_reader(tx, id, by)
    if tier is not None and tier is not reader.tier:
        reader = await sharer(tx, by, id)
    read = await version_for(tx, reader)
    kind = KIND[tier or reader.tier]
    name = f"{kind}/{read.version.number}/{by.id}/{local_date(now)}"
    id_ = uuid5(id, name)
    export = Export(id=id_, kind=kind, about=id, reason=id_, by=by.id, at=now)
    is_new = await tx.exports.find(id_) is None
    asked = await ask_once(tx, export)
    if is_new:
        facts = {"what": (tier or reader.tier).value, **of_version(read.said)}
        await record(tx, reader, LogKind.EXPORTED, "action_plan.export_plan", facts=facts, now=now)
    return asked


async def reference_of(tx: Transaction, id: UUID) -> str:
    """Give the number of the alert that a plan is of, or the code of its template."""
    plan = await tx.action_plans.find(id)
    alert = await tx.alerts.find(plan.alert) if plan is not None and plan.alert else None
    if plan is None:
        return ""
    return plan.template if alert is None else alert.reference


async def write_plan(tx: Transaction, export: Export) -> PlanPaper | None:
    """Read what goes into it, as its asker may read it now; None if they may not any more."""
    by, tier = await tx.people.get(export.by), TIER[export.kind]
    try:
        reader = await plan_reader(tx, export.about, by)
        read = await version_for(tx, reader)
    except RuleBroken:
        return None
    return PlanPaper(read=read, tier=tier, by=by) if _may_have(reader, tier) else None


def _may_have(reader: PlanReader, tier: PlanTier) -> bool:
    return reader.in_secretariat or reader.tier is tier
