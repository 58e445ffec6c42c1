"""The steps of a handover, taken one transaction at a time."""

from datetime import datetime
from uuid import uuid4

from domain.access import Action
from domain.cases import Case, PlusType
from domain.errors import RuleBroken
from domain.journal import Note
from domain.people import Person
from domain.periods import moment
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.nights import (
    MORNING,
    SAYS_YES,
    decides,
    night,
    opened,
)
from tests.support.plus_cases import HALF, PROPOSAL
from tests.support.town import (
    BO,
    PIA,
    SANNE,
)
from usecases import permit
from usecases.answer_handover import accept_handover, decline_handover
from usecases.hand_over import Proposal, propose_handover

NOW = moment(HALF, MORNING)


async def assessed(desk: Desk) -> Case:
    """Open a case that the group has found to be for SSP+."""
    case = await opened(desk, level=3)
    await night(desk, HALF)
    return await decides(desk, case, SAYS_YES)


async def proposes(
    desk: Desk, case: Case, *, by: Person = BO, said: Proposal = PROPOSAL, now: datetime = NOW
) -> Case | None:
    async with desk.database.transaction() as tx:
        return await propose_handover(
            tx, id=uuid4(), case=case.id, seen=case.version, by=by, said=said, now=now
        )


async def proposed(desk: Desk) -> Case:
    case = await proposes(desk, await assessed(desk))
    assert case is not None
    return case


async def accepts(
    desk: Desk, case: Case, *, by: Person = PIA, lead: Person = SANNE, now: datetime = NOW
) -> Case:
    async with desk.database.transaction() as tx:
        return await accept_handover(
            tx,
            case=case.id,
            seen=case.version,
            by=by,
            lead=lead.id,
            plus_type=PlusType.HANDOVER,
            meets_on=now.date(),
            now=now,
        )


async def accepted(desk: Desk) -> Case:
    return await accepts(desk, await proposed(desk))


async def declines(desk: Desk, case: Case, *, now: datetime = NOW) -> Case:
    async with desk.database.transaction() as tx:
        return await decline_handover(
            tx, case=case.id, seen=case.version, by=PIA, reason="Ikke vores målgruppe", now=now
        )


async def may_open(desk: Desk, case: Case, who: Person, *, now: datetime = NOW) -> bool:
    async with desk.database.transaction() as tx:
        try:
            await permit.case(tx, who, Action.OPEN, case.id, now=now)
        except RuleBroken:
            return False
        return True


async def notes(desk: Desk, case: Case) -> list[Note]:
    async with desk.database.transaction() as tx:
        return [each.note for each in await tx.journal.notes(matters=[case.id])]
