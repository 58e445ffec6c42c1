"""The register, asked for as files: one with all of it as CSV and as YAML."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from domain.exports import Export, ExportKind
from domain.notices import NoticeKind
from domain.people import Organisation
from scheduler.lay import File, Kind, Make, called
from storage.database import Transaction
from usecases.csv_register import organisation_to_csv
from usecases.export_register import register_for
from usecases.write_organisation import organisation_to_yaml

AS_YAML = "organisation.yaml"


async def _read(tx: Transaction, export: Export, now: datetime) -> Make | None:
    organisation = await register_for(tx, export, now=now)
    if organisation is None:
        return None
    return lambda: [File(called("register", export, "zip"), packed(organisation))]


def packed(organisation: Organisation) -> bytes:
    """Pack the register: its four tables, and the same as one page of YAML."""
    pack = io.BytesIO()
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as files:
        for name, content in organisation_to_csv(organisation).items():
            files.writestr(name, content)
        files.writestr(AS_YAML, organisation_to_yaml(organisation))
    return pack.getvalue()


REGISTERS: Final[Mapping[ExportKind, Kind]] = {
    ExportKind.REGISTER: Kind(read=_read, tells=NoticeKind.REGISTER_LAID)
}
