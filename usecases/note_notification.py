"""Note on a case whether an underretning was made, and if not, why (domain.md BL-4)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.access import Action
from domain.cases import Case
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.people import Person
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import must_be_seen


class Notified(StrEnum):
    """Whether the municipality has been notified; the bot is no channel for it (BL-5)."""

    MADE = "made"
    WILL = "will"
    NO_NEED = "no_need"


async def note_notification(
    tx: Transaction,
    *,
    record: UUID,
    id: UUID,
    seen: int,
    notified: Notified,
    on: date | None,
    why: str,
    by: Person,
    now: datetime,
) -> Case:
    """Write down how it stands; what was written before stays in the record.

    :raises RuleBroken: `case.not_found`, `case.moved_on`, `notification.no_day` where it was
        made, `date.future`, `notification.no_reason` where it is not needed.
    """
    case, *_ = await permit.case(tx, by, Action.COORDINATE, id, now=now)
    must_be_seen(case, seen)
    if notified is Notified.MADE and on is None:
        raise RuleBroken("notification.no_day")
    if on is not None and on > local_date(now):
        raise RuleBroken("date.future")
    if notified is Notified.NO_NEED and not why.strip():
        raise RuleBroken("notification.no_reason")
    earlier = await tx.records.read(
        [case.id], [DataClass.DECISIONS], kinds=[RecordKind.NOTIFICATION]
    )
    await tx.records.add(
        Record(
            id=record,
            matter=case.id,
            key=str(case.subject),
            kind=RecordKind.NOTIFICATION,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content={
                "notified": notified.value,
                "on": on.isoformat() if on else "",
                "why": why.strip(),
            },
            replaces=earlier[-1].id if earlier else None,
        )
    )
    return case
