"""Scenario 6 of concern.md §5.4: a formula, a link, and a name that would turn round."""

import csv
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.chat import Card, Chat
from tests.support.organisation_changes import with_people
from tests.support.reports import REPORT
from tests.support.town import LARS, ORGANISATION, Town

FORMULA = '=HYPERLINK("http://x";"klik")'
LINK = "[klik](http://x)"
TURNED = "Max \u202eMyrekær"
OBSERVED = f"{FORMULA} og {LINK} stod der på hans væg, da vi var på besøg"
A_LINK = re.compile(r"(?<!\\)\[[^\]]*\](?<!\\)\(")
REASON = "Skal ligge i Socialforvaltningens sag"


def live_in(card: Card) -> list[str]:
    """List what a card would show as a link: Markdown in a TextBlock, or a press on text."""
    found: list[str] = []

    def look(piece: object) -> None:
        if isinstance(piece, dict):
            if piece.get("type") == "TextBlock" and A_LINK.search(str(piece.get("text"))):
                found.append(str(piece["text"]))
            if piece.get("type") == "TextRun" and "selectAction" in piece:
                found.append(str(piece))
            if piece.get("type") == "Action.OpenUrl" and "http://x" in str(piece):
                found.append(str(piece))
            for each in piece.values():
                look(each)
        if isinstance(piece, list):
            for each in piece:
                look(each)

    look(card)
    return found


def written(folder: Path, name: str) -> bytes:
    """Read the one file of this name that the house wrote there."""
    [file] = folder.glob(name)
    return file.read_bytes()


@pytest.fixture
async def case(town: Town, tmp_path: Path, anna: Chat, bo: Chat) -> str:
    """Anna's concern with all of it, taken up, and the number of its case."""
    town.settings = replace(
        town.settings, export_folder=str(tmp_path), call_list_folder=str(tmp_path)
    )
    await town.restarts()
    concern = await anna.reports({**REPORT, "name": TURNED, "observed": OBSERVED})
    assert OBSERVED in await bo.opens(concern)
    await bo.presses("concern.take_up")
    opened = await bo.types(f"opret sag {concern}")
    found = re.search(r"(?<!B)2026-\d{4}", opened)
    assert found is not None
    return found[0]


async def test_it_is_shown_as_it_was_typed(case: str, anna: Chat, bo: Chat, dorte: Chat) -> None:
    """AC-OUT-01, AC-OUT-02: on every card of the reporter, the facilitator and the Secretariat."""
    await bo.types(f"sag {case}")
    assert "Max Myrekær" in await bo.types(f"nej {case}")
    await bo.types(f"historik {case}")
    await dorte.types("søg myrekær")

    for who in (anna, bo, dorte):
        for message in who.messages():
            card = who.card(message)
            assert not live_in(card)
            assert "\\u202e" not in json.dumps(card)
            assert "\u202e" not in message.text + message.summary


async def test_it_is_text_in_a_document(
    town: Town, case: str, tmp_path: Path, dorte: Chat
) -> None:
    """AC-OUT-01 to 04: nothing to press, and nothing that turns the line round."""
    for said in (f"sag {case}", f"nej {case}", f"udtræk {case}"):
        await dorte.types(said)
    await dorte.presses("form.next", reason=f"{FORMULA} {REASON}")
    for _ in range(2):
        await town.passes(timedelta())

    page = written(tmp_path, f"{case}-*.html").decode()
    assert "=HYPERLINK(&quot;http://x&quot;;&quot;klik&quot;)" in page
    assert "<a " not in page
    assert "http://x" not in re.sub(r"<dd>.*?</dd>", "", page, flags=re.DOTALL)
    assert "Max Myrekær" in page
    assert "\u202e" not in page


@pytest.mark.usefixtures("case")
async def test_it_is_text_in_a_table(town: Town, tmp_path: Path) -> None:
    """AC-OUT-03: a register that somebody wrote a formula into, in Danish Excel."""
    await town.reorganises(with_people(ORGANISATION, replace(LARS, name=FORMULA)))
    for _ in range(3):
        await town.passes(timedelta(days=1))

    table = written(tmp_path, "ringeliste.csv").decode("utf-8-sig")
    rows = list(csv.reader(table.splitlines(), delimiter=";"))
    assert any(FORMULA in cell for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith("=")]
