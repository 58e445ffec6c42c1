"""The printed call list: there each day, whole, and harmless to open (BER-69, BER-70)."""

import csv
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from domain.people import Seat
from scheduler.print_call_list import print_call_list
from storage.database import Database
from storage.vault import Vault
from tests.support.organisation_changes import with_leader, with_people
from tests.support.town import (
    CARL,
    DANISH,
    DENNIS,
    DORTE,
    EVA,
    INDEX_KEY,
    MASTER_KEY,
    MONDAY_NOON,
    ORGANISATION,
    SOFIE,
)

NASTY = "=1+1 <script>alert(1)</script> & Søn"
HEADINGS = {"h1", "h2", "h3"}


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Eva and Carl lead in Valby, Sofie stands in for Eva; Eva has a strange name."""
    opened = Database(database_url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await opened.open()
    eva = replace(EVA, name=NASTY, phone="+45 00 00 00 09")
    register = with_leader(with_people(ORGANISATION, eva), EVA, CARL, SOFIE)
    seats = [
        replace(each, seat=Seat.SUBSTITUTE)
        if each.committee == "LG3" and each.person == SOFIE.id
        else each
        for each in register.memberships
    ]
    async with opened.transaction() as tx:
        await tx.organisation.replace(replace(register, memberships=seats))
    yield opened
    await opened.dispose()


class Reader(HTMLParser):
    """Reads the headings and the cells of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags = [""]
        self.headings: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags[-1] in HEADINGS:
            self.headings.append(data.strip())
        if self.tags[-1] == "td":
            self.cells.append(data)


def files_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


async def test_names_who_leads_and_where_with_a_box_to_tick(
    database: Database, tmp_path: Path
) -> None:
    await print_call_list(database, tmp_path, MONDAY_NOON)

    page = (tmp_path / "ringeliste.html").read_text(encoding="utf-8")
    read = Reader()
    read.feed(page)
    assert [each for each in read.headings if each] == [
        DANISH("printed.title"),
        DANISH("printed.secretariat"),
        DANISH("printed.whole_city"),
        DANISH("authority.SOF"),
        "Valby",
        DANISH("authority.KP"),
        "Valby",
    ]
    stands_in = DANISH("printed.stands_in", name=SOFIE.name)
    names = [NASTY, DORTE.name, DENNIS.name, CARL.name, stands_in]
    assert all(name in read.cells for name in names)
    assert read.cells.count("☐") == len(names) + 1  # Eva leads in two places
    assert "script" not in read.tags
    assert "mandag 2. marts 2026 kl. 12.00" in page
    assert "size: A4" in page
    assert "counter(page)" in page


async def test_is_a_table_that_a_spreadsheet_opens_as_it_should(
    database: Database, tmp_path: Path
) -> None:
    """BER-70: UTF-8 with its mark, semicolons, and nothing that is calculated."""
    await print_call_list(database, tmp_path, MONDAY_NOON)

    written = (tmp_path / "ringeliste.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(written.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][2] == DANISH("printed.name")
    [eva] = [row for row in rows if row[4] == "+45 00 00 00 09"]
    assert eva[:3] == [DANISH("authority.SOF"), "Valby", f"'{NASTY}"]
    assert not [cell for row in rows for cell in row if re.match(r"[=@\t-]", cell)]


async def test_takes_the_place_of_yesterdays_and_leaves_nothing_else(
    database: Database, tmp_path: Path
) -> None:
    await print_call_list(database, tmp_path, MONDAY_NOON)
    await print_call_list(database, tmp_path, MONDAY_NOON + timedelta(days=1))

    assert files_in(tmp_path) == [
        "ringeliste.csv",
        "ringeliste.html",
        "ringeliste.pdf",
    ]
    assert "tirsdag 3. marts 2026" in (tmp_path / "ringeliste.html").read_text(encoding="utf-8")


async def test_says_so_when_the_folder_is_not_there(database: Database, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await print_call_list(database, tmp_path / "nowhere", MONDAY_NOON)
