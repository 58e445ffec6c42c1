"""The text keys about action plans and measures that are put together, and their blanks."""

from collections.abc import Mapping

from domain.measure_reminders import ReminderKind
from domain.notices import NoticeKind
from scheduler.draw_measures import KINDS

NOTICES: frozenset[NoticeKind] = KINDS

PATTERNS: Mapping[str, set[str]] = {
    "measure_letter.{}": {f"measure_letter.{each}" for each in ReminderKind},
}
