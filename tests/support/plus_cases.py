"""Cases of young people on their way to SSP+, put straight into the database."""

from datetime import date, datetime
from uuid import UUID, uuid4

from domain.cases import Case, CaseState
from domain.data_classes import DataClass
from domain.gates import Judged
from domain.people import AreaCode, CommitteeCode
from domain.plus import Criterion
from domain.records import Record, RecordKind
from storage.database import Transaction
from tests.support.town import BO, MONDAY_NOON, VALBY_GROUP
from usecases.hand_over import Proposal

BORN = date(2008, 8, 31)
HALF, OF_AGE = date(2026, 2, 28), date(2026, 8, 31)  # where a month lacks the day, its last
NAME = "Max Myrekær"
REASON = "Tre domme på et år og stadig i miljøet"
DRAFT_PLAN = "Lærlingeplads hos en mester, og et værelse uden for kvarteret"
CHILD_VIEW = "Han vil gerne væk og have et arbejde"
PROPOSAL = Proposal(
    reason=REASON,
    criteria=frozenset({Criterion.REPEATED_SERIOUS}),
    plan=DRAFT_PLAN,
    child_view=CHILD_VIEW,
    judged=Judged(
        part_of_ssp=True,
        reasonable=True,
        necessary=True,
        reason="SSP+ skal kunne tage sagen over",
        sensitive=frozenset(),
    ),
)


async def a_case(
    tx: Transaction,
    *,
    born: date | None = BORN,
    level: int | None = 3,
    group: CommitteeCode = VALBY_GROUP.code,
    state: CaseState = CaseState.FOLLOW_UP,
    now: datetime = MONDAY_NOON,
) -> Case:
    """Open a case that was coordinated, about somebody born that day."""
    subject = uuid4()
    await tx.subjects.add(subject, at=now)
    case = Case(
        id=uuid4(),
        reference=await tx.cases.next_reference(now.year),
        subject=subject,
        state=state,
        group=group,
        area=AreaCode("VAL"),
        level=level,
        opened_at=now,
        opened_by=BO.id,
        last_event_at=now,
        coordinated_at=now,
        follow_up_on=now.date(),
    )
    await tx.cases.add(case)
    await is_born(tx, case, born, now=now)
    return case


async def is_born(
    tx: Transaction,
    case: Case,
    born: date | None,
    *,
    replaces: UUID | None = None,
    now: datetime = MONDAY_NOON,
) -> UUID:
    """Say, or correct, who it is about."""
    record = Record(
        id=uuid4(),
        matter=case.id,
        key=str(case.subject),
        kind=RecordKind.IDENTITY,
        data_class=DataClass.IDENTITY,
        by=BO.id,
        at=now,
        content={"name": NAME, **({"born": born.isoformat()} if born else {})},
        replaces=replaces,
    )
    await tx.records.add(record)
    return record.id


async def identity_of(tx: Transaction, case: Case) -> UUID:
    [known] = await tx.records.read([case.id], [DataClass.IDENTITY], kinds=[RecordKind.IDENTITY])
    return known.id


async def anew(tx: Transaction, case: Case) -> Case:
    """Give a case as it is now.

    :raises AssertionError: when it is gone.
    """
    found = await tx.cases.find(case.id)
    assert found is not None
    return found
