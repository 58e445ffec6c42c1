"""Where in Teams a person, or a committee's channel, can be written to."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import Address, Known
from domain.people import CommitteeCode, PersonId
from storage.conflicts import insert
from storage.delivery_rows import addresses, channel_addresses

_OF_ALL = select(
    addresses.c.person,
    addresses.c.conversation_id,
    addresses.c.service_url,
    addresses.c.tenant_id,
).where(
    addresses.c.person.in_(bindparam("people_", expanding=True)),
    addresses.c.blocked_why.is_(None),
)

_new = insert(addresses)
_LEARN = _new.on_conflict_do_update(
    index_elements=[addresses.c.person],
    set_={
        name: _new.excluded[name]
        for name in ("conversation_id", "service_url", "tenant_id", "blocked_why", "heard_at")
    },
)


class Addresses:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def learn(self, person: PersonId, address: Address, *, now: datetime) -> None:
        """Remember where and when a person was last heard; a block is lifted by it."""
        values = {**_values(address), "blocked_why": None, "heard_at": now}
        await self._connection.execute(_LEARN, {"person": person, **values})

    async def open(self, person: PersonId, address: Address) -> None:
        """Remember a chat that we opened ourselves; what they told us of theirs stands."""
        values = {**_values(address), "person": person, "blocked_why": None, "heard_at": None}
        await self._connection.execute(insert(addresses).on_conflict_do_nothing(), values)

    async def of(self, person: PersonId) -> Address | None:
        """Return where the person can be written to; None when unknown or blocked."""
        row = (
            await self._connection.execute(
                select(addresses).where(
                    addresses.c.person == person, addresses.c.blocked_why.is_(None)
                )
            )
        ).one_or_none()
        return None if row is None else _address(row)

    async def of_all(self, people: Collection[PersonId]) -> Mapping[PersonId, Address]:
        """Return where these people can be written to; the unknown and blocked are left out."""
        rows = await self._connection.execute(_OF_ALL, {"people_": list(people)})
        return {
            PersonId(person): Address(conversation_id=chat, service_url=url, tenant_id=tenant)
            for person, chat, url, tenant in rows
        }

    async def people_in(self, conversations: Collection[str]) -> Mapping[str, PersonId]:
        """Say whose private chats these are; others are left out."""
        rows = await self._connection.execute(
            select(addresses.c.conversation_id, addresses.c.person).where(
                addresses.c.conversation_id.in_(conversations)
            )
        )
        return {row.conversation_id: PersonId(row.person) for row in rows}

    async def known(self) -> Mapping[PersonId, Known]:
        """Return what is known of everybody we ever heard."""
        rows = await self._connection.execute(select(addresses))
        return {
            PersonId(row.person): Known(
                address=_address(row), blocked_why=row.blocked_why, heard_at=row.heard_at
            )
            for row in rows
        }

    async def some_service_url(self) -> str | None:
        """Return where Teams was last heard from; it answers for everybody of the tenant."""
        heard = select(addresses.c.service_url).where(addresses.c.heard_at.is_not(None))
        url: str | None = await self._connection.scalar(
            heard.order_by(addresses.c.heard_at.desc()).limit(1)
        )
        return url

    async def block(self, person: PersonId, why: str) -> str:
        """Do not write there again before the person has been heard; return the first reason.

        That there is no address to use is no news of who is known to have blocked us.
        """
        stands: str | None = await self._connection.scalar(
            update(addresses)
            .where(addresses.c.person == person)
            .values(blocked_why=func.coalesce(addresses.c.blocked_why, why))
            .returning(addresses.c.blocked_why)
        )
        return stands or why

    async def learn_channel(self, committee: CommitteeCode, address: Address) -> None:
        values = _values(address)
        await self._connection.execute(
            insert(channel_addresses)
            .values(committee=committee, **values)
            .on_conflict_do_update(index_elements=[channel_addresses.c.committee], set_=values)
        )

    async def of_channel(self, committee: CommitteeCode) -> Address | None:
        row = (
            await self._connection.execute(
                select(channel_addresses).where(channel_addresses.c.committee == committee)
            )
        ).one_or_none()
        return None if row is None else _address(row)


def _values(address: Address) -> dict[str, str]:
    return {
        "conversation_id": address.conversation_id,
        "service_url": address.service_url,
        "tenant_id": address.tenant_id,
    }


def _address(row: Row[Any]) -> Address:
    return Address(
        conversation_id=row.conversation_id,
        service_url=row.service_url,
        tenant_id=row.tenant_id,
    )
