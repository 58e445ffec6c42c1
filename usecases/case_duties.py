"""What cases ask of somebody, whatever the slice: to have a lead."""

from collections.abc import Iterable
from datetime import datetime

from domain.access import Action
from domain.cases import RUNNING
from domain.duties import Duty, DutyKind
from domain.matters import MatterKind
from domain.roles import Actor, Role
from storage.database import Transaction


async def cases_without_lead(tx: Transaction, actor: Actor, _: datetime) -> Iterable[Duty]:
    """List the cases of the groups that somebody facilitates that nobody leads (CASE-6)."""
    places = actor.seats(Role.FAC) | actor.seats(Role.PFAC)
    running = await tx.cases.in_groups(places, states=RUNNING) if places else []
    return [
        Duty(
            kind=DutyKind.CASE_WITHOUT_LEAD,
            matter=MatterKind.CASE,
            id=case.id,
            reference=case.reference,
            version=case.version,
            action=Action.APPOINT_LEAD,
        )
        for case in running
        if case.lead is None
    ]
