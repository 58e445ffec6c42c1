"""What somebody with the owner's account can do to an audit chain of nine links."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import delete, insert, update

from domain.anchors import Anchor, written
from domain.trail import ChainKey, link, read
from domain.trail_check import Verdict
from storage.audit_rows import audit_chain
from storage.database import Database
from storage.rows import audit
from tests.integration.storage.examples import MONDAY_NOON
from tests.support.tampering import chain_of, rebuilt, tampering

DAY = timedelta(days=1)
LINKS = 9  # of the chain that the fixture `chain` holds
Act = Callable[[Database], Awaitable[None]]


async def anchor(database: Database, *, seq: int = LINKS) -> str:
    """Write an anchor at one link, as it was written then."""
    links = await chain_of(database)
    async with database.transaction() as tx:
        key = await tx.chain_keys.of(1)
    return written(Anchor(at=MONDAY_NOON, head=links[seq - 1].head), key=key)


def breaks(verdict: Verdict) -> list[str]:
    return [str(each) for each in verdict.breaks]


def changed(seq: int, **values: object) -> Act:
    async def act(database: Database) -> None:
        async with tampering(database) as connection:
            await connection.execute(
                update(audit_chain).where(audit_chain.c.seq == seq).values(**values)
            )

    return act


def removed(*seqs: int) -> Act:
    async def act(database: Database) -> None:
        async with tampering(database) as connection:
            await connection.execute(delete(audit_chain).where(audit_chain.c.seq.in_(seqs)))

    return act


def added(key: ChainKey | None = None, *, times: int = 1) -> Act:
    """Add links without our key, each well linked to the one before."""

    async def act(database: Database) -> None:
        last = (await chain_of(database))[-1]
        for _ in range(times):
            forged = link(
                read(last.event).event,
                after=last.head,
                key=key or ChainKey(1, bytes(32)),
            )
            async with tampering(database) as connection:
                await connection.execute(insert(audit_chain), asdict(forged))
            last = forged

    return act


async def swapped(database: Database) -> None:
    async with tampering(database) as connection:
        for old, new in ((4, 99), (5, 4), (99, 5)):
            await connection.execute(
                update(audit_chain).where(audit_chain.c.seq == old).values(seq=new)
            )


async def copied_to_the_end(database: Database) -> None:
    again = (await chain_of(database))[3]
    async with tampering(database) as connection:
        await connection.execute(insert(audit_chain), {**asdict(again), "seq": LINKS + 1})


async def edited_and_closed_anew_without_the_key(database: Database) -> None:
    links = await chain_of(database)
    event = links[4].event.replace(b"number", b"nombre")
    mac = ChainKey(1, bytes(32)).close(links[4].prev, event)
    await changed(5, event=event, mac=mac)(database)


async def closed_up(database: Database) -> None:
    """Remove a link, and give those after it the numbers that hide the gap."""
    async with tampering(database) as connection:
        await connection.execute(delete(audit_chain).where(audit_chain.c.seq == 5))
        for seq in range(6, LINKS + 1):
            await connection.execute(
                update(audit_chain).where(audit_chain.c.seq == seq).values(seq=seq - 1)
            )


async def wiped_and_rebuilt(database: Database) -> None:
    await rebuilt(database, at=MONDAY_NOON, links=LINKS)


async def rebuilt_longer(database: Database) -> None:
    await rebuilt(database, at=MONDAY_NOON, links=LINKS + 3)


TIRED = changed(
    5,
    event=b'{"about":"about number 5","action":"other"}',
)


EARLIER = {
    "at": MONDAY_NOON,
    "actor": None,
    "action": "earlier",
    "about": "about",
    "result": "ok",
    "purpose": "coordination",
}


async def earlier(database: Database, *actions: str) -> None:
    """Put lines where they were put before there was a chain."""
    rows: Sequence[dict[str, object]] = [{**EARLIER, "action": action} for action in actions]
    async with tampering(database) as connection:
        await connection.execute(insert(audit), rows)
