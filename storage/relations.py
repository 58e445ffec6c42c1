"""Who said they are near to a matter, and who said they are not (INH)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import PersonId
from domain.recusals import Recusal
from storage.case_rows import cases
from storage.conflicts import insert
from storage.keys import Keys
from storage.rows import DATA, concerns, relations
from storage.sealing import Place

_BARS = relations.c.near & relations.c.lifted_at.is_(None)


class Relations:
    """Being near is said with a reason; only somebody else can decide that it bars nobody (INH-5).

    A case and the concerns in it are about one person: who is near to one is near to all.
    """

    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def recuse(
        self,
        matter: UUID,
        person: PersonId,
        reason: str,
        at: datetime,
        *,
        key: str | None = None,
        by: PersonId | None = None,
    ) -> None:
        """Note that somebody may not handle the matter, whatever they answered before.

        :param key: the data key the reason is sealed with; a concern's is named after itself.
        :param by: who said so, where it was not they themselves.
        :raises Shredded: when the matter's content has been destroyed.
        """
        sealing = await self._keys.of(key or str(matter))
        answer = {
            "near": True,
            "at": at,
            "by": by or person,
            "reason": sealing.seal(reason.encode(), _reason(matter, person)),
            "upheld_at": None,
            "upheld_by": None,
            "lifted_at": None,
            "lifted_by": None,
        }
        await self._connection.execute(
            insert(relations)
            .values(matter=matter, person=person, **answer)
            .on_conflict_do_update(
                index_elements=[relations.c.matter, relations.c.person], set_=answer
            )
        )

    async def lift(self, matter: UUID, person: PersonId, *, by: PersonId, at: datetime) -> bool:
        """Note that somebody else found no reason to bar them; False if nothing barred them."""
        roots = await self._about(matter)
        lifted = await self._connection.execute(
            update(relations)
            .where(relations.c.matter.in_(roots), relations.c.person == person, _BARS)
            .values(lifted_at=at, lifted_by=by)
        )
        return bool(lifted.rowcount)

    async def uphold(self, matter: UUID, person: PersonId, *, by: PersonId, at: datetime) -> bool:
        """Note that somebody else found that they are to be barred; False if nothing did."""
        upheld = await self._connection.execute(
            update(relations)
            .where(relations.c.matter == matter, relations.c.person == person, _BARS)
            .values(upheld_at=at, upheld_by=by)
        )
        return bool(upheld.rowcount)

    async def barring(self) -> list[Recusal]:
        """List every recusal that stands, the oldest first."""
        rows = await self._connection.execute(
            select(relations).where(_BARS).order_by(relations.c.at, relations.c.person)
        )
        return [
            Recusal(
                matter=row.matter,
                person=PersonId(row.person),
                by=PersonId(row.by or row.person),
                at=row.at,
                upheld=row.upheld_at is not None,
            )
            for row in rows
        ]

    async def ask_again(self, matter: UUID, person: PersonId) -> None:
        """Forget the answer "no near relation", so that they are asked once more (INH-2)."""
        await self._connection.execute(
            delete(relations).where(
                relations.c.matter.in_(await self._about(matter)),
                relations.c.person == person,
                ~relations.c.near,
            )
        )

    async def recused(self, matter: UUID) -> set[PersonId]:
        """Name everybody who may not handle this matter, or one about the same person."""
        return await self._who(matter, _BARS)

    async def recusal_reason(
        self, matter: UUID, person: PersonId, *, key: str | None = None
    ) -> str | None:
        """Return why somebody is recused, for the one who decides about it (INH-2)."""
        sealed = await self._connection.scalar(
            select(relations.c.reason).where(
                relations.c.matter == matter, relations.c.person == person
            )
        )
        if sealed is None:
            return None
        sealing = await self._keys.of(key or str(matter))
        return sealing.open(sealed, _reason(matter, person)).decode()

    async def reseal(self, matter: UUID, key: str, *, into: str) -> None:
        """Seal the reasons why people are recused from a matter with another data key."""
        old, new = await self._keys.of(key), await self._keys.make(into)
        rows = await self._connection.execute(
            select(relations.c.person, relations.c.reason).where(
                relations.c.matter == matter, relations.c.reason.is_not(None)
            )
        )
        for row in rows:
            place = _reason(matter, PersonId(row.person))
            await self._connection.execute(
                update(relations)
                .where(relations.c.matter == matter, relations.c.person == row.person)
                .values(reason=new.seal(old.open(row.reason, place), place))
            )

    async def set_cleared(self, matter: UUID, person: PersonId) -> None:
        """Note the answer "no near relation"; who is recused stays recused."""
        await self._connection.execute(
            insert(relations)
            .values(matter=matter, person=person, near=False)
            .on_conflict_do_nothing()
        )

    async def cleared(self, matter: UUID, person: PersonId) -> bool:
        """Say whether they answered no, or somebody else has decided so for them."""
        return person in await self._who(
            matter, ~relations.c.near | relations.c.lifted_at.is_not(None)
        )

    async def recused_from(
        self, matters: Mapping[UUID, Sequence[UUID]]
    ) -> dict[UUID, frozenset[PersonId]]:
        """Name who is recused from each, given what is about the same person as it."""
        every = {each for about in matters.values() for each in about}
        rows = await self._connection.execute(
            select(relations.c.matter, relations.c.person).where(
                relations.c.matter.in_(every), _BARS
            )
        )
        found: dict[UUID, set[PersonId]] = {}
        for row in rows:
            found.setdefault(row.matter, set()).add(PersonId(row.person))
        return {
            matter: frozenset().union(*(found.get(each, ()) for each in about))
            for matter, about in matters.items()
        }

    async def _who(self, matter: UUID, condition: ColumnElement[bool]) -> set[PersonId]:
        found = await self._connection.scalars(
            select(relations.c.person).where(
                relations.c.matter.in_(await self._about(matter)), condition
            )
        )
        return {PersonId(person) for person in found}

    async def _about(self, matter: UUID) -> list[UUID]:
        """List what is about the same person: the case, those merged with it, their concerns."""
        case = await self._connection.scalar(
            select(concerns.c.case).where(concerns.c.id == matter)
        )
        return (await same_person(self._connection, [case or matter]))[case or matter] + (
            [matter] if case is None else []
        )


async def same_person(
    connection: AsyncConnection, roots: Sequence[UUID]
) -> dict[UUID, list[UUID]]:
    """List, for each case, everything about the same person: merged cases and all concerns."""
    if not roots:
        return {}
    pairs = select(cases.c.id, cases.c.merged_into).where(cases.c.merged_into.is_not(None))
    merged = await connection.execute(
        union_all(pairs.where(cases.c.merged_into.in_(roots)), pairs.where(cases.c.id.in_(roots)))
    )
    about: dict[UUID, set[UUID]] = {root: {root} for root in roots}
    for row in merged:
        for one, other in ((row.id, row.merged_into), (row.merged_into, row.id)):
            if one in about:
                about[one].add(other)
    every = {each for ids in about.values() for each in ids}
    rows = await connection.execute(
        select(concerns.c.id, concerns.c.case).where(concerns.c.case.in_(every))
    )
    in_case: dict[UUID, list[UUID]] = {}
    for row in rows:
        in_case.setdefault(row.case, []).append(row.id)
    return {
        root: [*ids, *(each for case in ids for each in in_case.get(case, ()))]
        for root, ids in about.items()
    }


def _reason(matter: UUID, person: PersonId) -> Place:
    return Place(DATA, "relations", f"{matter}|{person}", "reason")
