"""Read the whole register as it is now: the same values that it is loaded from."""

from domain.people import Organisation
from storage.database import Transaction


async def read_register(tx: Transaction) -> Organisation:
    """Give everybody active, each committee, its group and its seats, each school and centre."""
    return Organisation(
        people=await tx.people.everybody(),
        committees=await tx.organisation.committees(),
        memberships=await tx.organisation.all_memberships(),
        institutions=await tx.organisation.institutions(),
        groups={each.committee: each.group for each in await tx.directory.links()},
    )
