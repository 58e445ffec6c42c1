"""The kinds of answer a form can ask for. Each can be clicked and typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cards import blocks
from cards.plain import plain
from cards.shown import Json, Piece
from cards.words import Say
from domain.areas import AREAS, read_area
from domain.cpr import find_cpr_like, masked, read_cpr
from domain.dates import read_date
from domain.errors import RuleBroken


class Kind(Protocol):
    """How one answer is read, asked for and shown again."""

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        """Make a value of the answer.

        :raises RuleBroken: with a sentence that says what to write instead.
        """

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        """Draw the input; `value` is what to fill in."""

    def options(self, say: Say) -> Mapping[str, str]:
        """List what can be chosen, by name and title; nothing for free answers."""

    def raw(self, value: Json) -> str:
        """Give the value as the input on the card would send it."""

    def show(self, value: Json, say: Say) -> str:
        """Give the value as its author reads it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few options, picked by its button, its number or its name."""

    names: tuple[str, ...]
    texts: str

    def options(self, say: Say) -> Mapping[str, str]:
        return {name: say(f"{self.texts}.{name}") for name in self.names}

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today
        return picked(answer, self.options(say))

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        return blocks.choice_input(key, label, self.options(say), value=value)

    def raw(self, value: Json) -> str:
        return str(value)

    def show(self, value: Json, say: Say) -> str:
        return say(f"{self.texts}.{value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Any number of options; typed as `1, 3`."""

    names: tuple[str, ...]
    texts: str
    alone: str | None = None

    def options(self, say: Say) -> Mapping[str, str]:
        return {name: say(f"{self.texts}.{name}") for name in self.names}

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today
        options = self.options(say)
        chosen = several_picked(answer, options)
        if self.alone in chosen and len(chosen) > 1:
            raise RuleBroken("field.stands_alone", option=options[self.alone or ""])
        return [name for name in self.names if name in chosen]

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        return blocks.choice_input(key, label, self.options(say), value=value, several=True)

    def raw(self, value: Json) -> str:
        return ",".join(map(str, value)) if isinstance(value, list) else ""

    def show(self, value: Json, say: Say) -> str:
        chosen = value if isinstance(value, list) else []
        return "; ".join(say(f"{self.texts}.{name}") for name in chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaChoice:
    """One of the fifteen areas, another municipality, or not known (AREA-1, AREA-5, AREA-7)."""

    def options(self, say: Say) -> Mapping[str, str]:
        others = {name: say(f"area.{name}") for name in ("elsewhere", "unknown")}
        return {area.code: area.name for area in AREAS} | others

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today
        try:
            return picked(answer, self.options(say))
        except RuleBroken:
            return str(read_area(answer))

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        return blocks.choice_input(
            key, label, self.options(say), value=value, hint=say("area.placeholder")
        )

    def raw(self, value: Json) -> str:
        return str(value)

    def show(self, value: Json, say: Say) -> str:
        return self.options(say)[str(value)]


class Free:
    """What all free answers have in common: no options, and shown as they were written."""

    def options(self, say: Say) -> Mapping[str, str]:
        del say
        return {}

    def raw(self, value: Json) -> str:
        return str(value)

    def show(self, value: Json, say: Say) -> str:
        del say
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Free):
    """Words of one's own, at least `least` and at most `at_most` characters."""

    least: int = 1
    at_most: int = 500
    lines: bool = False
    shape: str | None = None  # a pattern the whole answer must have
    shape_problem: str = "field.shape"
    takes_cpr: bool = False  # elsewhere a CPR number has a field of its own (concern.md §4.3)

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today, say
        text = plain(answer).strip()  # nobody sees what plain() takes out, nor why it is refused
        if len(text) < self.least:
            raise RuleBroken("field.too_short", least=self.least)
        if len(text) > self.at_most:
            raise RuleBroken("field.too_long", at_most=self.at_most, written=len(text))
        if self.shape is not None and re.fullmatch(self.shape, text) is None:
            raise RuleBroken(self.shape_problem)
        if not self.takes_cpr and find_cpr_like(text):
            raise RuleBroken("field.cpr")
        return text

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        del say
        return blocks.text_input(
            key, label, value=value, hint="", at_most=self.at_most, lines=self.lines
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Free):
    """A date that is not in the future."""

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del say
        day = read_date(answer, today=today)
        if day > today:
            raise RuleBroken("date.future")
        return day.isoformat()

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        del say
        return blocks.date_input(key, label, value=value)

    def show(self, value: Json, say: Say) -> str:
        return say.day(date.fromisoformat(str(value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CprNumber(Free):
    """A CPR number. It is never put back into a card (concern.md §4.4 rule 7)."""

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del say
        return read_cpr(answer, today=today).number

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        hint = say("cpr.kept", cpr=masked(value)) if value else say("cpr.placeholder")
        return blocks.text_input(key, label, value="", hint=hint, at_most=20, lines=False)

    def show(self, value: Json, say: Say) -> str:
        del say
        return masked(str(value))


def picked(answer: str, options: Mapping[str, str], *, by_part: bool = False) -> str:
    """Find the option that is meant: by its name, its number or its title.

    :param by_part: takes a part of a title too, where it fits only one.
    :raises RuleBroken: `field.not_an_option`
    """
    said = answer.strip().casefold().rstrip(".")
    for number, (name, title) in enumerate(options.items(), start=1):
        if said in {str(number), name.casefold(), title.casefold()}:
            return name
    parts = [name for name, title in options.items() if said and said in title.casefold()]
    if by_part and len(parts) == 1:
        return parts[0]
    raise RuleBroken("field.not_an_option")


def several_picked(answer: str, options: Mapping[str, str], *, by_part: bool = False) -> set[str]:
    """Find the options that are meant, between commas; a title may have one in it.

    :raises RuleBroken: `field.not_an_option`
    """
    whole = answer.strip().casefold()
    titled = whole in map(str.casefold, options.values())
    said = [whole] if titled else re.split(r"[,;]", whole)
    chosen = {picked(each, options, by_part=by_part) for each in said if each.strip()}
    if not chosen:
        raise RuleBroken("field.not_an_option")
    return chosen
