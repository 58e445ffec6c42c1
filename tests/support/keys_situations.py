"""The text keys of readiness meetings, situation reports, the log, and handed-over roles."""

from collections.abc import Mapping

from domain.alert_roles import AlertRole
from domain.committee_meetings import Reply
from scheduler.draw_situations import KINDS

NOTICES = frozenset(KINDS)
ASKED = ("again", "due")
TOLD = ("called", "moved", "off", "linked", "unlinked")
DONE = ("called", "moved", "off", "stays")
PAGES = ("title", "agenda_title", "calendar_title")
OUTCOMES = ("accepted", "declined", "lapsed")
PRESSED = ("offered", "taken", "refused")

PATTERNS: Mapping[str, set[str]] = {
    "alertlog.{}": {"alertlog.newer", "alertlog.older"},
    "alertmeet.reply_{}": {f"alertmeet.reply_{each}" for each in Reply},
    "alertmeet.who_{}": {f"alertmeet.who_{each}" for each in Reply},
    "alertmeet.{}": {
        *(f"alertmeet.{each}" for each in PAGES),
        *(f"alertmeet.{each}_title" for each in TOLD),
        *(f"alertmeet.{each}_done" for each in DONE),
    },
    "alertmeet.{}_body": {f"alertmeet.{each}_body" for each in TOLD},
    "alertrole.{}_body": {f"alertrole.{each}_body" for each in OUTCOMES},
    "alertrole.{}_done_body": {f"alertrole.{each}_done_body" for each in PRESSED},
    "alertrole.{}_means": {f"alertrole.{each}_means" for each in AlertRole},
    "alertrole.{}_offered": {f"alertrole.{each}_offered" for each in AlertRole},
    "alertrole.{}_{}": {f"alertrole.{role}_{each}" for role in AlertRole for each in OUTCOMES},
    "alertrole.{}_{}_done": {
        f"alertrole.{role}_{each}_done" for role in AlertRole for each in PRESSED
    },
    "sitrep.{}_body": {f"sitrep.{each}_body" for each in ASKED},
    "sitrep.{}_title": {f"sitrep.{each}_title" for each in ASKED},
}
