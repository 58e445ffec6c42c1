"""The text keys of every day that are put together, and what can stand in their blanks."""

from collections.abc import Mapping

from cards.everyday import OWN
from domain.duties import DutyKind
from domain.notices import NoticeKind

NOTICES = frozenset({NoticeKind.LEAD_AWAY, NoticeKind.DIGEST})
PATTERNS: Mapping[str, set[str]] = {
    "duty.{}": {f"duty.{kind}" for kind in DutyKind},
    "button.duty.open_{}": {f"button.duty.open_{own}" for own in OWN.values()},
}
