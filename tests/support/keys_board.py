"""The text keys of the readiness board that are put together, and what fills their blanks."""

from collections.abc import Mapping

from cards.board import WAYS
from domain.notices import NoticeKind

NOTICES = frozenset({NoticeKind.ALERT_PAPER_READY})
PATTERNS: Mapping[str, set[str]] = {
    "board.column.{}": {f"board.column.{each}" for each in ("party", "at", "stands", "needs")},
    "board.nav.{}": {f"board.nav.{each}" for each in WAYS},
}
