"""Where in Teams a person, or a committee's channel, can be written to."""

from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import Address
from domain.people import CommitteeCode, PersonId
from storage.conflicts import insert
from storage.delivery_rows import addresses, channel_addresses


class Addresses:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def learn(self, person: PersonId, address: Address) -> None:
        """Remember where a person was last heard; a block is lifted by it."""
        values = {**_values(address), "blocked_why": None}
        await self._connection.execute(
            insert(addresses)
            .values(person=person, **values)
            .on_conflict_do_update(index_elements=[addresses.c.person], set_=values)
        )

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

    async def block(self, person: PersonId, why: str) -> None:
        """Do not write there again before the person has been heard."""
        await self._connection.execute(
            update(addresses).where(addresses.c.person == person).values(blocked_why=why)
        )

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
