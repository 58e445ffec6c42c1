"""Read the whole register as it is now: the same values that it is loaded from."""

from domain.people import Organisation
from storage.database import Transaction


async def read_register(tx: Transaction) -> Organisation:
    """Give everybody active, every committee and seat, and every school and leisure centre."""
    return Organisation(
        people=await tx.people.everybody(),
        committees=await tx.organisation.committees(),
        memberships=await tx.organisation.all_memberships(),
        institutions=await tx.organisation.institutions(),
    )
