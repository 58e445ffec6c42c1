"""The catalogue: every sentence the bot can say, one folder of TOML files per language."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from domain.dates import in_danish, in_english
from domain.people import Language

_IN_WORDS: Mapping[Language, Callable[[date], str]] = {
    Language.DA: in_danish,
    Language.EN: in_english,
}


class Say:
    """Speaks one language: `say("form.next")`, with facts for the blanks."""

    def __init__(self, language: Language, sentences: Mapping[str, str]) -> None:
        self.language = language
        self._sentences = sentences

    def __call__(self, key: str, **facts: object) -> str:
        """Give the sentence; a key that does not exist is our mistake and raises KeyError."""
        return self._sentences[key].format(**facts) if facts else self._sentences[key]

    def day(self, day: date) -> str:
        """Write a date in words, with its weekday first."""
        return _IN_WORDS[self.language](day)

    def has(self, key: str) -> bool:
        return key in self._sentences

    def keys(self) -> frozenset[str]:
        return frozenset(self._sentences)


@cache
def speak(language: Language | None) -> Say:
    """Give the voice for a language; Danish where none was chosen."""
    chosen = language or Language.DA
    sentences: dict[str, str] = {}
    folder = files("cards") / "texts" / chosen.value
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            sentences |= _flat(tomllib.loads(file.read_text(encoding="utf-8")), prefix="")
    return Say(chosen, sentences)


def _flat(tree: Mapping[str, object], *, prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, prefix=f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat
