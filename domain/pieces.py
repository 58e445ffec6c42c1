"""The pieces of what is kept about a person: each can be left out of a document by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access_requests import LeftOut
from domain.people import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that is kept: of what kind, from when, by whose authority, and what it says.

    `heading` is a text key, `about` the number of what it belongs to. `suggested` says why it
    is left out unless a human takes it in. `withheld_by` keeps its words to itself (S115-12).
    """

    id: UUID
    heading: str
    about: str = ""
    at: datetime | None = None
    authority: Authority | None = None
    content: Mapping[str, object] = field(repr=False)
    replaced: bool = False  # corrected by a later version (CASE-13)
    suggested: LeftOut | None = None
    withheld_by: Authority | None = None

    @property
    def code(self) -> str:
        """What it is called in the draft, so that a human can name it."""
        return self.id.hex[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """Somebody looked: what for, and whose authority they are; never who (ACC-3)."""

    at: datetime
    action: str
    purpose: str
    authority: Authority | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All that is kept about one person, and every time it was looked at."""

    pieces: Sequence[Piece]
    look_ups: Sequence[LookUp]

    def of_codes(self, codes: Sequence[str]) -> tuple[list[Piece], list[str]]:
        """Find pieces by what they are called in the draft; and say which there are none of."""
        by_code = {each.code: each for each in self.pieces}
        found = [by_code[code] for code in codes if code in by_code]
        return found, [code for code in codes if code not in by_code]


def words_in(value: object) -> Iterator[str]:
    """Give every word by itself that some content holds, which may be somebody's id."""
    match value:
        case str():
            if not any(sign.isspace() for sign in value):
                yield value
        case Mapping():
            for key, each in value.items():
                yield from words_in(key)
                yield from words_in(each)
        case list() | tuple():
            for each in value:
                yield from words_in(each)
        case _:
            pass


def without_names(value: object, of: Mapping[str, Authority]) -> object:
    """Put the authority of an employee in the place of who they are (ACC-3)."""
    match value:
        case str():
            return of[value].value if value in of else value
        case Mapping() if value and value.keys() <= of.keys():
            return sorted(of[each].value for each in value)
        case Mapping():
            return {key: without_names(each, of) for key, each in value.items()}
        case list() | tuple():
            return [without_names(each, of) for each in value]
        case _:
            return value
