"""See how many cases there are in one's areas and how they go, without any person (CASE-12)."""

from collections.abc import Callable
from datetime import datetime

from domain.cases import Case
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.overview import Row, overview
from domain.people import Person
from domain.roles import Actor, Role
from storage.database import Transaction
from usecases.permit import actor_of


async def see_overview(tx: Transaction, *, by: Person, now: datetime) -> list[Row]:
    """Count the running cases that a leader answers for, but one they are near (INH-3).

    :raises RuleBroken: `overview.for_leaders`
    """
    actor = await actor_of(tx, by)
    if not may(actor, OfficeAction.SEE_OVERVIEW):
        raise RuleBroken("overview.for_leaders")
    answers_for = _answers_for(actor)
    running = [case for case in await tx.cases.running() if answers_for(case)]
    matters = await tx.matters.of_cases(running, now=now)
    counted = [case for case in running if by.id not in matters[case.id].recused]
    return overview(counted, today=local_date(now))


def _answers_for(actor: Actor) -> Callable[[Case], bool]:
    """Let a leader group answer for its areas, and that of SSP+ for the cases of SSP+."""
    codes = actor.seats(Role.LGM)
    areas = frozenset(area for code in codes for area in actor.committees[code].areas)
    leads_plus = bool(actor.seats(Role.PLM))
    return lambda case: case.area in areas or (leads_plus and case.plus_type is not None)
