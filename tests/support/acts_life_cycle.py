"""Who may press what about keeping, letting go and access: Secretariat and stewards."""

from datetime import timedelta
from uuid import uuid4

from domain.access_requests import AccessKind
from domain.cases import CaseState
from domain.retention import Retention
from tests.support.acts import Staged, act, with_a_case
from tests.support.case_stories import a_case
from tests.support.town import CARL, DORTE, MONDAY_NOON, STINE, Town
from usecases.answer_access import register
from usecases.hold_case import set_hold
from usecases.release_case import list_due

KEEPS = ("secretariat", "steward")
LONG = timedelta(days=500)


async def a_closed_case(town: Town) -> Staged:
    """Close a case long ago, which has been on the list for long enough; Carl is near."""
    case = await a_case(town, state=CaseState.CLOSED, level=1, now=town.hour.now - LONG)
    async with town.remembers() as tx:
        await tx.relations.recuse(
            case.id, CARL.id, "near", town.hour.now - LONG, key=str(case.subject)
        )
        await list_due(tx, Retention(), now=town.hour.now - timedelta(days=20))
    return with_a_case(case)


async def a_held_case(town: Town) -> Staged:
    staged = await a_closed_case(town)
    async with town.remembers() as tx:
        case = await tx.cases.by_reference(staged.number)
        assert case is not None
        held = await set_hold(
            tx,
            id=uuid4(),
            case=case.id,
            seen=case.version,
            held=True,
            reason="En klage er ikke afgjort",
            by=STINE,
            now=town.hour.now,
        )
    return Staged(carried={"case": str(held.id), "version": held.version}, number=held.reference)


async def a_request(town: Town) -> Staged:
    """Let somebody ask to see what is kept about them; Dorte registers it."""
    staged = await a_closed_case(town)
    async with town.remembers() as tx:
        case = await tx.cases.by_reference(staged.number)
        assert case is not None
        await tx.relations.set_cleared(case.id, DORTE.id)
        request = await register(
            tx,
            id=uuid4(),
            case=case.id,
            kind=AccessKind.RECORDS,
            received_on=MONDAY_NOON.date(),
            by=DORTE,
            now=town.hour.now,
        )
    return Staged(
        carried={"access": str(request.id), "version": request.version}, number=request.reference
    )


async def a_cleared_case(town: Town) -> Staged:
    """Let Dorte have said that she is not near to it."""
    staged = await a_closed_case(town)
    async with town.remembers() as tx:
        case = await tx.cases.by_reference(staged.number)
        assert case is not None
        await tx.relations.set_cleared(case.id, DORTE.id)
    return staged


ANSWERS = ("secretariat",)
ACTS = {
    "access.register": act(a_cleared_case, *ANSWERS),
    "access.open": act(a_request, *ANSWERS),
    "access.draft": act(a_request, *ANSWERS),
    "access.mark": act(a_request, *ANSWERS),
    "access.review": act(a_request, *ANSWERS),
    "access.close": act(a_request, *ANSWERS),
    "release.ask": act(a_closed_case, *KEEPS),
    "case.hold": act(a_closed_case, *KEEPS),
    "case.lift_hold": act(a_held_case, *KEEPS),
}
