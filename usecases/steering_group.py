"""Find who sits in the SSP steering group now."""

from domain.people import CommitteeType, Person
from domain.roles import Role, standing
from storage.database import Transaction
from usecases.permit import actor_of


async def steering_group(tx: Transaction) -> list[Person]:
    """List its members, each once."""
    found = {
        person.id: person
        for committee in await tx.organisation.committees()
        if committee.type is CommitteeType.STEERING
        for _, person in await tx.organisation.members(committee.code)
        if person.active
    }
    return [each for each in found.values() if Role.SGM in standing(await actor_of(tx, each))]
