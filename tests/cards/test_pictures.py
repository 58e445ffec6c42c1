"""Every card in every state, drawn as Teams draws it: on a phone and a desktop, light and dark."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pytest
import pytest_asyncio

from tests.cards.guests import Gallery
from tests.cards.studio import Studio, distinct
from tests.support.browser import chromium, window
from tests.support.repository import ROOT

PICTURES = ROOT / "out" / "cards"
PHONE, DESKTOP = 340, 560  # px
THEMES = ("light", "dark")
LOOKS = (("light", PHONE), ("dark", DESKTOP))
ON_A_WALL = 8  # cards
WALL = 1350  # px
Cards = Mapping[str, Mapping[str, Any]]


@pytest_asyncio.fixture
async def studio() -> AsyncIterator[Studio]:
    async with chromium() as browser, window(browser, width=WALL, height=800) as page:
        yield Studio(page=page)


@pytest.fixture
def cards(galleries: Sequence[Gallery]) -> Cards:
    """What there is to draw, by language and name."""
    named = {
        f"{each.language} {each.name}": each.card
        for gallery in galleries
        for each in gallery.exhibits
        if each.card
    }
    return distinct(named)


async def test_nothing_is_cut_off_or_hard_to_read_on_any_card(
    studio: Studio, cards: Cards
) -> None:
    """AC-OUT-01: what people wrote makes no link and no picture either."""
    for theme in THEMES:
        await studio.light(theme)
        assert not await studio.look(cards, width=PHONE, audit=True)
        assert not await studio.look(cards, width=DESKTOP, audit=False)


async def test_every_card_has_its_picture_taken(studio: Studio, cards: Cards) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for theme, width in LOOKS:
        await studio.light(theme)
        for number, some in enumerate(_walls(cards), start=1):
            picture = PICTURES / f"{number:02}.{theme}.{width}.png"
            await studio.take(some, width=width, to=picture)

            assert picture.stat().st_size


def _walls(cards: Cards) -> Iterator[Cards]:
    """Hang a few cards beside each other, in the order of their stories."""
    names = iter(cards)
    while some := list(islice(names, ON_A_WALL)):
        yield {name: cards[name] for name in some}
