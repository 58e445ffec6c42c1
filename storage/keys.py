"""Data keys as one transaction sees them: made, found, destroyed."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conflicts import insert
from storage.rows import data_keys, index_keys, masters
from storage.sealing import Key
from storage.vault import Shredded, Vault

_FIND = select(data_keys.c.master, data_keys.c.wrapped).where(
    data_keys.c.subject == bindparam("subject_")
)
_CURRENT_MASTER = select(func.max(masters.c.version))  # what rotation moves
_TURNS = "turns/"


class Keys:
    """Finds the data key of a subject: a draft or the concern it became, or a day's turns.

    What this transaction made or read reaches the vault's memory only once it has been
    committed (`committed`): a key that was rolled back must never seal anything.
    """

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault
        self._here: dict[str, Key] = {}
        self._destroyed: set[str] = set()

    async def make(self, subject: str) -> Key:
        """Make the subject's key, or return the one it has."""
        if (known := self._known(subject)) is not None:
            return known
        version = (await self._connection.execute(_CURRENT_MASTER)).scalar_one()
        key, wrapped = self._vault.fresh_key(subject, version=version)
        made = await self._connection.scalar(
            insert(data_keys)
            .values(subject=subject, master=version, wrapped=wrapped)
            .on_conflict_do_nothing(index_elements=[data_keys.c.subject])
            .returning(data_keys.c.subject)
        )
        if made is None:
            return await self.of(subject)
        self._here[subject] = key
        return key

    async def of(self, subject: str) -> Key:
        """Return the subject's key.

        :raises Shredded: when it has been destroyed.
        """
        if (known := self._known(subject)) is not None:
            return known
        row = (await self._connection.execute(_FIND, {"subject_": subject})).one_or_none()
        if row is None:
            raise Shredded(subject)
        key = self._vault.unwrap(subject, version=row.master, wrapped=row.wrapped)
        self._here[subject] = key
        return key

    async def fetch(self, subjects: Collection[str]) -> None:
        """Read many keys at once, so that finding each of them asks the database no more."""
        asked = [each for each in subjects if self._known(each) is None]
        if not asked:
            return
        rows = await self._connection.execute(
            select(data_keys).where(data_keys.c.subject.in_(asked))
        )
        for row in rows:
            self._here[row.subject] = self._vault.unwrap(
                row.subject, version=row.master, wrapped=row.wrapped
            )

    async def has(self, subject: str) -> bool:
        """Tell whether the subject's key still exists."""
        try:
            await self.of(subject)
        except Shredded:
            return False
        return True

    async def destroy(self, subject: str) -> None:
        """Make everything sealed for this subject unreadable, in every backup too."""
        await self._connection.execute(delete(data_keys).where(data_keys.c.subject == subject))
        self._forget(subject)

    async def destroy_turns_before(self, day: date) -> None:
        """Destroy the keys of whole days of turns before this one."""
        gone = await self._connection.scalars(
            delete(data_keys)
            .where(data_keys.c.subject >= _TURNS, data_keys.c.subject < turns_of(day))
            .returning(data_keys.c.subject)
        )
        for subject in gone:
            self._forget(subject)

    async def destroy_all_turns(self) -> None:
        """Destroy the keys of every day of turns, this one's too; the next turn makes another."""
        for subject in await self._connection.scalars(
            delete(data_keys)
            .where(data_keys.c.subject.startswith(_TURNS, autoescape=True))
            .returning(data_keys.c.subject)
        ):
            self._forget(subject)

    async def marks(self, digits: str) -> dict[int, bytes]:
        """Return the blind index of ten digits under every index key now in use, by version.

        None of these can be retired before this transaction has ended.
        """
        in_use = await self._connection.scalars(
            select(index_keys.c.version).with_for_update(read=True)
        )
        marks = self._vault.marks(digits)
        return {version: marks[version] for version in in_use if version in marks}

    async def label_marks(self, labels: Collection[str]) -> dict[str, dict[int, bytes]]:
        """Return the blind index of each label under every index key now in use, by version.

        None of these can be retired before this transaction has ended.
        """
        in_use = await self._connection.scalars(
            select(index_keys.c.version).with_for_update(read=True)
        )
        versions = [each for each in in_use if each in self._vault.index_versions]
        return {
            label: {version: self._vault.label_mark(version, label) for version in versions}
            for label in labels
        }

    def committed(self) -> None:
        self._vault.remember(self._here)
        for subject in self._destroyed:
            self._vault.forget(subject)

    def _known(self, subject: str) -> Key | None:
        if subject in self._destroyed:
            return None
        return self._here.get(subject) or self._vault.recall(subject)

    def _forget(self, subject: str) -> None:
        self._here.pop(subject, None)
        self._destroyed.add(subject)
        self._vault.forget(subject)


def turns_of(day: date) -> str:
    """Name the data key of one day's turns."""
    return f"{_TURNS}{day.isoformat()}"
