"""The committees, their areas and who sits in them."""

from typing import Any

from sqlalchemy import Executable, Row, delete, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import (
    AreaCode,
    Committee,
    CommitteeCode,
    CommitteeType,
    Institution,
    Membership,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from storage.columns import holds
from storage.conflicts import insert
from storage.directory_rows import committee_groups
from storage.people import person_of, values_of
from storage.rows import committees, institutions, memberships, people


class OrganisationStore:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def replace(self, organisation: Organisation) -> None:
        """Make the register what it is now said to be.

        Who is no longer mentioned is kept and made inactive, for what they did still names
        them. The language somebody chose and the team a committee got are ours, and stay
        unless the new register has its own.
        """
        run = self._connection.execute
        await run(delete(memberships))
        await run(delete(institutions))
        await run(update(people).values(active=False))
        codes = [committee.code for committee in organisation.committees]
        for table, code in (
            (committee_groups, committee_groups.c.committee),
            (committees, committees.c.code),
        ):
            await run(delete(table).where(code.not_in(codes)))

        person = insert(people)
        kept = {"language": func.coalesce(person.excluded.language, people.c.language)}
        await self._store(
            person.on_conflict_do_update(
                index_elements=[people.c.id], set_={**dict(person.excluded), **kept}
            ),
            [values_of(person) for person in organisation.people],
        )
        committee = insert(committees)
        kept = {"team_id": func.coalesce(committee.excluded.team_id, committees.c.team_id)}
        await self._store(
            committee.on_conflict_do_update(
                index_elements=[committees.c.code], set_={**dict(committee.excluded), **kept}
            ),
            [
                {
                    "code": committee.code,
                    "type": committee.type,
                    "name": committee.name,
                    "areas": tuple(committee.areas),
                    "team_id": committee.team_id,
                }
                for committee in organisation.committees
            ],
        )
        await self._store(
            plain_insert(memberships),
            [
                {
                    "committee": membership.committee,
                    "person": membership.person,
                    "slot": membership.slot,
                    "seat": membership.seat,
                }
                for membership in organisation.memberships
            ],
        )
        await self._store(
            plain_insert(institutions),
            [
                {"area": place.area, "name": place.name, "kind": place.kind}
                for place in organisation.institutions
            ],
        )

    async def _store(self, statement: Executable, values: list[dict[str, object]]) -> None:
        if values:
            await self._connection.execute(statement, values)

    async def committee(self, code: CommitteeCode) -> Committee:
        """Return a committee.

        :raises NoResultFound: when there is no such committee.
        """
        rows = await self._connection.execute(select(committees).where(committees.c.code == code))
        return _committee(rows.one())

    async def committees(self) -> list[Committee]:
        rows = await self._connection.execute(select(committees).order_by(committees.c.code))
        return [_committee(row) for row in rows]

    async def committee_of_team(self, team_id: str) -> Committee | None:
        row = (
            await self._connection.execute(
                select(committees).where(committees.c.team_id == team_id)
            )
        ).one_or_none()
        return None if row is None else _committee(row)

    async def group_of_area(self, area: AreaCode) -> CommitteeCode | None:
        """Name the coordination group that serves an area (AREA-3)."""
        code = await self._connection.scalar(
            select(committees.c.code)
            .where(
                committees.c.type == CommitteeType.COORDINATION, holds(committees.c.areas, area)
            )
            .order_by(committees.c.code)
        )
        return None if code is None else CommitteeCode(code)

    async def set_team(self, code: CommitteeCode, team_id: str | None) -> None:
        await self._connection.execute(
            update(committees).where(committees.c.code == code).values(team_id=team_id)
        )

    async def members(self, code: CommitteeCode) -> list[tuple[Membership, Person]]:
        """List the active people of a committee with the seat they have, by slot."""
        rows = await self._connection.execute(
            select(memberships, people)
            .join(people, people.c.id == memberships.c.person)
            .where(memberships.c.committee == code, people.c.active)
            .order_by(memberships.c.slot, memberships.c.seat, memberships.c.person)
        )
        return [(_membership(row), person_of(row)) for row in rows]

    async def memberships_of(self, person: PersonId) -> list[Membership]:
        rows = await self._connection.execute(
            select(memberships)
            .where(memberships.c.person == person)
            .order_by(memberships.c.committee, memberships.c.slot, memberships.c.seat)
        )
        return [_membership(row) for row in rows]

    async def seats_of(
        self, person: PersonId
    ) -> tuple[list[Membership], dict[CommitteeCode, Committee]]:
        """List the seats somebody holds, and the committees those are in."""
        rows = await self._connection.execute(
            select(committees)
            .join(memberships, memberships.c.committee == committees.c.code)
            .where(memberships.c.person == person)
            .distinct()
        )
        found = (_committee(row) for row in rows)
        return await self.memberships_of(person), {each.code: each for each in found}

    async def seat(self, membership: Membership) -> None:
        """Give somebody a seat."""
        await self._connection.execute(
            insert(memberships)
            .values(
                committee=membership.committee,
                person=membership.person,
                slot=membership.slot,
                seat=membership.seat,
            )
            .on_conflict_do_nothing()
        )

    async def unseat(
        self, person: PersonId, *, committee: CommitteeCode | None = None, seat: Seat | None = None
    ) -> None:
        """Take a seat from somebody, or every seat they have."""
        chosen = delete(memberships).where(memberships.c.person == person)
        if committee is not None:
            chosen = chosen.where(memberships.c.committee == committee)
        if seat is not None:
            chosen = chosen.where(memberships.c.seat == seat)
        await self._connection.execute(chosen)

    async def all_memberships(self) -> list[Membership]:
        """List every seat that somebody active holds."""
        rows = await self._connection.execute(
            select(memberships)
            .join(people, people.c.id == memberships.c.person)
            .where(people.c.active)
            .order_by(*memberships.primary_key)
        )
        return [_membership(row) for row in rows]

    async def institutions(self, area: AreaCode | None = None) -> list[Institution]:
        """List the schools and leisure centres of an area, or of the whole city, by name."""
        chosen = select(institutions)
        if area is not None:
            chosen = chosen.where(institutions.c.area == area)
        rows = await self._connection.execute(
            chosen.order_by(institutions.c.area, institutions.c.name, institutions.c.kind)
        )
        return [Institution(area=AreaCode(row.area), name=row.name, kind=row.kind) for row in rows]

    async def add_institution(self, place: Institution) -> None:
        await self._connection.execute(
            plain_insert(institutions).values(area=place.area, name=place.name, kind=place.kind)
        )

    async def drop_institution(self, place: Institution) -> None:
        await self._connection.execute(
            delete(institutions).where(
                institutions.c.area == place.area,
                institutions.c.name == place.name,
                institutions.c.kind == place.kind,
            )
        )


def _committee(row: Row[Any]) -> Committee:
    return Committee(
        code=CommitteeCode(row.code),
        type=CommitteeType(row.type),
        name=row.name,
        areas=tuple(AreaCode(area) for area in row.areas),
        team_id=row.team_id,
    )


def _membership(row: Row[Any]) -> Membership:
    return Membership(
        committee=CommitteeCode(row.committee),
        person=PersonId(row.person),
        slot=row.slot,
        seat=Seat(row.seat),
    )
