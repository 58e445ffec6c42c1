"""Two cases of one person, and how two people merge them."""

from datetime import timedelta
from uuid import uuid4

from domain.cases import Case
from domain.countersigns import Countersign
from domain.people import Person
from tests.integration.usecases.desk import Desk
from tests.support.cases import a_case, keep_case
from tests.support.town import BO, MONDAY_NOON, STINE
from usecases.countersign import give
from usecases.merge_people import merge_when_agreed, propose_merge

REASON = "Navnet var stavet forkert i den ene bekymring"
LATER = MONDAY_NOON + timedelta(days=2)


async def two_cases(desk: Desk) -> tuple[Case, Case]:
    """Keep Max twice: once under a name spelled wrong."""
    one, into = a_case("2026-0001"), a_case("2026-0002")
    async with desk.database.transaction() as tx:
        await keep_case(tx, one, name="Maks Myrekjær", cpr="0405114003")
        await keep_case(tx, into, name="Max Myrekær")
    return one, into


async def proposes(desk: Desk, one: Case, into: Case, by: Person = BO) -> Countersign:
    async with desk.database.transaction() as tx:
        return await propose_merge(
            tx,
            id=uuid4(),
            case=one.id,
            seen=one.version,
            into=into.id,
            reason=REASON,
            by=by,
            now=MONDAY_NOON,
        )


async def agrees(desk: Desk, asked: Countersign, by: Person = STINE) -> None:
    async with desk.database.transaction() as tx:
        await give(tx, id=asked.id, seen=asked.version, by=by, then=merge_when_agreed, now=LATER)


async def merges(desk: Desk, one: Case, into: Case) -> None:
    await agrees(desk, await proposes(desk, one, into))
