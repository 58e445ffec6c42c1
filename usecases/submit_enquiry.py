"""A citizen enquiry: for somebody who may not share personal data here (CON-1, S115-5)."""

from datetime import datetime
from uuid import UUID

from domain import concerns
from domain.concerns import Concern, Parts, Status
from domain.dates import local_date
from domain.people import Office, Person
from storage.database import Transaction


async def submit_enquiry(
    tx: Transaction, *, id: UUID, sender: Person, parts: Parts, now: datetime
) -> Concern:
    """Give the enquiry to the Secretariat; the sender gets a receipt and sees nothing else.

    :raises RuleBroken: when the Secretariat has nobody to receive it.
    """
    told = concerns.receivers(
        group=None,
        members=(),
        secretariat=await tx.people.of_office(Office.SEK),
        barred={sender.id},
        urgent=False,
        away=await tx.absences.away(local_date(now)),
    )
    enquiry = Concern(
        id=id,
        reference=await tx.concerns.next_reference(local_date(now).year),
        reporter=sender.id,
        status=Status.TRIAGE,
        group=None,
        owner=told.owner,
        area=None,
        level=None,
        urgent=False,
        reasons=("route.enquiry",),
        submitted_at=now,
        take_up_by=now + concerns.TAKE_UP_WITHIN,
    )
    await tx.concerns.add(enquiry, parts)
    await tx.outbox.add(concerns.notices_of_arrival(enquiry, told, now=now))
    await tx.audit.record(
        at=now,
        actor=sender.id,
        action="enquiry.submit",
        about=str(id),
        result="ok",
        purpose="enquiry",
    )
    return enquiry
