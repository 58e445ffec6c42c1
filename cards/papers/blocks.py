"""A paper as a row of blocks, which every writer of files understands alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cards.plain import plain
from domain.people import Language

NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; 1 is the paper's own.

    :param new_page: whether it begins a page.
    """

    level: int
    text: str = field(repr=False)
    new_page: bool = False

    def told(self) -> str:
        """Give its words on one line; PDF/UA knows no heading without any."""
        return " ".join(plain(self.text).split()) or NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody wrote; a blank line begins a new paragraph."""

    text: str = field(repr=False)

    def paragraphs(self) -> list[list[str]]:
        """Split it into paragraphs, and these into lines."""
        parts = (part.strip() for part in plain(self.text).split("\n\n"))
        return [part.split("\n") for part in parts if part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels with their values; a label whose value is empty is left out."""

    rows: tuple[tuple[str, str], ...] = field(repr=False)

    def told(self) -> list[tuple[str, str]]:
        return [(label, plain(value)) for label, value in self.rows if value.strip()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with a row of headings.

    :param widths: how the columns share the width, in parts of it.
    """

    head: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Documents that lie elsewhere, title and address; only a web address becomes a link."""

    links: tuple[tuple[str, str], ...] = field(repr=False)

    def told(self) -> list[tuple[str, str, bool]]:
        """Give title, address, and whether it may be followed."""
        return [
            (plain(title).strip() or NOTHING, address, address.casefold().startswith("https://"))
            for title, address in ((title, plain(url).strip()) for title, url in self.links)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing, and the same in words for who does not see it."""

    svg: str = field(repr=False)
    alt: str = field(repr=False)


Block = Heading | Words | Facts | Grid | Links | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper before it is a file.

    :param subject: its reference and what it is, for the file's own properties.
    """

    title: str = field(repr=False)
    subject: str = field(repr=False)
    author: str = field(repr=False)
    page: str = field(repr=False)
    """What stands before a page's number."""
    language: Language
    blocks: Sequence[Block] = field(repr=False)
    landscape: bool = False
