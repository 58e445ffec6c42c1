"""The text keys of every day that are put together, and what can stand in their blanks."""

from collections.abc import Mapping

from domain.duties import DutyKind
from domain.notices import NoticeKind

NOTICES = frozenset({NoticeKind.LEAD_AWAY, NoticeKind.DIGEST})
PATTERNS: Mapping[str, set[str]] = {"duty.{}": {f"duty.{kind}" for kind in DutyKind}}
