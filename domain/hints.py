"""Hints of age, level and area read out of a text by fixed rules (concern.md §4.7).

They are suggestions with the words they rest on, and nobody sets anything silently.
Irony, spelling mistakes and a "not" after the word are not understood.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from domain.areas import AMBIGUOUS, AREAS, Area
from domain.cpr import Span, find_cpr_like
from domain.letters import composed
from domain.lexicon import NEGATIONS, NUMBERS, OTHER_PEOPLE, SIGNS, UNCERTAINTIES, VICTIMS, any_of
from domain.people import AreaCode

AGES = (5, 40)  # years; anything else is not taken for somebody's age

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint(Generic[T]):
    """A suggested value, or several `options` to ask about, or neither.

    `words` are those the hint rests on, as they stand in the text.
    """

    value: T | None = None
    options: tuple[T, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_ambiguous(self) -> bool:
        return bool(self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a text seems to say; `cpr_like` points at what to offer masking of."""

    age: Hint[float]
    level: Hint[int]
    area: Hint[AreaCode]
    cpr_like: tuple[Span, ...]

    @property
    def found_any(self) -> bool:
        return any((self.age.words, self.level.words, self.area.words))


def hints(text: str, *, areas: tuple[Area, ...] = AREAS) -> Hints:
    """Read a text once for each kind of hint; any text at all may be given."""
    written = composed(text).replace("İ", "I")  # the one letter that grows when made small
    small = written.lower()
    return Hints(
        age=_age(small, written),
        level=_level(small, written),
        area=_area(small, written, areas),
        cpr_like=find_cpr_like(text),
    )


# --- Age

_ONE = (
    r"(?>(?<!\w)(?<!\d[.,])(?:"
    r"[0-9]{1,3}(?:\s?½|[.,]5(?!\d)|\s1/2)?"
    rf"|(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
    r")(?:\s(?:og\s)?et\shalvt)?)"
)
_LINK = r"-?\s?(?:og|eller|til|,(?=\s)|-|–|/)\s?"
_SOME = rf"(?:{_ONE}{_LINK}){{0,3}}{_ONE}"
_UNIT = (
    r"[\s\-]?(?:årige?s?|åring(?:er|en|erne)?|års[\s\-]?(?:alderen|fødselsdag|gamle?)|år)(?!\w)"
)
_FILLER = (
    r"(?:\s(?:de|den|det|sidste|seneste|snart|over|knap|mere|end|omkring|cirka|ca\.|næsten)){0,3}"
)
_DURATION = re.compile(
    rf"(?<!\w)(?:for|i|om|gennem){_FILLER}\s{_SOME}\sår(?!\w|\s(?:gammel|gamle))"
    rf"|{_SOME}\sår\ssiden(?!\w)"
)
_AGE = re.compile(
    rf"{_SOME}{_UNIT}"
    rf"|(?<!\w)(?:drenge?|piger?|fyre?|elev|mand|kvinde|unge?)\spå\s{_SOME}"
    r"(?![\w%½]|\s?%|[.]?\s(?:kr|dage|uger|måneder|timer|kilo|kg|cm|klasse))"
)
_NUMBER = re.compile(_ONE)


def _age(small: str, written: str) -> Hint[float]:
    """Suggest an age when exactly one is spoken of; a range or a list is asked about."""
    alone, several = set[float](), set[float]()
    words: list[str] = []
    for found in _AGE.finditer(_DURATION.sub(lambda each: " " * len(each[0]), small)):
        years = [_years(number[0]) for number in _NUMBER.finditer(found[0])]
        likely = {each for each in years if AGES[0] <= each <= AGES[1]}
        if likely:
            (alone if len(years) == 1 else several).update(likely)
            words.append(written[slice(*found.span())])
    if several or len(alone) > 1:
        return Hint(options=tuple(sorted(alone | several)), words=tuple(words))
    return Hint(value=next(iter(alone), None), words=tuple(words))


def _years(number: str) -> float:
    digits = re.match("[0-9]{1,3}", number)
    whole = int(digits[0]) if digits else NUMBERS[number.split(maxsplit=1)[0]]
    return whole + 0.5 * number.endswith(("½", ".5", ",5", "1/2", "halvt"))


# --- Level

_CLAUSE_END = re.compile(r"[.;!?,\n]|(?<!\w)men(?!\w)")
_VICTIM = re.compile(any_of(VICTIMS))
_NOT_THEIRS = re.compile(any_of((*NEGATIONS, *UNCERTAINTIES, *OTHER_PEOPLE)))
_SIGNS = {level: re.compile(any_of(SIGNS[level])) for level in sorted(SIGNS, reverse=True)}


def _level(small: str, written: str) -> Hint[int]:
    """Suggest the highest level that is spoken of, of this person and for certain."""
    about_them = tuple(_about_them(small))
    for level, signs in _SIGNS.items():
        spans = [found.span() for part in about_them for found in signs.finditer(small, *part)]
        if spans:
            return Hint(value=level, words=tuple(written[slice(*span)] for span in spans))
    return Hint()


def _about_them(small: str) -> Iterator[Span]:
    """Give the clauses, each as far as it is about something this person did."""
    start = 0
    for end, following in [
        *(each.span() for each in _CLAUSE_END.finditer(small)),
        (len(small),) * 2,
    ]:
        if not _VICTIM.search(small, start, end):
            not_theirs = _NOT_THEIRS.search(small, start, end)
            yield start, not_theirs.start() if not_theirs else end
        start = following


# --- Area


def _area(small: str, written: str, areas: tuple[Area, ...]) -> Hint[AreaCode]:
    """Suggest an area when the names in the text can mean only one."""
    meanings = _meanings(areas)
    found = [name.span() for name in _names(areas).finditer(small)]
    words = tuple(written[slice(*span)] for span in found)
    meant = [meanings[_spelled(word)] for word in words]
    sure = {codes for codes in meant if len(codes) == 1}
    all_meant = tuple(dict.fromkeys(code for codes in meant for code in codes))
    if len(sure) == 1:
        [[code]] = sure
        if all(code in codes for codes in meant):
            return Hint(value=code, words=words)
    return Hint(options=all_meant, words=words)


@cache
def _meanings(areas: tuple[Area, ...]) -> dict[str, Sequence[AreaCode]]:
    single = {_spelled(name): (each.code,) for each in areas for name in each.names}
    several = {_spelled(name): codes for name, codes in AMBIGUOUS.items()}
    return {**several, **single}


@cache
def _names(areas: tuple[Area, ...]) -> re.Pattern[str]:
    longest_first = sorted(_meanings(areas), key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", r"\s{1,3}") for name in longest_first)
    return re.compile(rf"(?<!\w)(?=\w)(?:{names})(?=s?(?!\w))")


def _spelled(name: str) -> str:
    return " ".join(name.lower().split())


PATTERNS = (
    *(_DURATION, _AGE, _NUMBER),
    *(_CLAUSE_END, _VICTIM, _NOT_THEIRS, *_SIGNS.values(), _names(AREAS)),
)
