"""What action plans that run ask of somebody, for `mine opgaver` (BER-34)."""

from collections.abc import Iterable
from datetime import datetime

from domain.dates import local_date
from domain.duties import Duty, DutyKind
from domain.roles import Actor
from storage.database import Transaction
from usecases.read_action_plan import my_measures


async def measures_waiting(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List one's own measures that wait; what is a drill waits among the measures alone."""
    return [
        Duty(
            kind=DutyKind.MEASURE,
            id=measure.id,
            due=local_date(measure.due_at),
            reference=seen.reference,
        )
        for seen, measure in await my_measures(tx, by=actor.person, now=now)
        if not seen.plan.drill
    ]
