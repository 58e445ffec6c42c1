"""Look through the whole audit chain, a piece at a time, so that nobody waits for it."""

import asyncio
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.trail import ABOUT_TRAIL, BEGINNING, Checkpoint, Head, Link, read
from domain.trail_check import Anchors, Check, Harm, Verdict, broken
from storage.audit import BEGAN, OVERSIGHT
from storage.audit_before import digest_of_before
from storage.audit_rows import audit_checkpoints
from storage.database import Database, Transaction

AT_ONCE: Final = 1_000


async def verify(database: Database, *, anchors: Iterable[str], at_once: int = AT_ONCE) -> Verdict:
    """Check every link, against its neighbours, its copies and the anchors (AC-AUD-02).

    What is added while we look is looked at too, or left for the next time.
    """
    async with database.transaction() as tx:
        keys = await tx.chain_keys.all()
        checkpoint = await last_checkpoint(tx.connection)
        read_anchors = Anchors(anchors, keys=keys)
        check = Check(keys=keys, anchors=read_anchors, checkpoint=checkpoint)
        first = await tx.audit.after(0, at_most=1)
        if not await _holds_what_was_before(tx.connection, first):
            check.add(broken(Harm.BEFORE, 0))
    seen = 0
    while True:
        async with database.transaction() as tx:
            links = await tx.audit.after(seen, at_most=at_once)
        for each in links:
            check.take(each)
        if len(links) < at_once:
            return check.finish(begun=bool(keys))
        seen = links[-1].seq
        await asyncio.sleep(0)


async def last_checkpoint(connection: AsyncConnection) -> Checkpoint | None:
    """Return what the latest trim left."""
    found = await connection.execute(
        select(audit_checkpoints).order_by(audit_checkpoints.c.through.desc()).limit(1)
    )
    row = found.one_or_none()
    if row is None:
        return None
    return Checkpoint(
        through=Head(seq=row.through, mac=row.mac),
        at=row.at,
        key_version=row.key_version,
        signature=row.signature,
    )


async def _holds_what_was_before(connection: AsyncConnection, first: list[Link]) -> bool:
    """Compare the lines from before the chain with what its first event says of them.

    When that event has been trimmed away, so have they; when it is unreadable, or not there,
    the check of the links says so.
    """
    if not first:
        return True
    digest = await digest_of_before(connection)
    try:
        event = read(first[0].event).event
    except ValueError:
        return True
    if event.action == BEGAN:
        return hmac.compare_digest(event.result.encode(), digest.encode())
    return first[0].seq == 1 or digest.startswith("0:")


async def accept(tx: Transaction, verdict: Verdict, *, now: datetime) -> None:
    """Note that what was found is accepted; a chain that is gone begins anew."""
    head, version = await tx.audit.lock()
    if head is None and version:
        checkpoint = await last_checkpoint(tx.connection)
        await tx.audit.begin(at=now)
        await tx.audit.chain(
            await tx.chain_keys.of(version),
            after=BEGINNING if checkpoint is None else checkpoint.through,
        )
    await tx.audit.record(
        at=now,
        actor=None,
        action="audit.accept",
        about=ABOUT_TRAIL,
        result=str(len(verdict.breaks)),
        purpose=OVERSIGHT,
    )
