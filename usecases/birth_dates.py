"""When the person of a case was born, as far as anybody is sure."""

from datetime import date

from domain.cases import Case
from domain.cpr import read_cpr
from domain.data_classes import DataClass
from domain.records import RecordKind
from storage.database import Transaction

UNSURE = "unknown"  # what a reporter answers who was told two dates (concern.md §4.4)


async def birth_date(tx: Transaction, case: Case) -> date | None:
    """Read the birth date, from its own record or from the CPR number.

    It is for working out an age here and now: nobody is shown it, and it is not put down
    anywhere in the clear.

    :raises Shredded: when what is known of the person has been destroyed.
    """
    known: dict[str, str] = {}
    for record in await tx.records.read(
        [case.id],
        [DataClass.IDENTITY, DataClass.CPR],
        kinds=[RecordKind.IDENTITY, RecordKind.CPR],
    ):
        known |= {key: str(value) for key, value in record.content.items() if value}
    if known.get("born_check") == UNSURE:
        return None
    if "born" in known and known.get("born_check") != "cpr":
        return date.fromisoformat(known["born"])
    return read_cpr(known["cpr"], today=date.max).born if "cpr" in known else None
