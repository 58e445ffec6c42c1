"""What concerns ask of somebody: to be taken up, by the date that was promised."""

from collections.abc import Iterable
from datetime import datetime

from domain.access import Action
from domain.dates import local_date
from domain.duties import Duty, DutyKind
from domain.matters import MatterKind
from domain.people import Office
from domain.roles import Actor, Role
from storage.database import Transaction


async def concerns_without_case(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List what somebody facilitates that was taken up, and is in no case yet."""
    del now
    places = [*actor.seats(Role.FAC), *actor.seats(Role.PFAC)]
    found = await tx.concerns.taken_up_in(places) if places else []
    return [
        Duty(
            kind=DutyKind.CONCERN_WITHOUT_CASE,
            matter=MatterKind.CONCERN,
            id=concern.id,
            reference=concern.reference,
            version=concern.version,
            action=Action.OPEN_CASE,
            due=local_date(concern.take_up_by),
        )
        for concern in found
    ]


async def concerns_waiting(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List what waits in the groups that somebody facilitates, and in triage."""
    places = [*actor.seats(Role.FAC), *actor.seats(Role.PFAC)]
    triage = [None] if Office.SEK in actor.person.offices else []
    waiting = [
        each for place in (*places, *triage) for each in await tx.concerns.waiting_in(place)
    ]
    return [
        Duty(
            kind=DutyKind.CONCERN_OVERDUE
            if concern.take_up_by < now
            else DutyKind.CONCERN_WAITING,
            matter=MatterKind.CONCERN,
            id=concern.id,
            reference=concern.reference,
            version=concern.version,
            action=Action.TAKE_UP,
            due=local_date(concern.take_up_by),
        )
        for concern in waiting
    ]
