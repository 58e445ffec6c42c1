"""Make the register what it is now said to be, if it holds together."""

import logging
from datetime import datetime

from domain.people import Organisation
from storage.database import Transaction
from usecases.check_areas import check_areas
from usecases.check_organisation import OrganisationProblem, check_organisation
from usecases.leave_behind import leave_behind

log = logging.getLogger(__name__)


async def load_organisation(
    tx: Transaction,
    organisation: Organisation,
    *,
    now: datetime,
    accept_unserved_areas: bool = False,
) -> None:
    """Check the register as a whole, then replace the one we have.

    With `accept_unserved_areas`, areas without a group are loaded with a warning each, and
    their concerns go to the Secretariat's triage (AREA-3).

    What people had who have left, or lost a seat, goes to others at once (ROLE-03).

    :raises OrganisationProblem: with everything that is wrong; nothing is changed.
    """
    areas = check_areas(organisation)
    problems = [*check_organisation(organisation), *areas.wrong]
    if areas.unfinished and not accept_unserved_areas:
        problems += areas.unfinished
    if problems:
        raise OrganisationProblem(problems)

    for finding in areas.unfinished:
        log.warning("areas go to triage", extra={"finding": finding})
    for finding in areas.untidy:
        log.warning("areas under several leader groups", extra={"finding": finding})
    before = [each.id for each in await tx.people.everybody()]
    await tx.organisation.replace(organisation)
    await tx.audit.record(
        at=now,
        actor=None,
        action="organisation.loaded",
        about="organisation",
        result="ok",
        purpose="ADMINISTRATION",
    )
    await leave_behind(tx, before, now=now)
