"""List the running cases that are somebody's business: those they lead, and their groups'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.access import Action, can
from domain.cases import Case
from domain.people import Person
from domain.roles import Role
from storage.database import Transaction
from usecases.permit import actor_of

SEATS = (Role.KGM, Role.FAC, Role.PKM, Role.PFAC)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCases:
    """What somebody may open: what they lead, and what else their groups have."""

    led: Sequence[Case]
    others: Sequence[Case]


async def my_cases(tx: Transaction, person: Person, *, now: datetime) -> MyCases:
    """List running cases; what somebody is recused from, or may not open, is not there."""
    actor = await actor_of(tx, person)
    groups = frozenset[str]().union(*(actor.seats(role) for role in SEATS))
    seated = [each for each in actor.memberships if each.committee in groups]
    found = await tx.cases.led_by(person.id)
    if seated:
        found += await tx.cases.in_groups({each.committee for each in seated})
    unique = {case.id: case for case in found}
    matters = await tx.matters.of_cases(list(unique.values()), now=now)
    mine = [case for case in unique.values() if can(actor, Action.OPEN, matters[case.id])]
    return MyCases(
        led=[case for case in mine if case.lead == person.id],
        others=[case for case in mine if case.lead != person.id],
    )
