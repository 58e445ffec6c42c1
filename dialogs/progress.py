"""How far somebody has come in a form: the part of a draft that is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from cards.shown import Json
from domain.drafts import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The answers so far, and what is between two of them.

    `raw` keeps what was written in a field that could not be read; `pending` holds
    answers that would close a branch, until the person agrees; `confirming` names
    a question such as "delete the draft?"; `correcting` means that the person came
    from the review and wants to go back there;
    `asking` is the field a typed answer is for, where it is not simply the next one;
    `seen` is the version of what the form is about.
    """

    answers: Mapping[str, Json] = field(default_factory=dict, repr=False)
    raw: Mapping[str, str] = field(default_factory=dict, repr=False)
    pending: Mapping[str, Json] | None = field(default=None, repr=False)
    confirming: bool = False
    correcting: bool = False
    asking: str | None = None
    first_words: str = field(default="", repr=False)
    dismissed: bool = False
    seen: int = 0

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """Read a draft's body; what a newer release no longer knows is left out."""
        known: dict[str, Any] = {k: v for k, v in draft.body.items() if k in cls.__slots__}
        return cls(**known)

    def body(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}

    def settled(self) -> Self:
        """Put away whatever was being confirmed."""
        return replace(self, pending=None, confirming=False)
