"""What the tests of taking a concern into a case do with concerns about one boy."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from domain.cases import Case, CaseState, CloseReason
from domain.concerns import Concern, Parts
from domain.data_classes import DataClass
from domain.people import AreaCode, Person
from tests.integration.usecases.desk import JUDGED, PARTS, REPORTED, Desk
from tests.support.town import ANNA, BO, EVA, MONDAY_NOON
from usecases.known_people import Known
from usecases.submit_concern import submit_concern
from usecases.take_into_case import (
    link_concern,
    look_for_case,
    open_case_from,
)

VALBY, VANLOESE = AreaCode("VAL"), AreaCode("VAN")
CPR = "0405114003"
MAX: Parts = {**PARTS, DataClass.IDENTITY: {"name": "Max Myrekær", "born": "2011-05-04"}}
NUMBERED: Parts = {**MAX, DataClass.CPR: {"cpr": "040511-4003"}}
LATER = MONDAY_NOON + timedelta(days=1)


async def reported(desk: Desk, parts: Parts = NUMBERED, *, where: AreaCode = VALBY) -> Concern:
    """Report Max, and let the facilitator of the group open the concern."""
    async with desk.database.transaction() as tx:
        concern = await submit_concern(
            tx,
            id=uuid4(),
            reporter=ANNA,
            reported=replace(REPORTED, area=where),
            judged=JUDGED,
            parts=parts,
            now=MONDAY_NOON,
        )
    return await desk.opens(concern, BO if where == VALBY else EVA)


async def opens_case(
    desk: Desk, concern: Concern, by: Person = BO, *, id: UUID | None = None
) -> Case:
    async with desk.database.transaction() as tx:
        return await open_case_from(
            tx, id=id or uuid4(), concern=concern.id, seen=concern.version, by=by, now=LATER
        )


async def known(desk: Desk, concern: Concern, by: Person = BO) -> Known:
    async with desk.database.transaction() as tx:
        _, found = await look_for_case(tx, concern=concern.id, by=by, now=LATER)
        return found


async def links(desk: Desk, concern: Concern, case: Case, by: Person = BO) -> Case:
    async with desk.database.transaction() as tx:
        return await link_concern(
            tx, concern=concern.id, case=case.id, seen=concern.version, by=by, now=LATER
        )


async def closes(desk: Desk, case: Case) -> None:
    async with desk.database.transaction() as tx:
        found = await tx.cases.find(case.id)
        assert found is not None
        await tx.cases.save(
            replace(
                found,
                state=CaseState.CLOSED,
                closed_at=MONDAY_NOON,
                close_reason=CloseReason.COORDINATION_DONE,
            )
        )


async def cases_of(desk: Desk, subject: UUID) -> list[Case]:
    async with desk.database.transaction() as tx:
        return await tx.cases.of_subject(subject)
