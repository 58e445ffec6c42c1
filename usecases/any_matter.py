"""Find a matter by its id alone, where only that is known: a note, a grant, a recusal."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.matters import Matter
from storage.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A matter, the version it has now, and the name of the data key of what is said of it."""

    matter: Matter
    version: int
    key: str


async def any_matter(tx: Transaction, id: UUID, *, now: datetime) -> Found | None:
    """Look for a case, a concern or a concern group; it decides nothing about who may see it."""
    case = await tx.cases.find(id)
    if case is not None:
        of_case = await tx.matters.of_case(case, now=now)
        return Found(matter=of_case, version=case.version, key=str(case.subject))
    concern = await tx.concerns.find(id)
    if concern is not None:
        of_concern = await tx.matters.of_concern(concern, now=now)
        return Found(matter=of_concern, version=concern.version, key=str(concern.id))
    group = await tx.groups.find(id)
    of_group = await tx.matters.of_group(id, now=now)
    if group is None or of_group is None:
        return None
    return Found(matter=of_group, version=group.version, key=str(id))
