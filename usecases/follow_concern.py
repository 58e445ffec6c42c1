"""What a reporter can do with a concern they have sent: follow it, add to it, take it back."""

from datetime import datetime
from uuid import UUID

from domain import concerns
from domain.access import Action
from domain.concerns import Addition, Concern, Status
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases import permit

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
    await tx.concerns.add_addition(Addition(id=addition, concern=id, by=by.id, at=now, text=text))
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
