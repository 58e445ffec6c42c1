"""Find who can stand in for a seat on a day: the substitutes of its slot who are at work."""

from datetime import date

from domain.people import Authority, CommitteeCode, Person, Seat
from storage.database import Transaction


async def stand_ins(
    tx: Transaction,
    *,
    committee: CommitteeCode,
    slot: str,
    day: date,
    authority: Authority | None = None,
) -> list[Person]:
    """List the substitutes of a slot who are not away that day, in the order they are asked.

    A substitute is an aim, not a duty (REP-0): the list may be empty.

    :param authority: whose substitutes alone, where a slot is no single authority's own.
    """
    away = await tx.absences.away(day)
    return [
        person
        for seat, person in await tx.organisation.members(committee)
        if seat.seat is Seat.SUBSTITUTE
        and seat.slot == slot
        and person.id not in away
        and authority in {None, person.authority}
    ]
