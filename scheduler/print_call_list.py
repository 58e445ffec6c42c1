"""Lay the call list in a folder each day, so that it is there when everything is down (BER-69)."""

import asyncio
import os
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from cards.call_list import as_csv, printed
from cards.words import speak
from domain.people import Language
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
        await asyncio.to_thread(_write, folder / f"{NAME}{suffix}", text)


def _write(file: Path, text: str) -> None:
    """Put a new file in the place of the old one, once all of it is on the disk."""
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as new:
        try:
            new.write(text.encode())
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(file)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
