"""Cases that fill in whatever a story does not care about, without the way that leads to one."""

from uuid import uuid4

from domain.cases import Case, CaseState
from domain.data_classes import DataClass
from domain.people import AreaCode, CommitteeCode
from domain.records import Record, RecordKind
from storage.database import Transaction
from tests.support.town import BO, MONDAY_NOON

VALBY_CODE = CommitteeCode("KG5")


def a_case(reference: str, *, group: CommitteeCode = VALBY_CODE) -> Case:
    return Case(
        id=uuid4(),
        reference=reference,
        subject=uuid4(),
        state=CaseState.OPEN,
        group=group,
        area=AreaCode("VAL"),
        opened_at=MONDAY_NOON,
        opened_by=BO.id,
        last_event_at=MONDAY_NOON,
    )


async def keep_case(
    tx: Transaction, case: Case, *, name: str, born: str = "2011-05-04", cpr: str = ""
) -> None:
    """Keep a case about somebody of this name, who can be searched for."""
    await tx.subjects.add(case.subject, at=case.opened_at)
    await tx.cases.add(case)
    told = [(RecordKind.IDENTITY, DataClass.IDENTITY, {"name": name, "born": born})]
    numbered = [(RecordKind.CPR, DataClass.CPR, {"cpr": cpr})] if cpr else []
    for kind, data_class, content in [*told, *numbered]:
        await tx.records.add(
            Record(
                id=uuid4(),
                matter=case.id,
                key=str(case.subject),
                kind=kind,
                data_class=data_class,
                by=case.opened_by,
                at=case.opened_at,
                content=content,
            )
        )
    await tx.subjects.reindex(case.subject)
