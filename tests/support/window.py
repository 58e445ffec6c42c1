"""A window on the page, and the two ways to use it: with a mouse, and with a keyboard."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, TypedDict

from playwright.async_api import Browser, Locator, Page, expect

from devtools.environment import PAGE, ROOT
from devtools.house import House
from dialogs.concern_report import CONCERN_REPORT
from dialogs.fields import AreaChoice, Choice, Day, Several
from tests.support.browser import window
from tests.support.town import DANISH

PICTURES = ROOT / "out" / "browser"
AXE = PAGE / "node_modules" / "axe-core" / "axe.min.js"
REFERENCE = re.compile(r"B\d{4}-\d{4,6}")
CASE_REFERENCE = re.compile(r"(?<!B)\b\d{4}-\d{4,6}")
HANDS = """
  for (const [event, hand] of [["keydown", "keys"], ["pointerdown", "pointers"]])
    addEventListener(event, () => {
      sessionStorage[hand] = Number(sessionStorage[hand] ?? 0) + 1;
    }, { capture: true });
"""
HANDS_USED = "() => ['keys', 'pointers'].filter((hand) => hand in sessionStorage)"
SEEN_BADLY = (Path(__file__).parent / "seen_badly.js").read_text(encoding="utf-8")
MOST_TABS = 40
Hand = Literal["keys", "pointers"]


class Finding(TypedDict):
    """What axe minds."""

    id: str
    impact: str
    nodes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What somebody sees."""

    page: Page
    house: House

    @property
    def cards(self) -> Locator:
        """The cards in the conversation, the newest last."""
        return self.page.locator(".message .card")

    @property
    def card(self) -> Locator:
        """The newest card."""
        return self.cards.last

    @property
    def from_bot(self) -> Locator:
        return self.page.locator(".message:not(.mine)")

    async def reads(self, *words: str, card: Locator | None = None) -> None:
        """Wait until a card, or the one given, says all of this: a letter may come after it."""
        found = card or self.cards
        for each in words:
            found = found.filter(has_text=without_marks(each))
        await expect(found.last).to_be_visible()

    async def reference(self) -> str:
        """Read the number of the concern from the newest card."""
        return await self._number(REFERENCE)

    async def case(self) -> str:
        """Read the number of a case from the newest card."""
        return await self._number(CASE_REFERENCE)

    async def _number(self, pattern: re.Pattern[str]) -> str:
        await expect(self.card).to_contain_text(pattern)
        found = pattern.search(await self.card.inner_text())
        assert found is not None
        return found[0]

    async def step(self, key: str) -> None:
        """Wait until the newest card asks this step of the concern form."""
        title = DANISH(f"concern.step.{key}")
        await expect(self.card.get_by_role("heading", name=title, exact=True)).to_be_visible()

    def question(self, key: str) -> Locator:
        """Find what takes the answer to a question of the concern form on the newest card."""
        field = CONCERN_REPORT.fields()[key]
        label = DANISH(f"concern.{key}.label")
        skippable = field.optional and not isinstance(field.kind, Several)
        name = DANISH("form.optional", label=label) if skippable else label
        match field.kind:
            case Several():
                return self.card.get_by_role("group", name=name, exact=True)
            case Choice():
                return self.card.get_by_role("radiogroup", name=name, exact=True)
            case _:
                return self.card.get_by_label(name, exact=True)

    def button(self, title: str, *, on: Locator | None = None) -> Locator:
        """Find a button on the newest card that has it: a letter may have come after it."""
        return (on or self.cards).get_by_role("button", name=title, exact=True).last

    def row(self, conversation: str) -> Locator:
        """Find a chat or a channel in the list."""
        return self.page.locator("#list").get_by_role("button", name=conversation)

    async def hands(self) -> list[Hand]:
        """Tell which hands were used in this window since it was opened."""
        used: list[Hand] = await self.page.evaluate(HANDS_USED)
        return used

    async def seen_badly(self) -> list[str]:
        """List what is cut off, or makes the page scroll sideways."""
        found: list[str] = await self.page.evaluate(SEEN_BADLY)
        return found

    async def serious(self) -> list[Finding]:
        """Ask axe for what would keep somebody from using the page."""
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[Finding] = await self.page.evaluate(
            """async () => (await axe.run()).violations
                .filter(({ impact }) => ["serious", "critical"].includes(impact))
                .map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((n) => n.html) }))
            """
        )
        return found

    async def pictured(self, name: str) -> None:
        """Keep a picture for whoever wants to look."""
        await self.page.screenshot(path=PICTURES / f"{name}.png")


