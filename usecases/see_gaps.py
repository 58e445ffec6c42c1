"""See where the composition lacks somebody: a report to those who appoint (REP-1, REP-2).

Nothing here is a quorum, and no gap ever stands in the way of anything.
"""

from collections.abc import Sequence

from domain.appointments import appoints
from domain.office_actions import OfficeAction, may
from domain.people import Committee, Membership, Organisation, Person, PersonId
from domain.representation import Gap, gaps
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_office import refused
from usecases.read_register import read_register

SEES_ALL = frozenset({Role.SEK, Role.STEW, Role.HEAD, Role.CGM})


async def see_gaps(tx: Transaction, *, by: Person) -> list[Gap]:
    """List the gaps this person appoints to, or all of them for managers and Secretariat.

    :raises RuleBroken: `office.secretariat_only`
    """
    actor = await actor_of(tx, by)
    if not may(actor, OfficeAction.SEE_GAPS):
        raise await refused(tx, OfficeAction.SEE_GAPS)
    return gaps_for(actor, await read_register(tx))


def gaps_for(reader: Actor, organisation: Organisation) -> list[Gap]:
    """Choose the gaps that this reader is told of; none for who appoints nobody."""
    if not may(reader, OfficeAction.SEE_GAPS):
        return []
    found = gaps(organisation)
    if standing(reader) & SEES_ALL:
        return found
    committees = {each.code: each for each in organisation.committees}
    return [gap for gap in found if _is_theirs(reader, gap, committees[gap.committee])]


def _is_theirs(reader: Actor, gap: Gap, committee: Committee) -> bool:
    authority = gap.slot.authority
    return authority is not None and appoints(reader, authority, committee)


def readers(organisation: Organisation) -> Sequence[Actor]:
    """Name everybody who may be told of gaps, with the seats they hold."""
    committees = {each.code: each for each in organisation.committees}
    seats: dict[PersonId, list[Membership]] = {}
    for seat in organisation.memberships:
        seats.setdefault(seat.person, []).append(seat)
    everybody = [
        Actor(person=person, memberships=seats.get(person.id, ()), committees=committees)
        for person in organisation.people
    ]
    return [each for each in everybody if may(each, OfficeAction.SEE_GAPS)]
