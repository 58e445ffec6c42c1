"""Tell those who appoint, once a month, that somebody is missing (REP-2)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from domain.notices import Notice, NoticeKind
from domain.people import Person
from domain.representation import Gap
from storage.database import Transaction
from usecases.read_register import read_register
from usecases.see_gaps import gaps_for, readers

MONTHS = UUID("8a1f6c1e-0a6b-5a9e-9d57-1f4f3c3d7b20")


def of_month(key: str) -> UUID:
    """Name a month by an id, so that it is told of once."""
    return uuid5(MONTHS, key)


async def tell_gaps(tx: Transaction, *, month: str, now: datetime) -> None:
    """Queue a notice for each who has gaps to see to; done again, it tells nobody twice."""
    register = await read_register(tx)
    await tx.outbox.add(
        [
            Notice(kind=NoticeKind.GAPS, about=of_month(month), due_at=now, person=each.person.id)
            for each in readers(register)
            if gaps_for(each, register)
        ]
    )


async def gaps_of(tx: Transaction, person: Person) -> Sequence[Gap]:
    """List what somebody is told of as things stand now."""
    register = await read_register(tx)
    mine = [each for each in readers(register) if each.person.id == person.id]
    return gaps_for(mine[0], register) if mine else []
