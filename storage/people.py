"""The professionals in our register."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Authority, Language, Office, Person, PersonId
from storage.columns import holds
from storage.rows import people

_OF_AAD = select(people).where(people.c.aad_id == bindparam("aad_id_"))

_IDS = people.c.id.in_(bindparam("ids_", expanding=True))
_OF_IDS = select(people).where(_IDS)
_LANGUAGES = select(people.c.id, people.c.language).where(people.c.active, _IDS)


class People:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_aad(self, aad_id: str) -> Person | None:
        """Find who Teams means, also when they are no longer active (AC-AUTH-10)."""
        row = (await self._connection.execute(_OF_AAD, {"aad_id_": aad_id})).one_or_none()
        return None if row is None else person_of(row)

    async def get(self, id: PersonId) -> Person:
        """Return a person, active or not.

        :raises NoResultFound: when there is no such person.
        """
        return person_of(
            (await self._connection.execute(select(people).where(people.c.id == id))).one()
        )

    async def of_ids(self, ids: Collection[PersonId]) -> Mapping[PersonId, Person]:
        """Return these people, active or not, in one look."""
        rows = await self._connection.execute(_OF_IDS, {"ids_": list(ids)})
        return {PersonId(row.id): person_of(row) for row in rows}

    async def languages(self, ids: Collection[PersonId]) -> Mapping[PersonId, Language | None]:
        """Return what those of them read who are active."""
        rows = await self._connection.execute(_LANGUAGES, {"ids_": list(ids)})
        return {PersonId(who): None if read is None else Language(read) for who, read in rows}

    async def everybody(self) -> list[Person]:
        """List the active people, by id."""
        rows = await self._connection.execute(
            select(people).where(people.c.active).order_by(people.c.id)
        )
        return [person_of(row) for row in rows]

    async def all(self) -> list[Person]:
        """List everybody in the register, active or not, by id."""
        rows = await self._connection.execute(select(people).order_by(people.c.id))
        return [person_of(row) for row in rows]

    async def of_office(self, office: Office) -> list[Person]:
        """List the active people who hold an office, by id."""
        rows = await self._connection.execute(
            select(people)
            .where(people.c.active, holds(people.c.offices, office))
            .order_by(people.c.id)
        )
        return [person_of(row) for row in rows]

    async def named(self, text: str) -> list[Person]:
        """List active people who are meant by a typed name, those with exactly that name first.

        Every word must be found in the name; case and extra spaces do not count.
        """
        folded = fold(text)
        if not folded:
            return []
        rows = await self._connection.execute(
            select(people)
            .where(
                people.c.active,
                *(people.c.folded_name.contains(word, autoescape=True) for word in folded.split()),
            )
            .order_by(people.c.folded_name != folded, people.c.folded_name, people.c.id)
        )
        return [person_of(row) for row in rows]

    async def set_language(self, id: PersonId, language: Language) -> None:
        await self._connection.execute(
            update(people).where(people.c.id == id).values(language=language)
        )

    async def pause(self, id: PersonId, *, paused: bool) -> None:
        """Note that somebody wants no reminders for now, or wants them again."""
        await self._connection.execute(
            update(people).where(people.c.id == id).values(paused=paused)
        )

    async def has_paused(self, id: PersonId) -> bool:
        paused = await self._connection.scalar(select(people.c.paused).where(people.c.id == id))
        return bool(paused)

    async def add(self, person: Person) -> None:
        """Enter somebody new."""
        await self._connection.execute(insert(people).values(values_of(person)))

    async def save(self, person: Person) -> None:
        """Store what somebody may: active or not, covered, and in which offices."""
        await self._change(person, {"s115_covered", "active", "offices"})

    async def describe(self, person: Person) -> None:
        """Store what is known of somebody; what they may, and their language, stay."""
        await self._change(
            person, {"name", "folded_name", "authority", "function", "email", "phone"}
        )

    async def _change(self, person: Person, fields: Collection[str]) -> None:
        values = {key: said for key, said in values_of(person).items() if key in fields}
        await self._connection.execute(
            update(people).where(people.c.id == person.id).values(values)
        )

    async def deactivate(self, id: PersonId) -> None:
        await self._connection.execute(
            update(people).where(people.c.id == id).values(active=False)
        )

    async def count(self) -> int:
        """Count everybody in the register, active or not."""
        return (
            await self._connection.execute(select(func.count()).select_from(people))
        ).scalar_one()


def fold(name: str) -> str:
    """Fold a name for comparison: SQLite knows no Danish lower case, PostgreSQL no NUL."""
    words = name.casefold().split()
    return " ".join(filter(None, ("".join(filter(str.isprintable, word)) for word in words)))


def person_of(row: Row[Any]) -> Person:
    return Person(
        id=PersonId(row.id),
        aad_id=row.aad_id,
        name=row.name,
        authority=Authority(row.authority),
        function=row.function,
        email=row.email,
        phone=row.phone,
        s115_covered=row.s115_covered,
        active=row.active,
        language=None if row.language is None else Language(row.language),
        offices=frozenset(Office(office) for office in row.offices),
    )


def values_of(person: Person) -> dict[str, object]:
    return {
        "id": person.id,
        "aad_id": person.aad_id,
        "name": person.name,
        "folded_name": fold(person.name),
        "authority": person.authority,
        "function": person.function,
        "email": person.email,
        "phone": person.phone,
        "s115_covered": person.s115_covered,
        "active": person.active,
        "language": person.language,
        "offices": tuple(sorted(person.offices)),
    }
