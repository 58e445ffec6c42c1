"""Changing the keys while the bot runs (AC-CRYPT-03, 05)."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from domain.concerns import Concern
from domain.data_classes import DataClass
from domain.people import PersonId
from storage.database import Database, NotReady
from storage.rotation import rotate
from storage.rows import concern_parts, cpr_marks, data_keys, masters
from storage.sealing import Envelope
from storage.vault import KeyRefused, Vault
from tests.integration.storage.conftest import Opens
from tests.integration.storage.examples import (
    MONDAY_NOON,
    SECRETS,
    concern,
    draft,
    parts,
    vault,
)

CPR = "1503415018"
BOTH_MASTERS = {version: SECRETS[version] for version in (1, 2)}
BOTH_INDEXES = {version: SECRETS[version] for version in (8, 9)}


def old() -> Vault:
    return vault()


def both() -> Vault:
    return Vault(masters=BOTH_MASTERS, indexes=BOTH_INDEXES)


def new() -> Vault:
    return vault(masters=(2,), indexes=(9,))


class Killed(Exception):
    """The process ended here."""


class DyingVault(Vault):
    """A vault whose process is killed while it wraps its seventh key."""

    wrapped = 0

    def rewrap(self, subject: str, *, version: int, wrapped: Envelope, under: int) -> Envelope:
        self.wrapped += 1
        if self.wrapped == 7:
            raise Killed
        return super().rewrap(subject, version=version, wrapped=wrapped, under=under)


async def file(database: Database, number: int) -> Concern:
    filed = concern(f"B2026-{number:04}")
    async with database.transaction() as tx:
        await tx.concerns.add(filed, parts(seen=f"nummer {number}", cpr=CPR))
    return filed


async def masters_in_use(database: Database) -> set[int]:
    async with database.transaction() as tx:
        return set(await tx.connection.scalars(select(data_keys.c.master)))


async def sealed_parts(database: Database) -> set[bytes]:
    async with database.transaction() as tx:
        return {
            part.stored for part in await tx.connection.scalars(select(concern_parts.c.content))
        }


async def assert_all_read(database: Database, filed: list[Concern]) -> None:
    async with database.transaction() as tx:
        for number, each in enumerate(filed):
            read = await tx.concerns.read(each.id, list(DataClass))
            assert read == parts(seen=f"nummer {number}", cpr=CPR)
        assert {each.id for each in await tx.concerns.with_cpr(CPR)} == {each.id for each in filed}


async def test_the_old_keys_can_be_taken_away_afterwards(opens: Opens) -> None:
    """AC-CRYPT-03, 05: keys are wrapped anew, CPR numbers marked anew, data is not touched."""
    before = await opens(old())
    filed = [await file(before, number) for number in range(5)]
    data = await sealed_parts(before)

    report = await rotate(await opens(both()), batch=2)

    assert report.complete
    assert (report.rewrapped, report.marked) == (5, 5)
    after = await opens(new())
    await assert_all_read(after, filed)
    assert await sealed_parts(after) == data
    with pytest.raises(KeyRefused):
        await opens(old())
    with pytest.raises(NotReady, match="keys"):
        await before.check()


async def test_giving_the_new_keys_to_a_replica_changes_nothing_yet(opens: Opens) -> None:
    """Replicas get the new keys one after another; they must all read everything meanwhile."""
    first = await opens(old())
    second = await opens(both())

    filed = [await file(first, 0), await file(second, 1)]

    assert await masters_in_use(first) == {1}
    await assert_all_read(first, filed)
    await assert_all_read(second, filed)


async def test_a_rotation_that_was_killed_goes_on_where_it_was(opens: Opens) -> None:
    """AC-CRYPT-03: kill half-way, read everything, resume."""
    filed = [await file(await opens(old()), number) for number in range(10)]
    dying = DyingVault(masters=BOTH_MASTERS, indexes=BOTH_INDEXES)

    with pytest.raises(Killed):
        await rotate(await opens(dying), batch=3)

    half_way = await opens(both())
    assert await masters_in_use(half_way) == {1, 2}
    await assert_all_read(half_way, filed)
    report = await rotate(half_way, batch=3)
    assert report.complete
    assert report.rewrapped == 10 - 6  # two batches of three were kept
    await assert_all_read(await opens(new()), filed)


async def test_rotating_under_load_loses_nothing(opens: Opens) -> None:
    """AC-CRYPT-03: forms are begun, continued and sent while the keys change."""
    filed = [await file(await opens(old()), number) for number in range(10)]
    one, other = await opens(both()), await opens(both())

    async def load(worker: int) -> list[Concern]:
        sent: list[Concern] = []
        for number in range(6):
            reference = f"B2027-{worker}{number}"
            async with other.transaction() as tx:
                begun = await tx.drafts.begin(draft(PersonId(f"person {worker}")))
            async with other.transaction() as tx:
                saved = await tx.drafts.save(replace(begun, body={"seen": reference}))
            async with other.transaction() as tx:
                await tx.drafts.close(saved, keep_key=True)
                await tx.concerns.add(concern(reference, id=saved.id), parts(cpr=CPR))
                sent.append(concern(reference, id=saved.id))
        return sent

    report, loads = await asyncio.gather(
        rotate(one, batch=1), asyncio.gather(*(load(worker) for worker in range(3)))
    )
    again = await rotate(one)

    assert report.rewrapped >= 10
    assert again.complete
    sent = [each for load in loads for each in load]
    async with (await opens(new())).transaction() as tx:
        for each in sent:
            assert await tx.concerns.read(each.id, list(DataClass)) == parts(cpr=CPR)
        found = {each.id for each in await tx.concerns.with_cpr(CPR)}
        assert found == {each.id for each in (*filed, *sent)}


async def test_a_master_that_still_wraps_a_key_cannot_be_retired(opens: Opens) -> None:
    """AC-CRYPT-03: the gate is in the database itself."""
    database = await opens(old())
    await file(database, 0)

    with pytest.raises(IntegrityError):
        async with database.transaction() as tx:
            await tx.connection.execute(delete(masters))


async def test_while_the_index_changes_a_number_has_both_marks(opens: Opens) -> None:
    """AC-CRYPT-05: the double index."""
    await file(await opens(old()), 0)
    database = await opens(both())
    dying = DyingVault(masters=BOTH_MASTERS, indexes=BOTH_INDEXES)
    dying.wrapped = 6
    with pytest.raises(Killed):
        await rotate(await opens(dying))

    filed = await file(database, 1)

    async with database.transaction() as tx:
        versions = await tx.connection.scalars(
            select(cpr_marks.c.index_version).where(cpr_marks.c.concern == filed.id)
        )
        assert set(versions) == {8, 9}
        assert len(await tx.concerns.with_cpr(CPR)) == 2


async def test_rotating_twice_does_nothing_more(opens: Opens) -> None:
    database = await opens(old())
    await file(database, 0)

    report = await rotate(database)

    assert report.complete
    assert (report.rewrapped, report.marked) == (0, 0)
    async with database.transaction() as tx:
        assert await tx.drafts.of(PersonId("anna"), now=MONDAY_NOON) is None
