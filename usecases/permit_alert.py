"""Ask whether somebody may activate readiness, or act on an alert (BER-01, BER-02, BER-52)."""

from datetime import datetime
from uuid import UUID

from domain.activation import Entitled, entitled, permit_areas
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction
from domain.people import AreaCode, Person
from domain.roles import Actor
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_office import whom_to_call
from usecases.read_readiness import readiness_rules

ACTIVATE = OfficeAction.ACTIVATE_EMERGENCY
ABOUT = f"office.{ACTIVATE}"


def held_by(actor: Actor) -> Entitled:
    """Say where somebody may activate readiness, as the rules are set (BER-01, BER-02)."""
    return entitled(actor, own_areas_only=readiness_rules().own_areas_only)


async def permit_activation(tx: Transaction, by: Person, areas: frozenset[AreaCode]) -> None:
    """Let somebody go on to activate readiness there; empty for the whole city.

    :raises RuleBroken: `alert.not_entitled`, `alert.other_area` or `alert.whole_city`, with
        `who` to call and `about` what it was for the record.
    """
    held = held_by(await actor_of(tx, by))
    if not held.covers(areas):
        permit_areas(held, areas, who=await whom_to_call(tx, ACTIVATE), about=ABOUT)


async def hold_alert(tx: Transaction, by: Person, id: UUID) -> Alert:
    """Hold an alert for somebody who may act on it: its coordinator, and who may activate there.

    :raises RuleBroken: `alert.not_found` for who has nothing to do with it, `alert.not_yours`
        for who was alerted and no more.
    """
    alert = await tx.alerts.hold(id)
    held = held_by(await actor_of(tx, by))
    if alert is not None and (alert.coordinator == by.id or held.covers(alert.audience.areas)):
        return alert
    if alert is not None and await tx.recipients.find(id, by.id) is not None:
        who = await whom_to_call(tx, ACTIVATE)
        raise RuleBroken("alert.not_yours", about=ABOUT, who=who)
    raise RuleBroken("alert.not_found", about=str(id))


async def record(tx: Transaction, alert: Alert, action: str, *, by: Person, now: datetime) -> None:
    """Put on record who did what with an alert."""
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=action,
        about=str(alert.id),
        result=alert.reference,
        purpose=ADMINISTRATION,
    )
