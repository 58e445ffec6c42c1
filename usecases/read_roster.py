"""Read who everybody is and where they sit, in three looks."""

from domain.leadership import Roster
from storage.database import Transaction


async def read_roster(tx: Transaction) -> Roster:
    return Roster.of(
        people=await tx.people.everybody(),
        committees=await tx.organisation.committees(),
        memberships=await tx.organisation.all_memberships(),
    )
