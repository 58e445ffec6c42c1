"""Work out what follows from earlier registrations of the same person (domain.md LVL-2)."""

from domain.cases import Case
from domain.data_classes import DataClass
from domain.levels import computed
from domain.records import RecordKind
from storage.database import Transaction

CHARGED = "L2.d"
FIRST_LEVEL, SECOND_LEVEL = 1, 2


async def computed_criteria(tx: Transaction, case: Case) -> frozenset[str]:
    """Name the computed criteria, for the group that has the case and nobody else.

    Only how many there are counts; whose they were and what they said is not told.
    """
    about = await tx.matters.about_same_person(case.id)
    others = [each for each in await tx.cases.of_subject(case.subject) if each.id != case.id]
    concerns = await tx.concerns.in_cases([*about, *(each.id for each in others)])
    second = [each.id for each in others if each.level == SECOND_LEVEL]
    levels = await tx.records.read(second, [DataClass.VIEW], kinds=[RecordKind.LEVEL])
    charged = {each.matter for each in levels if CHARGED in _codes(each.content.get("codes"))}
    return computed(
        early_concerns=sum(each.level == FIRST_LEVEL for each in concerns[:-1]),
        charged_cases=len(charged),
    )


def _codes(codes: object) -> list[object]:
    return codes if isinstance(codes, list) else []
