"""The words of a name as they are looked for: folded, whole, and by how they begin."""

import re
import unicodedata
from itertools import combinations

SHORTEST = 3  # letters of the shortest beginning that can be looked for (AC-AZ-09)
LONGEST = 12  # letters of the longest: nobody is told apart by the rest
MOST_WORDS = 8

_DANISH = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})
_NO_LETTER = re.compile(r"[\W\d_]")


def name_words(name: str) -> tuple[str, ...]:
    """Give the words of a name, so that `Søren Aagård-Bach` is `soeren`, `aagaard` and `bach`.

    Case, accents and the two ways to write æ, ø and å do not count; nor does a word said twice.
    """
    composed = unicodedata.normalize("NFC", name).casefold().translate(_DANISH)
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(sign)
    )
    words = (word for word in _NO_LETTER.split(plain) if word)
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def beginnings(word: str) -> list[str]:
    """Give what a word is found by: how it begins, from three letters on; a short word whole."""
    if len(word) < SHORTEST:
        return [word]
    return [word[:length] for length in range(SHORTEST, min(len(word), LONGEST) + 1)]


def begins_as(typed: str) -> str:
    """Give the beginning to look for when this much of a word was typed."""
    return typed[:LONGEST]


def couples(words: tuple[str, ...]) -> list[str]:
    """Name every two of the words, in whichever order they were said."""
    return [" ".join(sorted(pair)) for pair in combinations(words, 2)]
