"""Lay the documents that were asked for: each is read, written and settled by itself."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from domain.exports import LIES_FOR, Export, ExportKind
from domain.notices import Notice, NoticeKind
from scheduler.files import put
from storage.database import Database, Transaction

TRIED_FOR: Final = timedelta(minutes=10)

log = logging.getLogger(__name__)


class File(NamedTuple):
    """What a file is called, and what is in it."""

    name: str
    content: bytes


Make = Callable[[], Sequence[File]]
Read = Callable[[Transaction, Export, datetime], Awaitable[Make | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a kind of document is made.

    `read` gives what writes its files, away from the database, or None where who asked may not
    have it; `tells` is the letter they get. What is `handed_out` in the tab, to nobody but who
    asked, needs no folder.
    """

    read: Read
    tells: NoticeKind
    handed_out: bool = False


async def lay(
    database: Database,
    kinds: Mapping[ExportKind, Kind],
    *,
    folder: Path | None,
    now: datetime,
) -> None:
    """Lay what waits, the oldest first; whoever asked is told where it is, or why it is not.

    One that fails holds up no other. It is tried again for ten minutes, and then refused.

    :param folder: where they are laid; None where no folder has been named.
    """
    async with database.transaction() as tx:
        waiting = await tx.exports.waiting(kinds)
    for each in waiting:
        kind = kinds[each.kind]
        try:
            files, why_not = await _made(database, each, kind, folder=folder, now=now)
        except Exception:
            log.exception("export %s could not be written", each.id)
            if now - each.at < TRIED_FOR:
                continue
            files, why_not = "", "failed"
        async with database.transaction() as tx:
            if await tx.exports.settle(each.id, files=files, why_not=why_not, at=now):
                told = Notice(kind=kind.tells, about=each.id, due_at=now, person=each.by)
                await tx.outbox.add([told])


async def _made(
    database: Database, export: Export, kind: Kind, *, folder: Path | None, now: datetime
) -> tuple[str, str | None]:
    """Write the files into the folder, and name those that lie there, or say why not.

    The folder is the Secretariat's: what is handed out lies there for the Secretariat alone.
    """
    if folder is None and not kind.handed_out:
        return "", "no_folder"
    async with database.transaction() as tx:
        make = await kind.read(tx, export, now)
        reads_folder = not kind.handed_out or (await tx.people.get(export.by)).in_secretariat
    if make is None:
        return "", "not_permitted"
    if folder is None or not reads_folder:
        return "", None
    files = await asyncio.to_thread(make)
    for file in files:
        await asyncio.to_thread(put, folder / file.name, file.content)
    return " ".join(file.name for file in files), None


def called(stem: str, export: Export, suffix: str) -> str:
    """Name a file by a number, the moment it was asked for and its id: no word of anybody's.

    It is the same at every try, and no two have the same (AC-OUT-04, MTG-20).
    """
    moment = f"{export.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{stem}-{moment}-{export.id.hex[:8]}.{suffix}"


async def clear_documents(database: Database, folder: Path, *, now: datetime) -> None:
    """Remove every document that has lain there for two weeks: whoever needs it has it.

    :raises OSError: when one cannot be removed.
    """
    async with database.transaction() as tx:
        names = await tx.exports.laid_before(now - LIES_FOR)
    for name in (file for each in names for file in each.split()):
        await asyncio.to_thread((folder / name).unlink, missing_ok=True)
