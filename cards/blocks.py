"""The few Adaptive Card pieces we use. No card is built from anything else.

They keep to what every Teams client draws (teams.md §2): version 1.5 declared,
1.2 elements, nothing vital in colour alone.
"""

from collections.abc import Mapping, Sequence

from cards.plain import plain, unmarked
from cards.shown import Json, Piece
from cards.words import Say


def card(
    *body: Piece,
    say: Say,
    summary: str,
    actions: Sequence[Piece] = (),
) -> Piece:
    """Put a card together; `summary` stands in where the card cannot be drawn."""
    whole: Piece = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": say.language.value,
        "fallbackText": summary,
        "body": list(body),
    }
    if actions:
        whole["actions"] = list(actions)
    return whole


def heading(text: str) -> Piece:
    return {
        "type": "TextBlock",
        "text": text,
        "style": "heading",
        "size": "Medium",
        "weight": "Bolder",
        "wrap": True,
    }


def paragraph(text: str) -> Piece:
    """One of our own sentences; Markdown in it is ours."""
    return {"type": "TextBlock", "text": text, "wrap": True}


def small(text: str) -> Piece:
    return {
        "type": "TextBlock",
        "text": text,
        "wrap": True,
        "size": "Small",
        "isSubtle": True,
        "spacing": "Small",
    }


def label(text: str) -> Piece:
    return {"type": "TextBlock", "text": text, "wrap": True, "weight": "Bolder"}


def quote(text: str) -> Piece:
    """Show what a person wrote as plain text, whatever it contains (AC-OUT-01)."""
    return {
        "type": "RichTextBlock",
        "inlines": [{"type": "TextRun", "text": plain(text)}],
        "spacing": "Small",
    }


def name(text: str) -> Piece:
    """Show whom it is about, so that nobody overlooks it."""
    return {
        "type": "RichTextBlock",
        "inlines": [{"type": "TextRun", "text": plain(text), "weight": "Bolder"}],
    }


def aside(text: str) -> Piece:
    """Remark quietly on the piece above; it may repeat a person's words."""
    run: Piece = {"type": "TextRun", "text": plain(text), "size": "Small", "isSubtle": True}
    return {"type": "RichTextBlock", "inlines": [run], "spacing": "Small"}


def answer(label: str, value: str) -> Piece:
    """Show a question, quietly, and what was answered, on the same line where there is room."""
    asked = label if label.endswith((".", "?", "!")) else f"{label}:"
    runs: list[Json] = [
        {"type": "TextRun", "text": f"{asked} ", "isSubtle": True},
        {"type": "TextRun", "text": plain(value)},
    ]
    return {"type": "RichTextBlock", "inlines": runs, "spacing": "Small"}


def warning(text: str, *about: Piece) -> Piece:
    """Something to mend, around what it is about; the words carry it, the colour only helps."""
    wrong: Piece = {**paragraph(text), "color": "Attention"}
    return _box("attention", wrong, *about)


def notice(*texts: str) -> Piece:
    """Something worth knowing before going on."""
    return _box("emphasis", *map(paragraph, texts))


def _box(style: str, *items: Piece) -> Piece:
    """Tint a part of the card from edge to edge, so that what is in it keeps its width."""
    return {"type": "Container", "style": style, "items": list(items), "bleed": True}


def facts(pairs: Sequence[tuple[str, str]]) -> Piece:
    """Names and values in rows; a value from a person must be `unmarked` first."""
    return {
        "type": "FactSet",
        "facts": [{"title": name, "value": value} for name, value in pairs],
    }


def text_input(key: str, label: str, *, value: str, hint: str, at_most: int, lines: bool) -> Piece:
    piece: Piece = {
        "type": "Input.Text",
        "id": key,
        "label": label,
        "maxLength": at_most,
        "isMultiline": lines,
    }
    return _filled(piece, value=value, hint=hint)


def date_input(key: str, label: str, *, value: str) -> Piece:
    return _filled({"type": "Input.Date", "id": key, "label": label}, value=value, hint="")


def choice_input(
    key: str,
    label: str,
    options: Mapping[str, str],
    *,
    value: str,
    several: bool = False,
    hint: str = "",
    narrow: bool = False,
) -> Piece:
    """Radio buttons, tick boxes, or a drop-down where the list is long or there are many lists.

    Beside a button Teams reads Markdown, in a drop-down it does not: a name that would become
    something else goes there, or is escaped (AC-OUT-01).
    """
    marked = any(unmarked(title) != title for title in options.values())
    long = (narrow or marked or len(options) > MOST_RADIOS) and not several
    shown = unmarked if marked and several else str
    piece: Piece = {
        "type": "Input.ChoiceSet",
        "id": key,
        "label": label,
        "choices": [{"title": shown(title), "value": name} for name, title in options.items()],
        "style": "compact" if long else "expanded",
        "isMultiSelect": several,
        "wrap": True,
    }
    return _filled(piece, value=value, hint=hint)


MOST_RADIOS = 6


def _filled(piece: Piece, *, value: str, hint: str) -> Piece:
    piece["spacing"] = "Medium"
    if value:
        piece["value"] = plain(value)
    if hint:
        piece["placeholder"] = hint
    return piece


def button(title: str, verb: str, data: Mapping[str, Json], *, inputs: bool = True) -> Piece:
    """Make a button, and what stands in for it on clients without Action.Execute."""
    both: dict[str, Json] = {} if inputs else {"associatedInputs": "none"}
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": verb,
        "data": dict(data),
        **both,
        "fallback": {
            "type": "Action.Submit",
            "title": title,
            "data": {**data, "verb": verb},
            **both,
        },
    }


def link(title: str, url: str) -> Piece:
    return {"type": "Action.OpenUrl", "title": title, "url": url}
