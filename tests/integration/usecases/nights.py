"""Nights in a case: what is looked at, and who is told."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from domain.assessments import Assessment, Verdict
from domain.cases import Case
from domain.notices import NoticeKind
from domain.people import CommitteeCode, Person
from domain.periods import moment
from domain.plus import Criterion
from scheduler.follow_ages import follow_ages
from storage.database import Transaction
from storage.delivery_rows import outbox
from tests.integration.usecases.desk import Desk
from tests.support.plus_cases import BORN, HALF, a_case
from tests.support.town import (
    BO,
)
from usecases.assess_plus import Assessed, assess_plus

MIDNIGHT, JUST_AFTER, MORNING = time(0), time(0, 5), time(8)
A_DAY = timedelta(days=1)
SAYS_YES = Assessed(
    verdict=Verdict.IN_TARGET,
    criteria=frozenset({Criterion.PERSON_DANGEROUS}),
    reason="Flere grove røverier",
)
SAYS_NO = Assessed(
    verdict=Verdict.NOT_IN_TARGET, criteria=frozenset(), reason="Har holdt sig fri i et år"
)
KG5 = CommitteeCode("KG5")


async def night(desk: Desk, day: date) -> None:
    """Let the night before a day come, whatever nights were missed."""
    await follow_ages(desk.database, now=moment(day, JUST_AFTER))


async def told(desk: Desk, *kinds: NoticeKind) -> list[tuple[str, datetime]]:
    """List who was ever to hear of these, and when."""
    async with desk.database.transaction() as tx:
        rows = await tx.connection.execute(
            outbox.select().where(outbox.c.kind.in_(kinds)).order_by(outbox.c.id)
        )
        return [(row.person, row.due_at) for row in rows]


async def assessed(desk: Desk, case: Case) -> Assessment | None:
    async with desk.database.transaction() as tx:
        return await tx.assessments.of_case(case.id)


async def opened(
    desk: Desk, *, born: date | None = BORN, level: int = 2, group: CommitteeCode = KG5
) -> Case:
    async with desk.database.transaction() as tx:
        return await a_case(tx, born=born, level=level, group=group)


async def is_near(tx: Transaction, case: Case, who: Person) -> None:
    key, at = str(case.subject), moment(HALF, MORNING)
    await tx.relations.recuse(case.id, who.id, "self", at, key=key)


async def decides(
    desk: Desk, case: Case, said: Assessed, *, by: Person = BO, on: date = HALF
) -> Case:
    async with desk.database.transaction() as tx:
        return await assess_plus(
            tx,
            id=uuid4(),
            case=case.id,
            seen=case.version,
            by=by,
            said=said,
            now=moment(on, MORNING),
        )
