"""Fields of a template as they are written; each problem is noted, and reading goes on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from domain.cpr import find_cpr_like
from domain.errors import RuleBroken
from domain.plan_templates import Data

AT_MOST = 600  # characters in one text
_YES_OR_NO = {"ja": True, "nej": False}

_Word = TypeVar("_Word", bound=StrEnum)
_Read = TypeVar("_Read")


class TemplateFlawed(Exception):
    """Something is wrong with what was written: every problem, each for its own sentence."""

    def __init__(self, problems: Sequence[RuleBroken]) -> None:
        super().__init__("; ".join(f"{each.code} {each.facts}" for each in problems))
        self.problems = tuple(problems)


class Fields:
    """One record. `about` is how a problem names it; all problems go into one list.

    What cannot be read is noted, and a value to go on with is given: whoever reads must refuse
    the whole when there is any problem.
    """

    def __init__(
        self, data: Data, *, about: str, known: Sequence[str], problems: list[RuleBroken]
    ) -> None:
        self.about = about
        self.problems = problems
        self._data: Mapping[str, Data] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.note(RuleBroken("template.no_fields", about=about))
        for name in self._data:
            if name not in known:
                fields = ", ".join(known)
                self.note(RuleBroken("template.odd_field", about=about, field=name, known=fields))

    def note(self, problem: RuleBroken) -> None:
        self.problems.append(problem)

    def has(self, name: str) -> bool:
        return name in self._data

    def text(self, name: str) -> str:
        """Read a field that must say something."""
        said = self.text_if_any(name)
        if not said:
            self.note(RuleBroken("template.missing", about=self.about, field=name))
        return said

    def text_if_any(self, name: str) -> str:
        return self._said(name, self._data.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._said(name, each) for each in self.items(name))

    def number(self, name: str, *, least: int, most: int, otherwise: int | None = None) -> int:
        said = self.text_if_any(name)
        if not said and otherwise is not None:
            return otherwise
        if said.isdecimal() and least <= int(said) <= most:
            return int(said)
        facts = {"field": name, "said": said, "least": least, "most": most}
        self.note(RuleBroken("template.number", about=self.about, **facts))
        return least

    def yes(self, name: str) -> bool:
        """Read ja or nej; nej where nothing is said."""
        said = self.text_if_any(name).casefold()
        if said and said not in _YES_OR_NO:
            self.note(RuleBroken("template.yes_or_no", about=self.about, field=name, said=said))
        return _YES_OR_NO.get(said, False)

    def word(self, name: str, words: type[_Word], *, otherwise: _Word | None = None) -> _Word:
        said = self.text_if_any(name)
        if not said and otherwise is not None:
            return otherwise
        return self._known(name, said, words) or next(iter(words))

    def words(self, name: str, words: type[_Word]) -> tuple[_Word, ...]:
        known = (self._known(name, each, words) for each in self.texts(name))
        return tuple(dict.fromkeys(each for each in known if each is not None))

    def read(self, name: str, reader: Callable[[str], _Read]) -> _Read | None:
        """Read a time, or whatever else is written in words; None when nothing can be read."""
        said = self.text_if_any(name)
        return self._tried(name, said, reader) if said else None

    def reads(self, name: str, reader: Callable[[str], _Read]) -> tuple[_Read, ...]:
        read = (self._tried(name, each, reader) for each in self.texts(name))
        return tuple(each for each in read if each is not None)

    def items(self, name: str) -> list[Data]:
        found = self._data.get(name, [])
        if isinstance(found, list):
            return found
        self.note(RuleBroken("template.no_list", about=self.about, field=name))
        return []

    def records(self, name: str, *, known: Sequence[str]) -> Iterator["Fields"]:
        for number, each in enumerate(self.items(name), start=1):
            about = f"{self.about}, {name} {number}"
            yield Fields(each, about=about, known=known, problems=self.problems)

    def record(self, name: str, *, known: Sequence[str]) -> "Fields":
        """Read a field that has fields of its own; it must be there."""
        about = f"{self.about}, {name}"
        return Fields(self._data[name], about=about, known=known, problems=self.problems)

    def _said(self, name: str, said: Data) -> str:
        if not isinstance(said, str):
            self.note(RuleBroken("template.one_value", about=self.about, field=name))
            return ""
        if find_cpr_like(said):
            self.note(RuleBroken("template.cpr", about=self.about, field=name))
        if len(said) > AT_MOST:
            self.note(
                RuleBroken("template.too_long", about=self.about, field=name, at_most=AT_MOST)
            )
        return " ".join(said.split())

    def _known(self, name: str, said: str, words: type[_Word]) -> _Word | None:
        if said in {word.value for word in words}:
            return words(said)
        facts = {"field": name, "said": said, "known": ", ".join(words)}
        self.note(RuleBroken("template.unknown_word", about=self.about, **facts))
        return None

    def _tried(self, name: str, said: str, reader: Callable[[str], _Read]) -> _Read | None:
        try:
            return reader(said)
        except RuleBroken:
            self.note(RuleBroken("template.time", about=self.about, field=name, said=said))
            return None
