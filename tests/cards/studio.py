"""A studio: draws cards with the stand-in's own renderer, and says what the eye would catch."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page, Route

from localteams.files import PAGE, VENDOR

HOST = "http://cards.test"
FOLDERS = {"page": PAGE, "vendor": VENDOR}
AXE = VENDOR / "axe-core" / "axe.min.js"

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
CONTRAST = ("color-contrast",)
"""All of what axe looks at that a theme changes."""

LOOK = """async ([cards, width, audit]) => {
  const seen = {};
  for (const [name, card] of Object.entries(cards)) {
    const problems = await window.drawCard(card, width);
    const live = [...document.querySelectorAll("#card :is(a, img, iframe, script)")];
    const audited = audit.length
      ? await axe.run("#card", { resultTypes: ["violations"], runOnly: audit })
      : { violations: [] };
    seen[name] = [
      ...problems,
      ...window.faults(),
      ...live.map((element) => `alive: ${element.outerHTML.slice(0, 80)}`),
      ...audited.violations
        .filter((each) => ["serious", "critical"].includes(each.impact))
        .map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 120)}`),
    ];
  }
  return seen;
}"""

HANG = """async ([cards, width]) => {
  document.getElementById("wall")?.remove();
  const wall = document.createElement("div");
  wall.id = "wall";
  wall.style.cssText = "display:flex;flex-wrap:wrap;align-items:flex-start;gap:12px;padding:12px";
  for (const [name, card] of Object.entries(cards)) {
    await window.drawCard(card, width);
    const figure = document.createElement("figure");
    figure.style.cssText = `width:${width - 26}px;margin:0`;
    figure.append(name, document.getElementById("card").firstElementChild);
    wall.append(figure);
  }
  document.body.append(wall);
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """One page with the card's frame on it, in one theme."""

    page: Page

    async def light(self, theme: str) -> None:
        """Set the theme; whatever was drawn is gone."""
        await self.page.route(f"{HOST}/**", _serve)
        await self.page.goto(f"{HOST}/page/card.html?theme={theme}")
        await self.page.add_script_tag(path=AXE)
        await self.page.wait_for_function("window.drawCard")

    async def look(
        self,
        cards: Mapping[str, Mapping[str, Any]],
        *,
        width: int,
        audit: Collection[str] = (),
    ) -> Mapping[str, list[str]]:
        """Draw card after card, and name those where something is wrong.

        :param audit: the rules, or the tags of rules, of axe that it looks at.
        """
        seen = await self.page.evaluate(LOOK, [cards, width, [*audit]])
        return {name: found for name, found in seen.items() if found}

    async def take(self, cards: Mapping[str, Mapping[str, Any]], *, width: int, to: Path) -> None:
        """Draw some cards side by side, and keep the picture."""
        await self.page.evaluate(HANG, [cards, width])
        await self.page.locator("#wall").screenshot(path=to, animations="allow")


async def _serve(route: Route) -> None:
    _, kind, path = route.request.url.partition("?")[0].removeprefix(HOST).split("/", 2)
    await route.fulfill(path=FOLDERS[kind] / path)


def distinct(cards: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Keep one of those cards that differ only in the ids and versions their buttons carry."""
    first: dict[str, str] = {}
    for name, card in cards.items():
        drawn = re.sub(r'"(?:data|refresh)": \{[^{}]*\}', "", json.dumps(card))
        first.setdefault(drawn, name)
    return {name: cards[name] for name in first.values()}


WORDS = frozenset(
    {
        *("text", "title", "label", "value", "name", "placeholder", "errorMessage"),
        *("fallbackText", "altText", "tooltip", "url", "choices", "id", "verb", "data", "refresh"),
    }
)
"""What a card may say or carry without being built otherwise."""


def unlike(cards: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Keep one of those cards that are built alike, and differ only in what they say."""
    first: dict[str, str] = {}
    for name, card in cards.items():
        first.setdefault(json.dumps(_built(card)), name)
    return {name: cards[name] for name in first.values()}


def _built(piece: object) -> object:
    if isinstance(piece, list):
        return [_built(each) for each in piece]
    if isinstance(piece, Mapping):
        return {
            name: bool(each) if name in WORDS else _built(each) for name, each in piece.items()
        }
    return piece
