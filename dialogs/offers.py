"""What a module of conversations offers, and all of it together."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from dialogs.flow import Flow
from dialogs.presses import Verb
from domain.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be pressed and typed, the forms behind it, and the lines of help about it.

    `helps` says of each line (a text key) who has a use for it.
    """

    verbs: Mapping[str, Verb]
    flows: tuple[Flow, ...] = ()
    helps: Mapping[str, Callable[[Actor], bool]] = field(default_factory=dict)


def everybody(_: Actor) -> bool:
    return True


def together(offers: Iterable[Offer]) -> Offer:
    """Put offers together.

    :raises ValueError: when two of them answer the same press, or have a form of the same name.
    """
    verbs: dict[str, Verb] = {}
    flows: dict[str, Flow] = {}
    helps: dict[str, Callable[[Actor], bool]] = {}
    for offer in offers:
        forms = {flow.name: flow for flow in offer.flows}
        if twice := {*(verbs.keys() & offer.verbs.keys()), *(flows.keys() & forms.keys())}:
            raise ValueError(f"offered twice: {sorted(twice)}")
        verbs |= offer.verbs
        flows |= forms
        helps |= offer.helps
    return Offer(verbs=verbs, flows=tuple(flows.values()), helps=helps)


Typed = tuple[Verb, re.Match[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All that can be typed, and what is meant by it."""

    patterns: tuple[tuple[re.Pattern[str], Verb], ...]

    @classmethod
    def of(cls, verbs: Iterable[Verb]) -> "Vocabulary":
        return cls(patterns=tuple((verb.pattern(), verb) for verb in verbs if verb.words))

    def understand(self, word: str) -> Typed | None:
        """Find what was asked for in so many words, or with a number or a name in them."""
        for pattern, verb in self.patterns:
            if (typed := pattern.fullmatch(word)) is not None:
                return verb, typed
        return None
