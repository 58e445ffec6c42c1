"""Each night: list what may soon be deleted, and delete what two people have let go of."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from domain.errors import RuleBroken
from domain.retention import Retention
from storage.database import Database
from usecases.release_case import erase_released, list_due

log = logging.getLogger(__name__)


async def list_deletions(database: Database, retention: Retention, *, now: datetime) -> None:
    """Bring the preview up to date (AC-DATA-01)."""
    async with database.transaction() as tx:
        new = await list_due(tx, retention, now=now)
    log.info("deletions listed", extra={"new": new})


async def erase_all_released(database: Database, *, folder: Path | None, now: datetime) -> None:
    """Erase each person by themselves: what is in the way of one is not in the next one's.

    :param folder: where documents are laid; those about the person go before all else does, for
        nothing would lead to them afterwards (AC-DATA-03).
    """
    async with database.transaction() as tx:
        agreed = [each for each in await tx.retention.listings() if each.agreed is not None]
    for listing in agreed:
        try:
            async with database.transaction() as tx:
                erased = await erase_released(tx, listing, now=now)
                if erased is not None and folder is not None:
                    await _remove(folder, erased.files)
        except OSError:
            log.exception("case %s is kept: its documents cannot be removed", listing.case)
            continue
        except RuleBroken as reason:
            log.info("case %s is kept: %s", listing.case, reason.code)
            continue
        if erased is None:
            log.info("case %s is kept: it waits to be filed", listing.case)
        else:
            facts = {"concerns": erased.concerns, "cards": erased.cards}
            log.info("case %s is erased", listing.case, extra=facts)


async def _remove(folder: Path, files: Sequence[str]) -> None:
    for name in files:
        await asyncio.to_thread((folder / name).unlink, missing_ok=True)
