"""A form that was filled in to its end, and its answers as what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cards.shown import Json

Answers = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody sends.

    `id` is the draft's: whatever is made under it is made once, however often it is sent.
    `about` is what the form is about, and `seen` the version of it that the person saw; both
    are the draft's own, and no press can name others.
    """

    id: UUID
    about: UUID
    seen: int
    answers: Answers = field(repr=False)

    def text(self, key: str) -> str:
        """Give the words, or the name of the option; "" where it was left out or not asked."""
        value = self.answers.get(key)
        return value if isinstance(value, str) else ""

    def several(self, key: str) -> list[str]:
        """Give the names of the options that were ticked."""
        value = self.answers.get(key)
        return [str(each) for each in value] if isinstance(value, list) else []

    def yes(self, key: str) -> bool:
        return self.text(key) == "yes"

    def number(self, key: str) -> int | None:
        said = self.text(key)
        return int(said) if said else None

    def day(self, key: str) -> date | None:
        said = self.text(key)
        return date.fromisoformat(said) if said else None
