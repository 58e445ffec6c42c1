"""The keys that close the links of the audit chain: sealed by the master, never destroyed."""

from collections.abc import Mapping

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.trail import ChainKey
from storage.audit_rows import audit_keys
from storage.rows import masters
from storage.vault import KeyRefused, Vault


class ChainKeys:
    """Finds the key of a version, and begins the next.

    What is found is remembered for good: a version, once committed, is the same for as long as
    there is a link that it has closed.
    """

    def __init__(
        self, connection: AsyncConnection, vault: Vault, known: dict[int, ChainKey]
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._known = known

    async def of(self, version: int) -> ChainKey:
        """Return the key.

        :raises KeyRefused: when there is none, or our masters have not wrapped it.
        """
        if (known := self._known.get(version)) is not None:
            return known
        found = await self.all()
        if version not in found:
            raise KeyRefused(f"audit key version {version} is missing")
        return found[version]

    async def all(self) -> Mapping[int, ChainKey]:
        """Return every key."""
        found = {
            row.version: self._vault.chain_key(row.version, master=row.master, wrapped=row.wrapped)
            for row in await self._connection.execute(select(audit_keys))
        }
        self._known.update(found)
        return found

    async def begin(self) -> ChainKey:
        """Make the next version, wrapped by the master in use; nobody knows it before we commit.

        Call it while the chain is locked.
        """
        master = (await self._connection.execute(select(func.max(masters.c.version)))).scalar_one()
        newest = await self._connection.scalar(select(func.max(audit_keys.c.version)))
        version = (newest or 0) + 1
        key, wrapped = self._vault.fresh_chain_key(version, master=master)
        await self._connection.execute(
            insert(audit_keys).values(version=version, master=master, wrapped=wrapped)
        )
        return key
