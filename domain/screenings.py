"""A screening of a concern group: what it looks at, and what it may not say (GRP-2, GRP-5)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from domain.errors import RuleBroken
from domain.given_names import GIVEN_NAMES
from domain.letters import composed
from domain.wording import Kind, wording

ALIAS_AT_MOST = 60  # characters
MEASURE_AT_MOST = 160  # characters
MOST_MEASURES = 6  # of one kind

_NO_LETTER = re.compile(r"[\W\d_]")
_NAMES_SOMEBODY = frozenset({Kind.CPR, Kind.CONTACT, Kind.RELATIVE})
_LEAST_LETTERS = 3  # of a word that can give a name away


class Verdict(StrEnum):
    """What becomes of a measure that has begun already."""

    KEEP = "keep"
    CHANGE = "change"
    STOP = "stop"
    ADD = "add"  # it needs to be added to


class Target(StrEnum):
    """Whom a new measure is for."""

    INDIVIDUAL = "individual"
    PART = "part"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What a screening says of the group as a whole, without a word about one person.

    `participants` are those who took part, as they were written down; who took part is for
    the coordination groups alone.
    """

    alias: str = field(repr=False)
    behaviour: str = field(repr=False)
    dynamics: str = field(default="", repr=False)
    online: str = field(default="", repr=False)
    places: str = field(default="", repr=False)
    existing: Mapping[Verdict, tuple[str, ...]] = field(default_factory=dict, repr=False)
    new: Mapping[Target, tuple[str, ...]] = field(default_factory=dict, repr=False)
    participants: tuple[str, ...] = field(default=(), repr=False)

    def content(self) -> dict[str, object]:
        """Write it down as a record's content."""
        return {
            "alias": self.alias,
            "behaviour": self.behaviour,
            "dynamics": self.dynamics,
            "online": self.online,
            "places": self.places,
            "existing": {verdict.value: list(what) for verdict, what in self.existing.items()},
            "new": {target.value: list(what) for target, what in self.new.items()},
            "participants": list(self.participants),
        }

    @classmethod
    def of(cls, content: Mapping[str, object]) -> "Screening":
        """Read it back from a record's content."""
        return cls(
            **{key: str(content.get(key, "")) for key in _TEXTS},
            existing={Verdict(key): what for key, what in _lists(content.get("existing"))},
            new={Target(key): what for key, what in _lists(content.get("new"))},
            participants=_strings(content.get("participants")),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that leaders and local members read too (D13), but for the alias."""
        measures = (*self.existing.values(), *self.new.values())
        return (
            *(self.behaviour, self.dynamics, self.online, self.places),
            *(what for each in measures for what in each),
        )


_TEXTS = ("alias", "behaviour", "dynamics", "online", "places")


def _lists(value: object) -> list[tuple[str, tuple[str, ...]]]:
    found = value if isinstance(value, Mapping) else {}
    return [(str(key), _strings(what)) for key, what in found.items()]


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def measures(text: str | None) -> tuple[str, ...]:
    """Read measures from what was written, one on each line.

    :raises RuleBroken: `group.measure_long` or `group.many_measures`, with `at_most`.
    """
    lines = tuple(line.strip(" \t-•*") for line in (text or "").splitlines())
    found = tuple(line for line in lines if line)
    if any(len(line) > MEASURE_AT_MOST for line in found):
        raise RuleBroken("group.measure_long", at_most=MEASURE_AT_MOST)
    if len(found) > MOST_MEASURES:
        raise RuleBroken("group.many_measures", at_most=MOST_MEASURES)
    return found


def check_alias(alias: str, *, names: Collection[str] = ()) -> None:
    """Make sure that what a group is called says nothing of who is in it (GRP-5).

    :param names: people's names that it must not hold either, whole or in part.
    :raises RuleBroken: `group.alias_background` for ethnicity or religion, `group.alias_name`.
    """
    kinds = {warned.kind for warned in wording(alias)}
    if Kind.BACKGROUND in kinds:
        raise RuleBroken("group.alias_background")
    if kinds & (_NAMES_SOMEBODY | {Kind.LABEL}):
        raise RuleBroken("group.alias_name")
    written = [word for word in _words(alias) if word[0].isupper()]
    given = {form for word in written for form in _forms(word)}
    if given & GIVEN_NAMES or holds_name(alias, names):
        raise RuleBroken("group.alias_name")


def check_person_free(text: str, *, names: Collection[str] = ()) -> None:
    """Make sure that the part which leaders read too says nothing about one person (S115-9).

    :raises RuleBroken: `group.not_person_free`.
    """
    kinds = {warned.kind for warned in wording(text)}
    if kinds & _NAMES_SOMEBODY or holds_name(text, names):
        raise RuleBroken("group.not_person_free")


def check(screening: Screening, *, names: Collection[str] = ()) -> None:
    """Make sure that a screening names nobody.

    :raises RuleBroken: as `check_alias` and `check_person_free` do.
    """
    check_alias(screening.alias, names=names)
    for text in screening.texts:
        check_person_free(text, names=names)


def holds_name(text: str, names: Collection[str]) -> bool:
    """Tell whether one of these names stands in a text.

    One of two words or more stands there when two of its words follow each other; a single
    word when it stands there by itself, with a capital letter.
    """
    words = _words(text)
    plain = [word.casefold() for word in words]
    pairs = {(a, form) for a, b in pairwise(plain) for form in _forms(b)}
    capitals = {form for word in words if word[0].isupper() for form in _forms(word)}
    for name in names:
        parts = [part.casefold() for part in _words(name)]
        if len(parts) == 1 and len(parts[0]) >= _LEAST_LETTERS and parts[0] in capitals:
            return True
        if pairs & {(a, b) for at, a in enumerate(parts) for b in parts[at + 1 :]}:
            return True
    return False


def two_words(text: str) -> list[str]:
    """List every two words that follow each other, as a name would, for looking them up."""
    words = _words(text)
    return [
        f"{first} {second}"
        for first, second in pairwise(words)
        if first[0].isupper() and second[0].isupper()
    ]


def _words(text: str) -> list[str]:
    return [word for word in _NO_LETTER.split(composed(text)) if word]


def _forms(word: str) -> set[str]:
    """Give a word as it may stand for a name: as it is, and without the ending of "Alis"."""
    plain = word.casefold()
    return {plain, plain.removesuffix("s")}
