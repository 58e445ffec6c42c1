"""What a module of conversations offers, and all of it together."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

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
ALIKE = 0.8  # of 1, by difflib: one letter in five is wrong
LONGEST_COMMAND = 60  # characters; whoever writes more has not mistyped a command
_NUMBERED = re.compile(
    r"(?P<words>\D{1,60}?)(?: (?P<number>[a-z]?\d[^ ]{0,20})(?P<rest>(?: .{0,60})?))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All that can be typed, and what is meant by it."""

    verbs: tuple[Verb, ...] = field(repr=False)
    patterns: tuple[tuple[re.Pattern[str], Verb], ...]

    @classmethod
    def of(cls, verbs: Iterable[Verb]) -> "Vocabulary":
        spoken = tuple(verb for verb in verbs if verb.words)
        return cls(verbs=spoken, patterns=tuple((verb.pattern(), verb) for verb in spoken))

    def nearest(self, word: str) -> str:
        """Give the command that somebody may have mistyped, with their number; else nothing."""
        typed = _NUMBERED.fullmatch(word[:LONGEST_COMMAND])
        if typed is None or len(word) > LONGEST_COMMAND:
            return ""
        number, rest = (typed["number"] or "").upper(), typed["rest"] or ""
        known = [
            each
            for verb in self.verbs
            if (verb.about is not None) == bool(number)
            for each in verb.words
        ]
        for near in get_close_matches(typed["words"], known, n=3, cutoff=ALIKE):
            meant = f"{near} {number}".rstrip()
            if self.understand(meant.casefold() + rest) is not None:
                return meant
        return ""

    def understand(self, word: str) -> Typed | None:
        """Find what was asked for in so many words, or with a number or a name in them."""
        for pattern, verb in self.patterns:
            if (typed := pattern.fullmatch(word)) is not None:
                return verb, typed
        return None
