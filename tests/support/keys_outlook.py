"""The text keys about Outlook that are put together, and what can stand in them."""

from collections.abc import Mapping

from cards.outlook import NO_LINK, REFUSED
from domain.notices import NoticeKind
from domain.outlook_events import ByHand
from scheduler.draw_outlook import KINDS

NOTICES: frozenset[NoticeKind] = KINDS

PATTERNS: Mapping[str, set[str]] = {
    "outlook.{}": {f"outlook.{each}" for each in ByHand},
    "outlook.{}_title": {f"outlook.{each}_title" for each in (NO_LINK, REFUSED)},
    "outlook.{}_body": {f"outlook.{each}_body" for each in (NO_LINK, REFUSED)},
}
