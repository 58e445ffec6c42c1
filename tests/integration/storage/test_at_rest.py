"""What was confided cannot be read in files, logs, dumps or backups (AC-CRYPT-01, 02, 04)."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select, update

from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import PersonId
from storage.database import Database
from storage.rows import concern_parts, data_keys, turns
from storage.sealing import NotSealed
from storage.vault import KeyRefused, Shredded
from tests.integration.storage.conftest import Opens
from tests.integration.storage.examples import (
    ANNA,
    BO,
    MONDAY_NOON,
    addition,
    concern,
    draft,
    notice,
    parts,
    vault,
)
from tests.integration.storage.raw import back_up, everything_stored, restore

CANARY = "kanariefugl"


def spellings(word: str) -> list[bytes]:
    """Spell a word in the ways a database might write it."""
    plain = word.encode()
    return [plain, plain.hex().encode(), plain.hex().upper().encode(), word.encode("utf-16-le")]


async def confide(database: Database) -> UUID:
    """Put a canary into everything that is sealed, and return the concern."""
    filed = concern()
    secret = parts(seen=f"{CANARY} seen", cpr="1503415018", name=f"{CANARY} name")
    async with database.transaction() as tx:
        begun = await tx.drafts.begin(draft(body={"seen": f"{CANARY} draft"}))
        await tx.drafts.save(replace(begun, body={"seen": f"{CANARY} draft, second time"}))
        await tx.concerns.add(filed, secret)
        await tx.concerns.add_addition(addition(filed, f"{CANARY} added"))
        await tx.relations.recuse(filed.id, BO.id, f"{CANARY} nephew", MONDAY_NOON)
        await tx.turns.begin("a:1", "7", now=MONDAY_NOON)
        await tx.turns.remember("a:1", "7", f"{CANARY} answer".encode(), answered=True)
        await tx.outbox.add([notice(about=filed.id)])
    return filed.id


async def test_no_confided_word_is_stored_as_it_was_said(
    database: Database, database_url: str
) -> None:
    """AC-CRYPT-01: files, write-ahead log and dump, while the database is in use."""
    filed = await confide(database)

    stored = await everything_stored(database, database_url)

    assert str(filed).encode() in stored or filed.hex.encode() in stored  # the right files
    for word in (CANARY, "1503415018", "150341-5018"):
        for spelling in spellings(word):
            assert spelling not in stored


async def test_no_data_key_is_stored_unwrapped(database: Database, database_url: str) -> None:
    """AC-CRYPT-03: the key store alone opens nothing."""
    filed = await confide(database)
    async with database.transaction() as tx:
        row = (
            await tx.connection.execute(select(data_keys).where(data_keys.c.subject == str(filed)))
        ).one()

    stored = await everything_stored(database, database_url)

    assert row.wrapped.stored in stored or row.wrapped.stored.hex().encode() in stored
    with pytest.raises(KeyRefused):
        vault(masters=(2,)).unwrap(str(filed), version=row.master, wrapped=row.wrapped)


async def test_a_part_moved_to_another_class_is_refused(database: Database) -> None:
    """AC-CRYPT-02: somebody with write access to the table moves a sealed value."""
    filed = concern()
    async with database.transaction() as tx:
        await tx.concerns.add(filed, parts())
        await tx.connection.execute(
            update(concern_parts)
            .where(concern_parts.c.data_class == DataClass.IDENTITY)
            .values(
                content=select(concern_parts.c.content)
                .where(concern_parts.c.data_class == DataClass.TEXT)
                .scalar_subquery()
            )
        )

    async with database.transaction() as tx:
        assert await tx.concerns.read(filed.id, [DataClass.TEXT])
        with pytest.raises(NotSealed):
            await tx.concerns.read(filed.id, [DataClass.IDENTITY])


async def test_a_part_moved_to_another_concern_is_refused(database: Database) -> None:
    """AC-CRYPT-02: each has a key of its own."""
    one, other = concern("B2026-0001"), concern("B2026-0002")
    async with database.transaction() as tx:
        for each in (one, other):
            await tx.concerns.add(each, {DataClass.TEXT: {"about": each.reference}})
        await tx.connection.execute(
            update(concern_parts)
            .where(concern_parts.c.concern == other.id)
            .values(
                content=select(concern_parts.c.content)
                .where(concern_parts.c.concern == one.id)
                .scalar_subquery()
            )
        )

    async with database.transaction() as tx:
        with pytest.raises(NotSealed):
            await tx.concerns.read(other.id, [DataClass.TEXT])


async def test_an_answer_moved_to_another_turn_is_refused(database: Database) -> None:
    """AC-CRYPT-02: the turns of a day share a key, but not their places."""
    async with database.transaction() as tx:
        for activity in ("7", "8"):
            await tx.turns.begin("a:1", activity, now=MONDAY_NOON)
            await tx.turns.remember("a:1", activity, activity.encode(), answered=True)
        await tx.connection.execute(
            update(turns)
            .where(turns.c.activity == "8")
            .values(answer=select(turns.c.answer).where(turns.c.activity == "7").scalar_subquery())
        )

        with pytest.raises(NotSealed):
            await tx.turns.begin("a:1", "8", now=MONDAY_NOON)


async def test_a_key_moved_to_another_concern_opens_nothing(
    database: Database, opens: Opens
) -> None:
    """AC-CRYPT-02: nor do the rows of the key store fit elsewhere."""
    one, other = concern("B2026-0001"), concern("B2026-0002")
    async with database.transaction() as tx:
        for each in (one, other):
            await tx.concerns.add(each, parts())
        await tx.connection.execute(
            update(data_keys)
            .where(data_keys.c.subject == str(other.id))
            .values(
                wrapped=select(data_keys.c.wrapped)
                .where(data_keys.c.subject == str(one.id))
                .scalar_subquery()
            )
        )

    another_replica = await opens(vault())
    async with another_replica.transaction() as tx:
        assert await tx.concerns.read(one.id, list(DataClass)) == parts()
        with pytest.raises(KeyRefused):
            await tx.concerns.read(other.id, list(DataClass))


async def test_an_old_backup_beside_the_key_store_of_today_stays_unreadable(
    database: Database, opens: Opens
) -> None:
    """AC-CRYPT-04: who was deleted is deleted in the backups too, and the others are not."""
    filed = await confide(database)
    kept = concern("B2026-0002")
    async with database.transaction() as tx:
        await tx.concerns.add(kept, parts())
    backup = await back_up(database)

    async with database.transaction() as tx:
        await tx.concerns.erase_parts(filed)
        begun = await tx.drafts.of(ANNA.id, now=MONDAY_NOON)
        assert begun is not None
        await tx.drafts.close(begun, keep_key=False)
        await tx.turns.forget_before(MONDAY_NOON.replace(day=4))
    await restore(database, backup)

    for replica in (database, await opens(vault())):
        async with replica.transaction() as tx:
            assert await tx.concerns.read(kept.id, list(DataClass)) == parts()
            with pytest.raises(Shredded):
                await tx.concerns.read(filed, list(DataClass))
            with pytest.raises(Shredded):
                await tx.concerns.additions(filed)
            with pytest.raises(Shredded):
                await tx.relations.recusal_reason(filed, BO.id)
            assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) is None
            seen = await tx.turns.begin("a:1", "7", now=MONDAY_NOON)
            assert seen is not None
            assert seen.answer is None


async def test_a_draft_that_cannot_be_read_is_no_hindrance(database: Database) -> None:
    """After such a restore its owner can begin anew."""
    async with database.transaction() as tx:
        await tx.drafts.begin(draft())
    backup = await back_up(database)
    async with database.transaction() as tx:
        begun = await tx.drafts.of(ANNA.id, now=MONDAY_NOON)
        assert begun is not None
        await tx.drafts.close(begun, keep_key=False)
    await restore(database, backup)

    async with database.transaction() as tx:
        anew = await tx.drafts.begin(draft())

    async with database.transaction() as tx:
        assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) == anew


async def test_a_key_that_was_rolled_back_seals_nothing(database: Database) -> None:
    """A data key is remembered once it is certainly in the store, and not before."""
    begun = draft(PersonId("carl"))

    async def fails() -> None:
        async with database.transaction() as tx:
            await tx.drafts.begin(begun)
            await tx.drafts.save(replace(begun, revision=7))

    with pytest.raises(RuleBroken):
        await fails()
    async with database.transaction() as tx:
        with pytest.raises(Shredded):
            await tx.keys.of(str(begun.id))
        await tx.drafts.begin(begun)

    async with database.transaction() as tx:
        assert await tx.drafts.of(begun.owner, now=MONDAY_NOON) == begun
