"""What no schema can say: when Teams shows a card wrongly, or a person cannot understand it.

Our cards are made of a few old pieces that every client draws; a new kind of piece is a
finding until its own rules are written here (teams.md §2).
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
Rule = Callable[[Json], Iterator[str]]

MOST_BYTES = 80_000  # counted as UTF-16, as Teams does; it refuses a message at about 100 KB
SHORT_TITLE = 30  # characters on a button before a phone cuts it off
UNDRAWN = {"data", "fallback", "refresh"}
LIST_START = re.compile(r"(?m)^\s*\d+[.)]\s")
NOT_IN_TEAMS = re.compile(r"(?m)^\s*(#{1,6}\s|\||>|```)|!\[")
HTML = re.compile(r"(?<!\\)<[a-zA-Z/!]")
BLANK = re.compile(r"\$\{|\{\{|\{\w*\}")
LINKS = ("https://", "tel:", "mailto:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of a card, and the path to it."""

    where: str
    piece: Json


def parts(card: Json) -> Iterator[Part]:
    """Walk through every piece that is drawn, the card itself first."""
    return _walk(card, "")


def _walk(value: object, where: str) -> Iterator[Part]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _walk(each, f"{where}/{number}")
    elif isinstance(value, Mapping):
        if "type" in value:
            yield Part(where=where or "/", piece=value)
        for name, each in value.items():
            if name not in UNDRAWN:
                yield from _walk(each, f"{where}/{name}")


def findings(card: Json) -> list[str]:
    """List what is wrong with a card, and where."""
    found = [f"/: {what}" for rule in CARD_RULES for what in rule(card)]
    for part in parts(card):
        rules = RULES.get(part.piece["type"])
        if rules is None:
            found.append(f"{part.where}: {part.piece['type']} is no piece of ours")
        for rule in rules or ():
            found += [f"{part.where}: {what}" for what in rule(part.piece)]
    return found


def utf16_bytes(card: Json) -> int:
    text = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-16-le", errors="surrogatepass"))


def _fits(card: Json) -> Iterator[str]:
    if (size := utf16_bytes(card)) > MOST_BYTES:
        yield f"{size} bytes as UTF-16"


def _says_what_it_is(card: Json) -> Iterator[str]:
    for name in ("version", "fallbackText", "lang"):
        if not card.get(name):
            yield f"no {name}"
    if not any(part.piece.get("style") == "heading" for part in parts(card)):
        yield "no heading"


def _has_own_ids(card: Json) -> Iterator[str]:
    names = Counter(part.piece["id"] for part in parts(card) if "id" in part.piece)
    yield from (f"{many} pieces are called {name}" for name, many in names.items() if many > 1)


def _lets_people_out(card: Json) -> Iterator[str]:
    """A required field stops every button that sends the inputs along, the way out too."""
    pieces = [part.piece for part in parts(card)]
    senders = [p for p in pieces if _sends(p) and p.get("associatedInputs") != "none"]
    if any(piece.get("isRequired") for piece in pieces) and len(senders) > 1:
        yield "a required field stops more than the main button"


def _sends(piece: Json) -> bool:
    return piece["type"] in {"Action.Execute", "Action.Submit"}


def _text_reads_well(piece: Json) -> Iterator[str]:
    if piece.get("wrap") is not True:
        yield "no wrap: a phone cuts it off"
    yield from _marked_down_well(piece["text"])


def _facts_read_well(piece: Json) -> Iterator[str]:
    for fact in piece["facts"]:
        yield from _marked_down_well(fact["title"])
        yield from _marked_down_well(fact["value"])


def _marked_down_well(text: str) -> Iterator[str]:
    if len(LIST_START.findall(text)) == 1:
        yield f"Markdown makes a list of {text[:40]!r}"
    if NOT_IN_TEAMS.search(text):
        yield f"Markdown that Teams does not show in {text[:40]!r}"
    if HTML.search(text):
        yield f"HTML in {text[:40]!r}"
    if BLANK.search(text):
        yield f"a blank nobody filled in {text[:40]!r}"
    if not text.strip():
        yield "empty"


def _can_be_answered(piece: Json) -> Iterator[str]:
    if not piece.get("label"):
        yield "no label for a screen reader"
    yield from _marked_down_well(piece.get("label") or "-")
    checked = {"isRequired", "regex", "min", "max"} & piece.keys()
    if checked and not piece.get("errorMessage"):
        yield f"{sorted(checked)} without errorMessage"


def _can_be_chosen(piece: Json) -> Iterator[str]:
    values = [str(choice["value"]) for choice in piece["choices"]]
    if not values:
        yield "nothing to choose"
    if len(values) != len(set(values)):
        yield "two choices have one value"
    if any("," in value for value in values):
        yield "a comma in a value"
    if strange := set(filter(None, str(piece.get("value", "")).split(","))) - set(values):
        yield f"chosen beforehand, but no choice: {sorted(strange)}"


def _can_be_pressed(piece: Json) -> Iterator[str]:
    if not piece.get("title"):
        yield "no title"
    if len(str(piece.get("title"))) > SHORT_TITLE:
        yield f"a title of {len(piece['title'])} characters: {piece['title']!r}"


def _falls_back(piece: Json) -> Iterator[str]:
    """An older client gets a Submit that sends the same."""
    fallback = {
        "type": "Action.Submit",
        "title": piece["title"],
        "data": {**piece["data"], "verb": piece["verb"]},
    }
    if "associatedInputs" in piece:
        fallback["associatedInputs"] = piece["associatedInputs"]
    if piece.get("fallback") != fallback:
        yield "a fallback that does something else"


def _leads_out_safely(piece: Json) -> Iterator[str]:
    if not str(piece["url"]).startswith(LINKS):
        yield f"an address that is none of {LINKS}"


CARD_RULES: tuple[Rule, ...] = (_fits, _says_what_it_is, _has_own_ids, _lets_people_out)
RULES: Mapping[str, tuple[Rule, ...]] = {
    "AdaptiveCard": (),
    "Container": (),
    "RichTextBlock": (),
    "TextRun": (),
    "TextBlock": (_text_reads_well,),
    "FactSet": (_facts_read_well,),
    "Input.Text": (_can_be_answered,),
    "Input.Date": (_can_be_answered,),
    "Input.ChoiceSet": (_can_be_answered, _can_be_chosen),
    "Action.Execute": (_can_be_pressed, _falls_back),
    "Action.OpenUrl": (_can_be_pressed, _leads_out_safely),
}
