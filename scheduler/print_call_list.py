"""Lay the call list in a folder each day, so that it is there when everything is down (BER-69)."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Final

from cards.call_list import as_csv, printed
from cards.words import speak
from domain.people import Language
from scheduler.files import put
from storage.database import Database
from usecases.print_call_list import read_call_sheet

NAME: Final = "ringeliste"


async def print_call_list(database: Database, folder: Path, now: datetime) -> None:
    """Write `ringeliste.html` and `ringeliste.csv`, each whole or not at all.

    :raises OSError: when the folder is not there, is full, or cannot be written to.
    """
    async with database.transaction() as tx:
        sections = await read_call_sheet(tx)
    say = speak(Language.DA)
    pages = {".html": printed(sections, at=now, say=say), ".csv": as_csv(sections, say=say)}
    for suffix, text in pages.items():
        await asyncio.to_thread(put, folder / f"{NAME}{suffix}", text)