class MouseWindow(Window):
    """Someone who clicks. Words are put in without touching a key, as dictation does."""

    async def chooses(self, name: str) -> Self:
        """Become somebody."""
        await self.page.goto(self.house.address)
        await self._puts(name, self.page.get_by_role("combobox"))
        await self.page.get_by_role("option", name=name).click()
        await expect(self.page.locator("#who")).to_contain_text(name)
        return self

    async def presses(self, title: str, *, card: Locator | None = None) -> None:
        """Press a button on the newest card with it, or on the one given; wait for the answer."""
        await self.button(title, on=card).click()
        await expect(self.page.locator('.card[aria-busy="true"]')).to_have_count(0)

    async def ticks(self, title: str, *, under: Locator) -> None:
        await under.get_by_text(title, exact=True).click()

    async def writes(self, text: str, *, under: Locator) -> None:
        await self._puts(text, under)

    async def does(self, step: str, answers: Mapping[str, str]) -> None:
        """Answer what a step asks and go on; do the same for what that makes it ask."""
        await self.step(step)
        asked = await self._asked(step, answers)
        while asked:
            for key in asked:
                await self.fills(key, answers[key])
            await self.presses(DANISH("button.form.next"))
            answers = {key: value for key, value in answers.items() if key not in asked}
            asked = await self._asked(step, answers)

    async def _asked(self, step: str, answers: Mapping[str, str]) -> list[str]:
        keys = [field.key for field in CONCERN_REPORT.step(step).fields if field.key in answers]
        return [key for key in keys if await self.question(key).count()]

    async def fills(self, key: str, answer: str) -> None:
        """Answer one question of the concern form, as its kind of input asks for it."""
        kind, asked = CONCERN_REPORT.fields()[key].kind, self.question(key)
        match kind:
            case Choice() | Several():
                await self.ticks(kind.options(DANISH)[answer], under=asked)
            case AreaChoice():
                await asked.select_option(kind.options(DANISH)[answer])
            case Day():
                await asked.fill(answer)
            case _:
                await self.writes(answer, under=asked)

    async def says(self, text: str) -> None:
        """Write in the chat and wait for the bot's answer."""
        before = await self.from_bot.count()
        await self._puts(text, self.page.get_by_label("Skriv en besked"))
        await self.page.get_by_role("button", name="Send", exact=True).last.click()
        await expect(self.from_bot.nth(before)).to_be_attached()

    async def opens(self, conversation: str) -> None:
        """Open a chat or a channel."""
        await self.row(conversation).click()
        await expect(self.page.locator(".chat-head")).to_contain_text(conversation)

    async def turns(self, words: str) -> None:
        """Press a button in the side panel, opening that first."""
        panel = self.page.locator("#tools")
        if not await panel.is_visible():
            await self.page.locator("#toggle-tools").click()
        await panel.get_by_role("button", name=words, exact=True).click()

    async def meets(self, name: str) -> None:
        """Open a group chat with somebody and the bot, from the side panel."""
        await self.page.locator("#toggle-tools").click()
        panel = self.page.locator("#tools")
        await self._puts(name, panel.get_by_label("Ny gruppechat med").first)
        await panel.get_by_role("option", name=name).click()
        await panel.get_by_role("button", name="Lav gruppechat med botten").click()

    async def paints(self, theme: str) -> None:
        """Choose the colours in the side panel, and leave it open."""
        await self.page.locator("#toggle-tools").click()
        panel = self.page.locator("#tools")
        await panel.get_by_text("Udseende").click()
        await panel.get_by_label("Farver").select_option(theme)

    async def _puts(self, text: str, into: Locator) -> None:
        await into.click()
        await self.page.keyboard.insert_text(text)


class KeyboardWindow(Window):
    """Someone who types and tabs, and touches no mouse."""

    async def chooses(self, name: str) -> Self:
        """Become somebody, and go to where one writes."""
        await self.page.goto(self.house.address)
        await expect(self.page.get_by_role("combobox")).to_be_focused()
        await self.page.keyboard.type(name)
        await expect(self.page.get_by_role("option", selected=True)).to_contain_text(name)
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator("#who")).to_contain_text(name)
        await expect(self.card).to_be_visible()
        await self.tabs_to(self.page.locator("#skip"))
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator("#words")).to_be_focused()
        return self

    async def tabs_to(self, wanted: Locator, *, key: str = "Tab") -> None:
        """Press Tab until this has the focus.

        :raises AssertionError: when it is nowhere on the way.
        """
        for _ in range(MOST_TABS):
            if await wanted.evaluate("(element) => element === document.activeElement"):
                return
            await self.page.keyboard.press(key)
        raise AssertionError(f"Tab does not lead to {wanted}")

    async def ticks(self, key: str, name: str) -> None:
        """Go to a question with options on the card, and on to one of them with the arrows."""
        options = self.question(key).get_by_role("radio")
        await self.tabs_to(options.first)
        await self.page.keyboard.press("Space")
        wanted = self.question(key).locator(f'[value="{name}"]')
        for _ in range(await options.count()):
            if await wanted.is_checked():
                return
            await self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not lead to {name}")

    async def says(self, text: str) -> None:
        """Type in the chat, press Enter, and wait for the bot's answer."""
        before = await self.from_bot.count()
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Enter")
        await expect(self.from_bot.nth(before)).to_be_attached()

    async def answers(self, key: str, text: str) -> None:
        """Be asked this question of the concern form, and type the answer."""
        await self.reads(DANISH(f"concern.{key}.label"))
        await self.says(text)


@asynccontextmanager
async def by_mouse(
    browser: Browser, house: House, *, width: int = 1280, height: int = 800
) -> AsyncIterator[MouseWindow]:
    async with window(browser, width=width, height=height) as page:
        await page.add_init_script(HANDS)
        yield MouseWindow(page=page, house=house)


@asynccontextmanager
async def by_keyboard(browser: Browser, house: House) -> AsyncIterator[KeyboardWindow]:
    async with window(browser) as page:
        await page.add_init_script(HANDS)
        yield KeyboardWindow(page=page, house=house)


def without_marks(text: str) -> str:
    """Give one of our sentences as it is read, without its Markdown."""
    return text.replace("*", "")
