"""What the bot says: a card, the same in words, and what a notification may show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Piece = dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Something said to one person.

    `words` says everything the card says to somebody who reads or types.
    `summary` is what a notification may show: neutral words and a reference
    number, never what was confided (AC-OUT-05).
    """

    words: str = field(repr=False)
    summary: str
    card: Mapping[str, Json] | None = field(default=None, repr=False)
    calendar: bytes | None = field(default=None, repr=False)
