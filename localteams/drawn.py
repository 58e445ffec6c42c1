"""A card as a client holds it: its buttons, and what its inputs send when left alone."""

from collections.abc import Iterator

from localteams.state import Json

READ = ("text", "label", "title", "placeholder")
NOT_DRAWN = {"data", "facts", "fallback", "refresh", "choices.data"}


class NotOnTheCard(LookupError):
    """Nobody could press that: the card has no such button."""


def buttons(card: Json) -> list[Json]:
    """List every button a person can press, wherever on the card it is."""
    return [
        piece for piece in pieces(card) if piece.get("type") in {"Action.Execute", "Action.Submit"}
    ]


def inputs(card: Json) -> dict[str, str]:
    """Give the inputs' ids and what they hold untouched."""
    return {
        piece["id"]: _untouched(piece)
        for piece in pieces(card)
        if str(piece.get("type", "")).startswith("Input.")
    }


def press(card: Json, verb: str, given: Json | None = None) -> Json:
    """Fill in the card and press the button with this verb, as a client does.

    `given` is what was typed into inputs; values that belong to a button tell apart
    several with the same verb. :raises NotOnTheCard: when there is not exactly one.
    """
    given = given or {}
    chosen = [button for button in buttons(card) if _verb(button) == verb and _fits(button, given)]
    if len(chosen) != 1:
        there = [(_verb(button), button.get("data")) for button in buttons(card)]
        raise NotOnTheCard(f"{len(chosen)} buttons fit {verb} {given}; the card has {there}")
    [button] = chosen
    own = button.get("data", {})
    filled = {} if button.get("associatedInputs") == "none" else inputs(card)
    strangers = given.keys() - own.keys() - filled.keys()
    if strangers:
        raise NotOnTheCard(f"no input for {sorted(strangers)}; the card has {sorted(filled)}")
    names = ("type", "id", "title", "verb")
    return {
        **{name: button[name] for name in names if name in button},
        "data": {**own, **filled, **given},
    }


def words(card: Json) -> str:
    """Give what a person reads on the card, one line for each piece of text."""
    lines: list[str] = []
    for piece in pieces(card):
        lines += [str(piece[name]) for name in READ if piece.get(name)]
        lines += [f"{fact['title']}: {fact['value']}" for fact in piece.get("facts", [])]
    return "\n".join(lines)


def _verb(button: Json) -> object:
    return button.get("verb", button.get("data", {}).get("verb"))


def _fits(button: Json, given: Json) -> bool:
    own = button.get("data", {})
    return all(own[key] == value for key, value in given.items() if key in own)


def _untouched(piece: Json) -> str:
    value = piece.get("value")
    if piece["type"] == "Input.Toggle":
        return str(value) if value is not None else "false"
    return "" if value is None else str(value)


def pieces(value: object) -> Iterator[Json]:
    """Walk through everything drawn, outermost first."""
    if isinstance(value, list):
        for part in value:
            yield from pieces(part)
    elif isinstance(value, dict):
        yield value
        for name, part in value.items():
            if name not in NOT_DRAWN:
                yield from pieces(part)
