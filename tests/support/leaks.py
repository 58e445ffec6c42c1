"""Everywhere that what was confided must not be, and what of it is there."""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from localteams import drawn
from tests.integration.storage.raw import everything_stored
from tests.support.town import Town

MARK = b"kanarie"
AROUND = re.compile(rb"kanarie[a-z]*")
CPR = "0405114321"
NUMBERS = (CPR.encode(), b"040511-4321")


def spellings(word: bytes) -> set[bytes]:
    """Spell a word in the ways something might write it: plain, hex, UTF-16, base64."""
    text = word.decode()
    coded = [base64.b64encode(b"x" * n + word)[4 if n else 0 : -4] for n in range(3)]
    wide = text.encode("utf-16-le")
    return {word, word.hex().encode(), wide, text.encode("utf-16-be"), wide.hex().encode(), *coded}


def leaked(said: bytes) -> set[str]:
    """Find what was confided in these bytes: the canaries, or how one is written there."""
    found = {each.decode() for each in AROUND.findall(said.lower())}
    for word in (MARK, MARK.title(), *NUMBERS):
        found |= {
            each.decode(errors="replace")
            for each in spellings(word) - {MARK, MARK.title()}
            if each in said or (each.isalnum() and each.upper() in said)
        }
    return found


def leaks(places: Mapping[str, str | bytes]) -> dict[str, set[str]]:
    """Name the places where something confided is, and what."""
    found = {
        place: leaked(said if isinstance(said, bytes) else said.encode())
        for place, said in places.items()
    }
    return {place: words for place, words in found.items() if words}


async def kept(town: Town) -> dict[str, bytes]:
    """Give what lies in the database: files, logs of changes, and every row as a dump has it."""
    return {"database": await everything_stored(town.house.database, town.settings.database_url)}


def sent(town: Town) -> dict[str, str]:
    """Give what others may see of what the bot sent: telephones, channels, addresses, buttons."""
    world = town.teams.world
    ours = [each for each in world.messages.values() if each.sender is None]
    cards = [card for each in ours for card in (each.card, *each.views.values()) if card]
    private = {each.id for each in world.conversations.values() if each.kind == "personal"}
    return {
        "notifications": _lines(each.summary for each in ours),
        "channels and group chats": _lines(
            _lines([each.text, each.summary, json.dumps([each.card, each.views])])
            for each in ours
            if each.conversation not in private
        ),
        "buttons": json.dumps([button for card in cards for button in _pressed(card)]),
        "addresses": _lines(each.path for each in town.teams.wire.exchanges),
    }


def _pressed(card: dict[str, object]) -> list[dict[str, object]]:
    """Give what each button of a card does and carries, and what a refresh would send."""
    return [*drawn.buttons(card), {"refresh": card.get("refresh")}]


def laid_in(folder: Path) -> dict[str, str]:
    """Give what a folder tells of its files, and what mailboxes are sent of them (MTG-20)."""
    return {
        "names of files": _lines(str(each) for each in folder.rglob("*")),
        "calendars": _lines(each.read_text() for each in folder.rglob("*.ics")),
    }


def _lines(said: Iterable[str]) -> str:
    return "\n".join(said)
