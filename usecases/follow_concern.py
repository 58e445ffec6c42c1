"""What a reporter can do with a concern they have sent: follow it, add to it, take it back."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain import concern_ends, concerns
from domain.access import Action
from domain.concern_ends import ENDED
from domain.concerns import Addition, Concern, Status
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.people import Person
from domain.records import RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.end_concern import return_concern

MOST_ADDITIONS = 10  # all of it must fit on the one card that Teams takes (teams.md §2)


async def withdraw_concern(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Concern:
    """Take a concern back before anybody has opened it (CON-9).

    :raises RuleBroken: when it has been opened already.
    """
    concern, *_ = await permit.concern(tx, by, Action.WITHDRAW, id, now=now)
    return await tx.concerns.save(concerns.withdraw(concern, now=now))


async def add_to_concern(
    tx: Transaction, *, id: UUID, addition: UUID, by: Person, text: str, now: datetime
) -> Concern:
    """Add information to one's own concern; whoever has it is told (CON-10)."""
    concern, *_ = await permit.concern(tx, by, Action.ADD, id, now=now)
    if concern.status is Status.WITHDRAWN:
        raise RuleBroken("concern.withdrawn")
    earlier = await tx.concerns.additions(id)
    if len(earlier) >= MOST_ADDITIONS:
        raise RuleBroken("concern.full")
    if not await tx.concerns.is_readable(id):
        raise RuleBroken("concern.erased")
    await tx.concerns.add_addition(Addition(id=addition, concern=id, by=by.id, at=now, text=text))
    if concern.status in ENDED:
        return await return_concern(tx, concern, now=now)
    if concern.owner is not None:
        notice = Notice(
            kind=NoticeKind.CONCERN_ADDED,
            about=id,
            due_at=now,
            person=concern.owner,
            round=len(earlier) + 1,
        )
        await tx.outbox.add([notice])
    return concern


async def ask_for_withdrawal(
    tx: Transaction, *, id: UUID, addition: UUID, seen: int, by: Person, why: str, now: datetime
) -> Concern:
    """Ask to have a concern back that has been read; the group decides (CON-9).

    :param why: the reporter's reason, which whoever has the concern reads in it.
    :raises RuleBroken: `concern.take_back_now` while nobody has read it, `concern.asked_already`.
    """
    concern, *_ = await permit.concern(tx, by, Action.ASK_WITHDRAWAL, id, now=now)
    asked = concern_ends.ask_withdrawal(concern)
    await tx.concerns.add_addition(Addition(id=addition, concern=id, by=by.id, at=now, text=why))
    asked = await tx.concerns.save(replace(asked, version=seen))
    if asked.owner is not None:
        notice = Notice(
            kind=NoticeKind.WITHDRAWAL_ASKED,
            about=id,
            due_at=now,
            person=asked.owner,
            round=asked.version,
        )
        await tx.outbox.add([notice])
    return asked


async def read_answer(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[Concern, str]:
    """Read what the reporter of an ended concern was told (CON-11, AREA-7).

    :raises RuleBroken: `concern.no_answer` when there is none, or it has been deleted.
    """
    concern, *_ = await permit.concern(tx, by, Action.FOLLOW, id, now=now)
    if await tx.concerns.is_readable(id):
        answers = await tx.records.read([id], [DataClass.TEXT], kinds=[RecordKind.ANSWER])
        if answers:
            return concern, str(answers[-1].content["text"])
    raise RuleBroken("concern.no_answer")
