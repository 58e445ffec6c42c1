"""What may be looked for: a CPR number, or the words of a name, and a day of birth (AC-AZ-09)."""

from dataclasses import dataclass, field
from datetime import date

from domain.cpr import read_cpr
from domain.dates import read_date
from domain.errors import RuleBroken
from domain.name_words import MOST_WORDS, SHORTEST, name_words

MOST_SHOWN = 20
LONGEST_SEARCH = 120  # signs, as a name in the form
_WILDCARDS = frozenset("*%?_[]{}\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A CPR number, or words which must all be in the name; `born` narrows the words."""

    cpr: str | None = field(default=None, repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    born: date | None = field(default=None, repr=False)


def read_search(said: str, *, today: date) -> Search:
    """Read what somebody looks for.

    :raises RuleBroken: `search.empty`, `search.wildcard`, `search.too_short`,
        `search.too_long`, or what is wrong with a CPR number; never with what was typed
    """
    text = " ".join(said.split())
    if not text:
        raise RuleBroken("search.empty")
    if _WILDCARDS & set(text):
        raise RuleBroken("search.wildcard")
    if len(text) > LONGEST_SEARCH:
        raise RuleBroken("search.too_long", most=LONGEST_SEARCH)
    if not any(sign.isalpha() for sign in text) and _digits(text) > len("ddmmyyyy"):
        return Search(cpr=read_cpr(text, today=today).number)
    *rest, last = text.split(" ")
    born = _day(last, today=today)
    words = name_words(" ".join(rest) if born else text)
    if not any(len(word) >= SHORTEST for word in words):
        raise RuleBroken("search.too_short", least=SHORTEST)
    if len(words) >= MOST_WORDS:
        raise RuleBroken("search.too_long", most=LONGEST_SEARCH)
    return Search(words=words, born=born)


def _digits(text: str) -> int:
    return sum(sign.isdecimal() for sign in text)


def _day(word: str, *, today: date) -> date | None:
    """Read the last word as a day of birth, if it is one."""
    try:
        return read_date(word, today=today) if _digits(word) else None
    except RuleBroken:
        return None
