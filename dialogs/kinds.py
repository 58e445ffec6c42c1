"""More kinds of answer: offered to this person only, a day to come, a number, yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self

from cards import blocks
from cards.shown import Json, Piece
from cards.words import Say
from dialogs.fields import Choice, Free, picked, several_picked
from domain.dates import read_date
from domain.errors import RuleBroken

YES_NO = Choice(names=("yes", "no"), texts="choice")
THREE_YEARS = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One of the options that this person is offered about this very thing (AC-CARD-07).

    The form's `load` says which; a person is chosen so, or a group. Typed, any part of a
    title will do that fits only one.
    """

    among: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    def offering(self, options: Mapping[str, str]) -> Self:
        return replace(self, among=options)

    def still(self, value: Json) -> bool:
        """Whether what was chosen is offered now."""
        return value is None or value in self.among

    def options(self, say: Say) -> Mapping[str, str]:
        del say
        return self.among

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today, say
        return picked(answer, self.among, by_part=True)

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        del say
        return blocks.choice_input(key, label, self.among, value=value)

    def raw(self, value: Json) -> str:
        return str(value)

    def show(self, value: Json, say: Say) -> str:
        del say
        return self.among[str(value)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralOffered(Offered):
    """Any number of the options offered; typed as `1, 3`."""

    def still(self, value: Json) -> bool:
        return value is None or (isinstance(value, list) and set(map(str, value)) <= {*self.among})

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today, say
        chosen = several_picked(answer, self.among, by_part=True)
        return [name for name in self.among if name in chosen]

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        del say
        return blocks.choice_input(key, label, self.among, value=value, several=True)

    def raw(self, value: Json) -> str:
        return ",".join(map(str, value)) if isinstance(value, list) else ""

    def show(self, value: Json, say: Say) -> str:
        del say
        chosen = value if isinstance(value, list) else []
        return "; ".join(self.among[str(name)] for name in chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDay(Free):
    """Today or a day to come, at most `within` from now."""

    within: timedelta = THREE_YEARS

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        day = read_date(answer, today=today, coming=True)
        if day < today:
            raise RuleBroken("date.past")
        if day > today + self.within:
            raise RuleBroken("date.too_far", latest=say.day(today + self.within))
        return day.isoformat()

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        del say
        return blocks.date_input(key, label, value=value)

    def show(self, value: Json, say: Say) -> str:
        return say.day(date.fromisoformat(str(value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyDay(ComingDay):
    """A day, past or to come."""

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del say
        return read_date(answer, today=today, coming=True).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Free):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today, say
        said = answer.strip().rstrip(".")
        if not (said.isascii() and said.isdecimal() and len(said) <= len(str(self.most))):
            raise RuleBroken("field.number", least=self.least, most=self.most)
        if not self.least <= int(said) <= self.most:
            raise RuleBroken("field.number", least=self.least, most=self.most)
        return str(int(said))

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        del say
        room = len(str(self.most))
        return blocks.text_input(key, label, value=value, hint="", at_most=room, lines=False)
