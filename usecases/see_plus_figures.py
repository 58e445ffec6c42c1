"""See the three figures of SSP+, with nobody in them to be picked out (PLUS-6)."""

from datetime import datetime

from domain.dates import local_date
from domain.office_actions import OfficeAction
from domain.outcomes import Kpi, kpis
from domain.people import Person
from storage.database import Transaction
from usecases.permit_office import permit_office


async def see_plus_figures(tx: Transaction, *, by: Person, now: datetime) -> list[Kpi]:
    """Work the figures out as they are today.

    :raises RuleBroken: `office.secretariat_only` for who has no use for them.
    """
    await permit_office(tx, by, OfficeAction.SEE_PLUS_FIGURES)
    found = kpis(await tx.outcomes.all(), on=local_date(now))
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="plus.figures",
        about="ssp+",
        result="ok",
        purpose="evaluation",
    )
    return found
