"""The text keys about sharing plans that are put together, and what can stand in their blanks."""

from collections.abc import Mapping

from domain.alert_sharings import ShareWay
from domain.plan_track import FINAL
from scheduler.draw_plan_sharing import KINDS

DONE = ("oriented", "asked", "approved", "remarked", "returned", "handed_over")
TOLD = ("shared", "to_approve", "approve_soon", "approve_late", *FINAL)
NOTICES = frozenset(KINDS)

PATTERNS: Mapping[str, set[str]] = {
    "alertshare.{}_title": {f"alertshare.{each}_title" for each in DONE},
    "alertshare.{}_body": {f"alertshare.{each}_body" for each in DONE},
    "alertshare.told_{}_title": {f"alertshare.told_{each}_title" for each in TOLD},
    "alertshare.told_{}_body": {f"alertshare.told_{each}_body" for each in TOLD},
    "alertshare.way.{}": {f"alertshare.way.{each}" for each in ShareWay},
    "briefing.{}_title": {f"briefing.{each}_title" for each in ("asked", "reminded")},
    "briefing.{}_body": {f"briefing.{each}_body" for each in ("asked", "reminded")},
}
