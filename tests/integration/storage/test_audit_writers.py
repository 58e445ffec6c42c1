"""Many who write to the audit chain at once: one chain, without a gap or a fork (AC-AUD-03)."""

import asyncio
from asyncio.subprocess import DEVNULL, PIPE

from devtools.environment import ROOT, python
from storage.database import Database
from storage.verifying import verify
from tests.integration.storage.conftest import Opens
from tests.integration.storage.examples import MONDAY_NOON, vault
from tests.support.tampering import chain_of, did
from tests.support.trail import audited

AT_ONCE = 50
PROCESSES, EACH = 3, 20
WRITER = """
import asyncio, sys
from storage.database import Database
from tests.integration.storage.examples import MONDAY_NOON, vault
from tests.support.tampering import did

async def write(url, name, times):
    database = Database(url, vault())
    await database.open()
    await asyncio.gather(
        *(did(database, f"{name}-{number}", at=MONDAY_NOON) for number in range(times))
    )
    await database.dispose()

asyncio.run(write(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


async def test_fifty_transactions_at_once_make_one_gapless_chain(
    database: Database, opens: Opens
) -> None:
    """AC-AUD-03: on four replicas, from the very first event."""
    replicas = [database, *[await opens(vault()) for _ in range(3)]]

    await asyncio.gather(
        *(
            did(replicas[number % len(replicas)], f"number {number}", at=MONDAY_NOON)
            for number in range(AT_ONCE)
        )
    )

    assert [each.seq for each in await chain_of(database)] == list(range(1, AT_ONCE + 2))
    assert (await verify(database, anchors=[])).holds
    async with database.transaction() as tx:
        assert {each.action for each in await audited(tx)} == {
            f"number {number}" for number in range(AT_ONCE)
        }


async def test_so_do_several_processes(database: Database, database_url: str) -> None:
    """AC-AUD-03."""
    writers = [
        await asyncio.create_subprocess_exec(
            *(python(), "-c", WRITER, database_url, f"process {number}", str(EACH)),
            cwd=ROOT,
            stdout=DEVNULL,
            stderr=PIPE,
        )
        for number in range(PROCESSES)
    ]
    said = await asyncio.gather(*(each.communicate() for each in writers))

    assert [each.returncode for each in writers] == [0] * PROCESSES, said
    assert [each.seq for each in await chain_of(database)] == list(range(1, PROCESSES * EACH + 2))
    assert (await verify(database, anchors=[])).holds


async def test_transactions_that_hold_other_things_do_not_wait_for_each_other_in_a_circle(
    database: Database, opens: Opens
) -> None:
    """The chain is the last thing locked: who holds it waits for nobody."""
    replicas = [database, await opens(vault())]

    async def counts(number: int) -> None:
        async with replicas[number % 2].transaction() as tx:
            await tx.audit.record(
                at=MONDAY_NOON,
                actor=None,
                action="count",
                about=str(number),
                result="ok",
                purpose="coordination",
            )
            await tx.counters.count("effects", "2026")

    await asyncio.gather(*(counts(number) for number in range(AT_ONCE)))

    async with database.transaction() as tx:
        assert await tx.counters.value("effects", "2026") == AT_ONCE
    assert (await verify(database, anchors=[])).holds
