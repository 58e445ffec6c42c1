"""Lay everybody's action cards in a folder each day, for when everything is down (BER-69)."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from cards.papers.action_cards import action_card_pdf
from cards.words import speak
from domain.people import Language
from scheduler.files import put
from storage.database import Database
from usecases.read_action_cards import PartysCard, read_action_cards

NAME: Final = "actionkort"


async def lay_action_cards(database: Database, folder: Path, now: datetime) -> None:
    """Write a card for each party, and one for each party of each plan that runs.

    Each is written whole or not at all; those of plans that run no more are taken away.

    :raises OSError: when the folder is not there, is full, or cannot be written to.
    """
    async with database.transaction() as tx:
        cards = await read_action_cards(tx)
    await asyncio.to_thread(_lay, cards, folder, now)


def _lay(cards: Sequence[PartysCard], folder: Path, now: datetime) -> None:
    laid = set()
    for each in cards:
        laid.add(name := called(each))
        put(folder / name, drawn(each, now=now))
    for old in folder.glob(f"{NAME}-*.pdf"):
        if old.name not in laid:
            old.unlink(missing_ok=True)


def called(card: PartysCard) -> str:
    """Name the file by the plan and the party: no word of anybody's.

    Plans of one template can begin on one day, each in its own area: an alert's number is its
    own, but what the calendar grew is told apart by its plan's id.
    """
    of_plan = f"-{card.reference}" if card.reference else ""
    grown = f"-{card.plan.id.hex[:8]}" if card.plan and card.plan.alert is None else ""
    return f"{NAME}{of_plan}{grown}-{card.party}.pdf"


def drawn(card: PartysCard, *, now: datetime) -> bytes:
    return action_card_pdf(
        card.card,
        party=card.party,
        plan=card.plan,
        reference=card.reference,
        names=card.names,
        made_at=now,
        say=speak(Language.DA),
    )
