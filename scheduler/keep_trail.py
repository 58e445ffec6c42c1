"""Anchor the audit chain outside the database each hour, and check all of it each day."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path
from typing import Final

from domain.anchors import Anchor, written
from domain.trail import ABOUT_CHECKS
from domain.trail_check import Verdict
from domain.troubles import Trouble, TroubleCode
from storage.anchor_file import add_line, lines_of
from storage.audit import OVERSIGHT
from storage.database import Database, Transaction
from storage.verifying import verify

HOLDS: Final = "ok"

log = logging.getLogger(__name__)
security = logging.getLogger("security")


async def anchor_trail(
    database: Database,
    file: Path | None,
    *,
    now: datetime,
    accepted: frozenset[str] | None = None,
) -> None:
    """Log where the chain stands, signed, and write the same to the file of anchors.

    Each is an anchor: the log goes to the operator's log store, the file may be on a disk that
    can only be added to. A chain that has not begun has none.

    :param accepted: what has been found wrong with it, and is accepted from now on.
    :raises OSError: when the file cannot be written.
    """
    async with database.transaction() as tx:
        last, keys = await tx.audit.last(), await tx.chain_keys.all()
    if last is None:
        return
    anchor = Anchor(at=now, head=last.head, accepted=accepted)
    line = written(anchor, key=keys[max(keys)])
    log.info("audit anchored", extra={"seq": last.seq, "mac": last.mac.hex(), "about": "audit"})
    if file is not None:
        await asyncio.to_thread(add_line, file, line)


async def check_trail(database: Database, file: Path | None, *, now: datetime) -> Verdict:
    """Check the whole chain against its anchors, and keep what came of it (AC-AUD-07).

    The auditor reads that, shows it at `/readyz` and tells DPO and head of secretariat.

    :raises OSError: when the file of anchors cannot be read.
    """
    anchors = [] if file is None else await asyncio.to_thread(lines_of, file)
    verdict = await verify(database, anchors=anchors)
    for each in verdict.breaks:
        security.error(
            "audit.broken", extra={"actor": "", "about": str(each), "result": each.harm}
        )
    async with database.transaction() as tx:
        await tx.audit.record(
            at=now,
            actor=None,
            action="audit.check",
            about=ABOUT_CHECKS,
            result=HOLDS if verdict.holds else str(len(verdict.breaks)),
            purpose=OVERSIGHT,
        )
    return verdict


async def broken_trail(tx: Transaction, _now: datetime) -> Trouble | None:
    """Say what the last check found; nothing when it found nothing, or there was none yet."""
    checked = await tx.audit.latest(ABOUT_CHECKS)
    if checked is None or checked.result == HOLDS:
        return None
    return Trouble(code=TroubleCode.AUDIT_BROKEN, count=int(checked.result), since=checked.at)
