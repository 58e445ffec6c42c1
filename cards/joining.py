"""The way into a meeting in Teams: a button on its card, and the address in words."""

from cards import blocks
from cards.shown import Json, Shown


def joined(shown: Shown, link: str, *, title: str, words: str) -> Shown:
    """Put the link last on a card, and last in its words; without one, the card stays as it is.

    :param words: the line that has the link in it.
    """
    if not link or shown.card is None:
        return shown
    there = shown.card.get("actions")
    buttons: list[Json] = list(there) if isinstance(there, list) else []
    whole: dict[str, Json] = {**shown.card, "actions": [*buttons, blocks.link(title, link)]}
    return Shown(words=f"{shown.words}\n{words}", summary=shown.summary, card=whole)
