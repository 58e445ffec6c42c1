"""Say who else gets a committee's minutes once they are approved (SGF-4)."""

from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.minutes import Receiver
from domain.people import Person
from storage.database import Transaction
from usecases import permit


async def set_receivers(
    tx: Transaction,
    *,
    meeting: UUID,
    receivers: frozenset[Receiver],
    by: Person,
    now: datetime,
) -> None:
    """Choose them for the committee of this meeting, from now on.

    :raises RuleBroken: `committee_meeting.not_found`
    """
    found, _, _ = await permit.meeting(
        tx, by, Action.MANAGE_MEETING, meeting, result="ok", now=now
    )
    await tx.minutes.set_receivers(found.committee, receivers, by=by.id, at=now)
