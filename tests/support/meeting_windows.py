"""What people do with a committee's meeting at a window: on its cards, and by typing."""

import re
from collections.abc import Mapping

from playwright.async_api import Locator, expect

from tests.support.town import DANISH
from tests.support.window import MouseWindow, without_marks

PHONE = {"width": 360, "height": 740}
LETTER_MS = 20_000
REFERENCE = re.compile(r"M\d{4}-\d{4,6}")


async def sees(window: MouseWindow, name: str, *words: str, story: str = "committee") -> None:
    """Read a card whole: all of these words, and nothing cut off."""
    await window.reads(*words)
    await window.pictured(f"{story}-{name}")
    badly = await window.seen_badly()
    assert not badly, (name, badly)


async def hears(window: MouseWindow, name: str, *words: str, story: str = "committee") -> None:
    """Be told something: letters are sent every few seconds."""
    letter = window.cards
    for each in words:
        letter = letter.filter(has_text=without_marks(each))
    await expect(letter.last).to_be_visible(timeout=LETTER_MS)
    await sees(window, name, story=story)


async def newest(window: MouseWindow) -> Locator:
    """Hold on to the newest card, also when others come after it."""
    return window.cards.nth(await window.cards.count() - 1)


async def number_of(window: MouseWindow) -> str:
    """Read the number of a meeting from the newest card."""
    await expect(window.card).to_contain_text(REFERENCE)
    found = REFERENCE.search(await window.card.inner_text())
    assert found is not None
    return found[0]


async def answers(window: MouseWindow, form: str, typed: Mapping[str, str]) -> None:
    """Answer a form by typing, one question after the other."""
    for key, answer in typed.items():
        await window.reads(DANISH(f"{form}.{key}.label"))
        await window.says(answer)


async def passes(window: MouseWindow, days: int) -> None:
    """Stand the bot's clock so many days ahead of the day it is, and go back to the chat."""
    await window.turns("Nulstil")
    await window.turns(f"+{days} dage")
    await expect(window.page.locator("#ahead")).to_contain_text(f"{days} dage")
    await window.page.locator("#toggle-tools").click()
