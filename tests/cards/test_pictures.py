"""Every card in every state, drawn as Teams draws it: on a phone and a desktop, light and dark."""

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pytest
import pytest_asyncio

from domain.people import Language
from tests.cards.guests import Gallery
from tests.cards.studio import CONTRAST, WCAG, Studio, distinct, unlike
from tests.support.browser import chromium, window
from tests.support.repository import ROOT

PICTURES = ROOT / "out" / "cards"
PHONE, DESKTOP = 340, 560  # px
ON_A_WALL = 8  # cards
WALL = 1350  # px
Cards = Mapping[str, Mapping[str, Any]]


@pytest_asyncio.fixture
async def studio() -> AsyncIterator[Studio]:
    async with chromium() as browser, window(browser, width=WALL, height=800) as page:
        yield Studio(page=page)


@pytest.fixture
def cards(galleries: Sequence[Gallery]) -> Mapping[Language, Cards]:
    """What there is to draw, by language and name."""
    return {
        gallery.language: distinct({e.name: e.card for e in gallery.exhibits if e.card})
        for gallery in galleries
    }


async def test_what_is_cut_off_or_hard_to_read_is_noticed(studio: Studio) -> None:
    await studio.light("light")
    pieces: Mapping[str, Mapping[str, Any]] = {
        "cut off": {"type": "TextBlock", "text": "ord " * 99},
        "image-alt": {"type": "Image", "url": "data:image/gif;base64,R0lGODlhAQABAAAAADs="},
    }
    cards = {
        name: {"type": "AdaptiveCard", "version": "1.5", "body": [piece]}
        for name, piece in pieces.items()
    }

    seen = await studio.look(cards, width=PHONE, audit=WCAG)

    assert all(any(name in each for each in seen[name]) for name in pieces), seen


async def test_nothing_is_cut_off_on_any_card(
    studio: Studio, cards: Mapping[Language, Cards]
) -> None:
    """AC-OUT-01: what people wrote makes no link and no picture either."""
    await studio.light("light")
    for some in cards.values():
        assert not await studio.look(some, width=PHONE)
    assert not await studio.look(cards[Language.DA], width=DESKTOP)


@pytest.mark.parametrize(("theme", "audit"), [("light", WCAG), ("dark", CONTRAST)])
async def test_nothing_is_hard_to_read_on_any_card(
    studio: Studio, cards: Mapping[Language, Cards], theme: str, audit: Collection[str]
) -> None:
    """What axe looks at is the same whatever is said, and all but contrast in every theme."""
    await studio.light(theme)

    assert not await studio.look(unlike(cards[Language.DA]), width=PHONE, audit=audit)


@pytest.mark.parametrize(("theme", "width"), [("light", PHONE), ("dark", DESKTOP)])
async def test_every_kind_of_card_has_its_picture_taken(
    studio: Studio, cards: Mapping[Language, Cards], theme: str, width: int
) -> None:
    """Of cards that are built alike, one is looked at; that none is cut off is tested above."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    await studio.light(theme)
    for number, some in enumerate(_walls(unlike(cards[Language.DA])), start=1):
        picture = PICTURES / f"{theme}-{width}-{number:02}.png"
        await studio.take(some, width=width, to=picture)

        assert picture.stat().st_size


def _walls(cards: Cards) -> Iterator[Cards]:
    """Hang a few cards beside each other, in the order of their stories."""
    names = iter(cards)
    while some := list(islice(names, ON_A_WALL)):
        yield {name: cards[name] for name in some}
