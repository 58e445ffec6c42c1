"""Handing over who coordinates an alert, or keeps its log: asked, answered, and told (BER-45)."""

from collections.abc import Mapping
from datetime import datetime

from cards.alert_words import drilled
from cards.delivery import moment
from cards.forms import message
from cards.plain import unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.alert_roles import AlertRole
from domain.alerts import Alert


def about_role(alert: Alert, role: AlertRole) -> dict[str, Json]:
    return {**about("alert", alert.id, alert.version), "role": role.value}


def offered(alert: Alert, role: AlertRole, *, by: str, until: datetime, say: Say) -> Shown:
    """Ask somebody to take it over: what it means, and until when the question stands."""
    title = say(f"alertrole.{role}_offered", reference=alert.reference)
    data = about_role(alert, role)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say("alertrole.offered_by", name=unmarked(by), until=moment(until, say)),
        say(f"alertrole.{role}_means"),
        say=say,
        actions=[
            (say("button.alertrole.take"), "alertrole.take", data),
            (say("button.alertrole.decline"), "alertrole.decline", data),
            _open(alert, say),
        ],
    )


def answered(alert: Alert, role: AlertRole, what: str, *, name: str, say: Say) -> Shown:
    """Tell who asked what came of it: accepted, declined, or no answer."""
    title = say(f"alertrole.{role}_{what}", reference=alert.reference)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say(f"alertrole.{what}_body", name=unmarked(name)),
        say=say,
        actions=[_open(alert, say)],
    )


def done(alert: Alert, role: AlertRole, what: str, *, facts: Mapping[str, str], say: Say) -> Shown:
    """Confirm to who pressed: asked, taken, or declined."""
    title = say(f"alertrole.{role}_{what}_done", reference=alert.reference)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say(f"alertrole.{what}_done_body", **facts),
        say=say,
        actions=[_open(alert, say)],
    )


def _open(alert: Alert, say: Say) -> tuple[str, str, dict[str, Json]]:
    return say("button.alert.open"), "alert.open", about("alert", alert.id, alert.version)
