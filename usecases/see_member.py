"""See one member of a concern group, as somebody may who has said they are not near (GRP-6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.see_group import Looked, look_at_member
from usecases.see_members import Seen, list_members


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A member with what only who keeps them needs: who else was let in, and who is kept out."""

    looked: Looked
    seen: Seen
    number: int
    shared: Sequence[tuple[str, datetime]] = field(repr=False)
    recused: Sequence[str] = field(repr=False)


async def read_member(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Found | None:
    """Read one member; None until it is answered whether they are near to any (INH-2).

    :raises RuleBroken: `member.not_found`, the same whether missing, hidden or out of reach.
    """
    member, looked = await look_at_member(tx, id=id, by=by, now=now)
    listed = await list_members(tx, id=member.concern_group, by=by, only=id, now=now)
    if listed.asked:
        return None
    [seen] = listed.seen
    grants = [each for each in looked.matter.grants if each.matter == id] if seen.kept else []
    people = await tx.people.of_ids([each.person for each in grants])
    decides = looked.may(Action.DECIDE_RECUSAL)
    return Found(
        looked=looked,
        seen=seen,
        number=[each.id for each in looked.members].index(id) + 1,
        shared=[(people[each.person].name, each.expires_at) for each in grants],
        recused=[each.name for each in await recused_colleagues(tx, id)] if decides else [],
    )


async def recused_colleagues(tx: Transaction, member: UUID) -> list[Person]:
    """List who was barred from this member by an answer about them, for who decides about it."""
    barred: set[PersonId] = await tx.relations.recused(member)
    people = await tx.people.of_ids(barred)
    return sorted(people.values(), key=lambda person: person.name)
