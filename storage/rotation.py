"""Change the keys while the bot runs: re-wrap data keys, mark CPR numbers anew (AC-CRYPT-03, 05).

The new keys are first given to every replica, beside the old ones; nothing changes by that.
`rotate` then introduces them in the key store, which is what makes replicas use them, and
works in batches: killed half-way, it goes on where it was when it is run again. Old keys are
retired only when nothing needs them; then they can be taken out of the settings.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.data_classes import DataClass
from storage.audit_rows import audit_keys
from storage.case_rows import subject_cprs, subject_marks
from storage.concerns import cpr_numbers
from storage.conflicts import insert
from storage.database import Database, Transaction
from storage.rows import cpr_marks, data_keys, index_keys, masters
from storage.vault import Shredded, Vault, chain_subject

_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a rotation did. With no legacy rows left, the older keys are no longer needed."""

    master: int
    index: int
    rewrapped: int
    marked: int
    legacy_keys: int
    legacy_marks: int

    @property
    def complete(self) -> bool:
        return self.legacy_keys == 0 and self.legacy_marks == 0


async def rotate(database: Database, *, batch: int = _BATCH) -> Report:
    """Move everything to the newest keys of the vault, and retire the older ones."""
    vault = database.vault
    async with database.transaction() as tx:
        is_new = await _introduce(tx.connection, vault)
        head, _ = await tx.audit.lock()
        if is_new and head is not None:
            await tx.chain_keys.begin()
        await _rewrap_chain_keys(tx.connection, vault)
    rewrapped = marked = 0
    while done := await _rewrap(database, batch):
        rewrapped += done
    for mark in (_mark, _mark_subjects):
        while done := await mark(database, batch):
            marked += done
    async with database.transaction() as tx:
        legacy_keys = await _retire_masters(tx.connection, vault)
        legacy_marks = await _retire_indexes(tx.connection, vault)
    return Report(
        master=vault.newest_master,
        index=vault.newest_index,
        rewrapped=rewrapped,
        marked=marked,
        legacy_keys=legacy_keys,
        legacy_marks=legacy_marks,
    )


async def _introduce(connection: AsyncConnection, vault: Vault) -> bool:
    """Note the newest keys as the ones in use; tell whether the master is new."""
    master, index = vault.newest_master, vault.newest_index
    new = await connection.scalar(
        insert(masters)
        .values(version=master, proof=vault.master_proof(master))
        .on_conflict_do_nothing()
        .returning(masters.c.version)
    )
    await connection.execute(
        insert(index_keys)
        .values(version=index, proof=vault.index_proof(index))
        .on_conflict_do_nothing()
    )
    return new is not None


async def _rewrap_chain_keys(connection: AsyncConnection, vault: Vault) -> None:
    """Wrap the keys of the audit chain anew: there is one for each master there ever was."""
    older = audit_keys.c.master != vault.newest_master
    for row in (await connection.execute(select(audit_keys).where(older))).all():
        wrapped = vault.rewrap(
            chain_subject(row.version),
            version=row.master,
            wrapped=row.wrapped,
            under=vault.newest_master,
        )
        await connection.execute(
            update(audit_keys)
            .where(audit_keys.c.version == row.version)
            .values(master=vault.newest_master, wrapped=wrapped)
        )


async def _rewrap(database: Database, batch: int) -> int:
    """Wrap some more data keys by the newest master; what they sealed is not touched."""
    vault = database.vault
    async with database.transaction() as tx:
        legacy = await tx.connection.execute(
            select(data_keys).where(data_keys.c.master != vault.newest_master).limit(batch)
        )
        rows = legacy.all()
        for row in rows:
            wrapped = vault.rewrap(
                row.subject, version=row.master, wrapped=row.wrapped, under=vault.newest_master
            )
            await tx.connection.execute(
                update(data_keys)
                .where(data_keys.c.subject == row.subject, data_keys.c.master == row.master)
                .values(master=vault.newest_master, wrapped=wrapped)
            )
    return len(rows)


async def _mark(database: Database, batch: int) -> int:
    """Add the newest mark to some more concerns; they are found by either until the end."""
    newest = database.vault.newest_index
    marked = select(cpr_marks.c.concern).where(cpr_marks.c.index_version == newest)
    async with database.transaction() as tx:
        legacy = await tx.connection.scalars(
            select(cpr_marks.c.concern)
            .distinct()
            .where(cpr_marks.c.concern.not_in(marked))
            .limit(batch)
        )
        concerns = legacy.all()
        for concern in concerns:
            if numbers := await _numbers(tx, concern):
                await tx.concerns.mark(concern, numbers)
            else:
                await tx.connection.execute(
                    delete(cpr_marks).where(cpr_marks.c.concern == concern)
                )
    return len(concerns)


async def _mark_subjects(database: Database, batch: int) -> int:
    """Add the newest marks to some more subjects; one whose key is destroyed is forgotten."""
    newest = database.vault.newest_index
    marked = select(subject_marks.c.subject).where(subject_marks.c.index_version == newest)
    async with database.transaction() as tx:
        legacy = await tx.connection.scalars(
            select(subject_marks.c.subject)
            .distinct()
            .where(subject_marks.c.subject.not_in(marked))
            .limit(batch)
        )
        found = legacy.all()
        for subject in found:
            try:
                await tx.subjects.reindex(subject)
            except Shredded:
                await tx.subjects.forget(subject)
    return len(found)


async def _retire_masters(connection: AsyncConnection, vault: Vault) -> int:
    """Forget the older masters if they wrap nothing; while we look, they can wrap nothing new."""
    older = masters.c.version != vault.newest_master
    await connection.execute(select(masters.c.version).where(older).with_for_update())
    legacy = await _count(connection, data_keys.c.master != vault.newest_master)
    legacy += await _count(connection, audit_keys.c.master != vault.newest_master)
    if not legacy:
        await connection.execute(delete(masters).where(older))
    return legacy


async def _retire_indexes(connection: AsyncConnection, vault: Vault) -> int:
    """Forget the older index keys and their marks, once every marked concern has the newest."""
    older = index_keys.c.version != vault.newest_index
    await connection.execute(select(index_keys.c.version).where(older).with_for_update())
    newest = cpr_marks.c.index_version == vault.newest_index
    legacy = await _count(
        connection, cpr_marks.c.concern.not_in(select(cpr_marks.c.concern).where(newest))
    )
    legacy += await _count(
        connection,
        subject_marks.c.subject.not_in(
            select(subject_marks.c.subject).where(
                subject_marks.c.index_version == vault.newest_index
            )
        ),
    )
    if not legacy:
        for table in (cpr_marks, subject_marks, subject_cprs):
            outdated = table.c.index_version != vault.newest_index
            await connection.execute(delete(table).where(outdated))
        await connection.execute(delete(index_keys).where(older))
    return legacy


async def _count(connection: AsyncConnection, condition: ColumnElement[bool]) -> int:
    counted = await connection.execute(select(func.count()).where(condition))
    return counted.scalar_one()


async def _numbers(tx: Transaction, concern: UUID) -> set[str]:
    try:
        return cpr_numbers(await tx.concerns.read(concern, [DataClass.CPR]))
    except Shredded:
        return set()
