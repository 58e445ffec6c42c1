"""The matters of alerts: whom each is for, whatever they answered (BER-52)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alerts import Alert
from domain.matters import Matter, MatterKind
from domain.people import PersonId
from storage.action_plan_rows import action_plans, measures
from storage.readiness_rows import alert_recipients


async def matters_of_alerts(
    connection: AsyncConnection, found: Sequence[Alert], *, person: PersonId | None = None
) -> dict[UUID, Matter]:
    """Build them in two looks. What was undone before it left was for nobody (BER-06).

    :param person: for whom they are built, so that of `told` nobody else is looked up.
    """
    told = {each.id: {each.activated_by, each.coordinator, each.log_keeper} for each in found}
    left = [each.id for each in found if (each.closed_at or each.leaves_at) >= each.leaves_at]
    alerted = select(alert_recipients.c.alert, alert_recipients.c.person)
    planned = select(action_plans.c.alert, measures.c.owner, measures.c.substitute).join(
        measures, measures.c.plan == action_plans.c.id
    )
    if person is not None:
        alerted = alerted.where(alert_recipients.c.person == person)
        planned = planned.where(or_(measures.c.owner == person, measures.c.substitute == person))
    for alert, *people in (
        *await connection.execute(alerted.where(alert_recipients.c.alert.in_(left))),
        *await connection.execute(planned.where(action_plans.c.alert.in_(left)).distinct()),
    ):
        told[alert].update(PersonId(each) for each in people if each)
    return {
        each.id: Matter(
            kind=MatterKind.ALERT,
            id=each.id,
            reference=each.reference,
            areas=each.audience.areas,
            lead=each.coordinator,
            told=frozenset(told[each.id]),
            ended=not each.is_open,
        )
        for each in found
    }
