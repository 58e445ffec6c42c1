"""Lay the call list in a folder each day, so that it is there when everything is down (BER-69)."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Final

from cards.call_list import as_csv, printed
from cards.papers.readiness import call_list_pdf
from cards.words import speak
from domain.people import Language
from scheduler.files import put
from storage.database import Database
from usecases.print_call_list import read_call_sheet

NAME: Final = "ringeliste"


async def print_call_list(database: Database, folder: Path, now: datetime) -> None:
    """Write `ringeliste.pdf`, `.html` and `.csv`, each whole or not at all.

    :raises OSError: when the folder is not there, is full, or cannot be written to.
    """
    async with database.transaction() as tx:
        sections = await read_call_sheet(tx)
    say = speak(Language.DA)

    def lay() -> None:
        put(folder / f"{NAME}.html", printed(sections, at=now, say=say))
        put(folder / f"{NAME}.csv", as_csv(sections, say=say))
        put(folder / f"{NAME}.pdf", call_list_pdf(sections, made_at=now, say=say))

    await asyncio.to_thread(lay)
