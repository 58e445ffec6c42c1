"""Lay the register where it was asked for: one file with all of it as CSV and as YAML."""

import asyncio
import io
import logging
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from domain.exports import Export, ExportKind
from domain.notices import Notice, NoticeKind
from domain.people import Organisation
from scheduler.files import put
from storage.database import Database, Transaction
from usecases.csv_register import organisation_to_csv
from usecases.export_register import register_for
from usecases.write_organisation import organisation_to_yaml

AS_YAML = "organisation.yaml"

log = logging.getLogger(__name__)


async def lay_registers(database: Database, *, folder: Path | None, now: datetime) -> None:
    """Write what waits; whoever asked is told where it lies, or why not.

    :param folder: where they are laid; None where no folder has been named.
    """
    async with database.transaction() as tx:
        waiting = await tx.exports.waiting(ExportKind.REGISTER)
    for each in waiting:
        try:
            async with database.transaction() as tx:
                await _lay(tx, each, folder=folder, now=now)
        except OSError:
            log.exception("export %s could not be written; it is tried again", each.id)


async def _lay(tx: Transaction, export: Export, *, folder: Path | None, now: datetime) -> None:
    organisation = None if folder is None else await register_for(tx, export, now=now)
    if folder is None or organisation is None:
        why_not = "no_folder" if folder is None else "not_permitted"
        await tx.exports.refused(export.id, why_not=why_not)
    else:
        name = f"register-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{export.id.hex[:8]}.zip"
        await asyncio.to_thread(put, folder / name, packed(organisation))
        await tx.exports.laid(export.id, file=name, at=now)
    laid = Notice(kind=NoticeKind.REGISTER_LAID, about=export.id, due_at=now, person=export.by)
    await tx.outbox.add([laid])


def packed(organisation: Organisation) -> bytes:
    """Pack the register: its four tables, and the same as one page of YAML."""
    pack = io.BytesIO()
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as files:
        for name, content in organisation_to_csv(organisation).items():
            files.writestr(name, content)
        files.writestr(AS_YAML, organisation_to_yaml(organisation))
    return pack.getvalue()
