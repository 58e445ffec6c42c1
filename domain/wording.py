"""What a reporter should mind in their own words; it warns, never blocks (concern.md §4.3)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.cpr import Span, find_cpr_like
from domain.lexicon import LABELS, ORIGINS, RELATIONS, any_of

LONG = 2000  # characters

_NAME = r"[A-ZÆØÅÉ][a-zæøåéüö'’]{1,30}(?:-[A-ZÆØÅÉ][a-zæøåéüö'’]{1,30}){0,2}"
_NAMES = rf"{_NAME}(?:\s{_NAME}){{0,3}}"
_FULL_NAME = rf"{_NAME}(?:\s{_NAME}){{1,3}}"
_RELATION = rf"(?i:{any_of(RELATIONS)})"

_CONTACT = re.compile(
    r"(?<![\w\-\+])(?<!\d[ .])(?:(?:\+|00)[0-9]{1,3} ?)?(?:[0-9]{2} ?){3}[0-9]{2}(?! ?\d|[\w\-])"
    r"|(?<![\w.%\-])[\w.%\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}"
)
_RELATIVE = re.compile(
    rf"{_RELATION}(?:\s(?:hedder|som|ved|navn|er)){{0,3}}[\s,:(]{{1,3}}{_NAMES}"
    rf"|(?<!\w){_FULL_NAME}[\s,(]{{1,3}}(?:(?:er|hans|hendes|deres)\s){{0,2}}{_RELATION}"
)
_BACKGROUND = re.compile(any_of(ORIGINS), re.IGNORECASE)
_LABEL = re.compile(rf"(?<!\w)[A-ZÆØÅ]{{5,40}}(?!\w)|(?i:{any_of(LABELS)})")

_ADDRESS = re.compile(
    r"(?<!\w)[\w.\-]{2,30}(?i:vej|gade|all[eé]|stræde|boulevard|vænge|toft)\s\d{1,3}(?!\d)"
    r"|(?<!\w)[A-ZÆØÅ][\w.\-]{1,30}\s(?:[A-ZÆØÅ][\w.\-]{1,20}\s)?"
    r"(?:Vej|Gade|All[eé]|Plads|Torv|Boulevard|Stræde|Have|Park)\s\d{1,3}(?!\d)"
)

PATTERNS = (_ADDRESS, _CONTACT, _RELATIVE, _BACKGROUND, _LABEL)


class Kind(StrEnum):
    """What a warning is about."""

    CPR = "cpr"
    ADDRESS = "address"  # a street with a number
    CONTACT = "contact"  # a phone number or an e-mail address
    RELATIVE = "relative"  # a relative with their name
    BACKGROUND = "background"  # a word for ethnicity or religion
    LABEL = "label"  # a word in capitals, or one for what somebody is
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One thing to look at, from `span[0]` up to `span[1]` in the text."""

    kind: Kind
    span: Span


_PATTERN_OF = {
    Kind.ADDRESS: _ADDRESS,
    Kind.CONTACT: _CONTACT,
    Kind.RELATIVE: _RELATIVE,
    Kind.BACKGROUND: _BACKGROUND,
    Kind.LABEL: _LABEL,
}


def wording(text: str) -> tuple[Warned, ...]:
    """Point at what does not belong in the text, or may be said better; kind by kind."""
    return (
        *_warn(Kind.CPR, find_cpr_like(text)),
        *(
            warned
            for kind, pattern in _PATTERN_OF.items()
            for warned in _warn(kind, (found.span() for found in pattern.finditer(text)))
        ),
        *(_warn(Kind.LONG, [(LONG, len(text))]) if len(text) > LONG else ()),
    )


def has_address(text: str) -> bool:
    """Say whether a street with a number stands in the text."""
    return _ADDRESS.search(text) is not None


def _warn(kind: Kind, spans: Iterable[Span]) -> Iterable[Warned]:
    return (Warned(kind=kind, span=span) for span in spans)
