"""CPR numbers: read as typed, found in a text, and masked (concern.md §4.4, §4.7.5)."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.errors import RuleBroken

Span = tuple[int, int]

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
HIDDEN = "••••"

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_REPLACEMENT_DAYS = 60  # an erstatnings-CPR has 60 added to its day
_CENTURIES = {  # rule 3: by the seventh digit, the last year of the later century
    digit: rule
    for digits, rule in {
        "0123": (99, 1900, 1900),
        "49": (36, 2000, 1900),
        "5678": (57, 2000, 1800),
    }.items()
    for digit in digits
}
_WRITTEN = re.compile(rf"([0-9]{{6}})[{DASHES}]?([0-9]{{4}})")
_LOOKS_LIKE_ONE = re.compile(
    rf"(?<![0-9])(?<![0-9][{DASHES}])"
    r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(?:0[1-9]|1[0-2])[0-9]{2}"
    rf"[ \u00a0]?[{DASHES}]?[ \u00a0]?"
    r"[0-9]{4}(?![0-9])"
)

PATTERNS = (_WRITTEN, _LOOKS_LIKE_ONE)


class CprKind(StrEnum):
    NORMAL = "normal"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cpr:
    """A number that can exist.

    `born` is provisional when the kind is REPLACEMENT: ask for confirmation.
    `check_digit_ok` is only a hint; numbers without a check digit have been
    given out since 2007.
    """

    number: str = field(repr=False)
    kind: CprKind
    born: date = field(repr=False)
    check_digit_ok: bool


def read_cpr(text: str, *, today: date) -> Cpr:
    """Read a CPR number as people type it.

    :raises RuleBroken: `cpr.format`, `cpr.date` (no such day) or `cpr.future`; never with
        the number among the facts
    """
    written = _WRITTEN.fullmatch("".join(text.split()))
    if written is None:
        raise RuleBroken("cpr.format")
    number = written[1] + written[2]
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    kind = CprKind.REPLACEMENT if day > _REPLACEMENT_DAYS else CprKind.NORMAL
    if kind is CprKind.REPLACEMENT:
        day -= _REPLACEMENT_DAYS
    try:
        born = date(_century(number[6], year) + year, month, day)
    except ValueError:
        raise RuleBroken("cpr.date") from None
    if born > today:
        raise RuleBroken("cpr.future")
    return Cpr(number=number, kind=kind, born=born, check_digit_ok=_check_digit_ok(number))


def masked(number: str) -> str:
    """Show the birth date of a ten-digit number and hide the rest (rule 7)."""
    return f"{number[:6]}-{HIDDEN}"


def find_cpr_like(text: str) -> tuple[Span, ...]:
    """Point out what has the shape of a CPR number, by start and end in `text`.

    Only the shape counts: a case number may be pointed out too, and so masking is
    only ever offered.
    """
    return tuple(found.span() for found in _LOOKS_LIKE_ONE.finditer(text))


def mask_cprs(text: str) -> str:
    """Hide the last four digits of everything that looks like a CPR number."""
    return _LOOKS_LIKE_ONE.sub(lambda found: masked(found[0]), text)


def _century(seventh_digit: str, year: int) -> int:
    last, later, earlier = _CENTURIES[seventh_digit]
    return later if year <= last else earlier


def _check_digit_ok(number: str) -> bool:
    return sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=True)) % 11 == 0
