"""The text keys of an alert's page and of activation, and what can stand in their blanks."""

from collections.abc import Mapping

from cards.alerts import QUESTIONS
from domain.alert_preview import Channel
from domain.alerts import AlertState, Level
from domain.notices import NoticeKind

DONE = ("lowered", "raised", "undone")
COUNTED = ("areas", "authorities")
NAMED = ("away", "unreachable")
LISTS = ("kept", "retired")
NOTICES = frozenset({NoticeKind.DRILL_SUSPENDED})

PATTERNS: Mapping[str, set[str]] = {
    "alert_channel.{}": {f"alert_channel.{each}" for each in Channel},
    "alert_lists.{}_body": {f"alert_lists.{each}_body" for each in LISTS},
    "alert_lists.{}_title": {f"alert_lists.{each}_title" for each in LISTS},
    "alert_preview.{}": {f"alert_preview.{each}" for each in (*COUNTED, *NAMED)},
    "alerts.{}": {f"alerts.{each}" for each in DONE},
    "alerts.level_{}": {f"alerts.level_{each.value}" for each in Level},
    "alerts.said.{}": {f"alerts.said.{each}" for each in QUESTIONS},
    "alerts.stands_{}": {"alerts.stands_met", "alerts.stands_missing"},
    "alerts.state.{}": {f"alerts.state.{each}" for each in AlertState},
}
