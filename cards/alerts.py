"""Alerts as they are shown: the list, one alert, and what else can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cards.alert_words import all_places, drilled, standing_lines, toast_of
from cards.delivery import Button, Part, aside, counted, headed, lined, moment, sheet, warned
from cards.forms import message
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.alert_board import AuthorityStands
from domain.alerts import Alert, Level, Reply

MOST_LISTED = 20
MOST_BUTTONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What the page says of an alert to everybody who may read it."""

    alert: Alert
    coordinator: str = field(repr=False)
    activated_by: str = field(repr=False)
    stands: Sequence[AuthorityStands]
    now: datetime


def about_alert(alert: Alert) -> dict[str, Json]:
    """Say what a button carries: which alert, and which version was seen (AC-CARD-01)."""
    return about("alert", alert.id, alert.version)


def listed(alerts: Sequence[Alert], *, ways: Sequence[str], now: datetime, say: Say) -> Shown:
    """List the open alerts, by number, level, place and title."""
    lines = [_line(each, now=now, say=say) for each in alerts[:MOST_LISTED]]
    left = len(alerts) - MOST_LISTED
    room = MOST_BUTTONS - len(ways)
    open_: list[Button] = [
        (say("button.alerts.open", reference=each.reference), "alert.open", about_alert(each))
        for each in alerts[:room]
    ]
    own: list[Button] = [(say(f"button.{verb}"), verb, {}) for verb in ways]
    return message(
        say("alerts.title"),
        say("readiness.danger"),
        *(lines or [say("alerts.none")]),
        *([say("alerts.and_more", count=left)] if left > 0 else []),
        say=say,
        actions=[*own, *open_] or [(say("button.help"), "help", {})],
    )


def _line(alert: Alert, *, now: datetime, say: Say) -> str:
    return say(
        "alerts.line",
        reference=alert.reference,
        toast=unmarked(toast_of(alert, say=say)),
        state=state(alert, now=now, say=say),
    )


def state(alert: Alert, *, now: datetime, say: Say) -> str:
    """Name where an alert stands; one that has not left waits."""
    if alert.is_open and now < alert.leaves_at:
        return say("alerts.state.waiting", when=moment(alert.leaves_at, say))
    return say(f"alerts.state.{alert.state}")


def page(face: Face, *, told: Sequence[Part], buttons: Sequence[Button], say: Say) -> Shown:
    """Show an alert: what happened, how it stands, and what can be done now."""
    alert = face.alert
    said = alert.situation
    asked = [("happened", said.happened), ("where", said.where), ("stands", said.stands)]
    asked += [("done", said.done), ("needs", said.needs)]
    danger, no_names = standing_lines(say)
    return sheet(
        toast_of(alert, say=say),
        [
            counted(_facts(face, say)),
            *lined([(say(f"alerts.said.{key}"), plain(words)) for key, words in asked if words]),
            *_answers(face, say),
            *told,
            warned(danger),
            aside(no_names),
        ],
        say=say,
        actions=buttons or [(say("button.alert.list"), "alert.list", {})],
    )


def _facts(face: Face, say: Say) -> list[tuple[str, str]]:
    alert = face.alert
    facts = [
        (say("alerts.number"), alert.reference),
        (say("alerts.state_now"), state(alert, now=face.now, say=say)),
        (say("alerts.level"), say(f"alerts.level_{alert.level.value}")),
        (say("alerts.areas"), all_places(alert.audience.areas, say=say)),
        (
            say("alerts.activated"),
            say(
                "alerts.by_at",
                name=unmarked(face.activated_by),
                when=moment(alert.activated_at, say),
            ),
        ),
        (say("alerts.coordinator"), unmarked(face.coordinator)),
    ]
    if alert.paused_until is not None and alert.paused_until > face.now:
        facts.append((say("alerts.paused"), moment(alert.paused_until, say)))
    return facts


def _answers(face: Face, say: Say) -> list[Part]:
    """Say how it stands with each authority, where an answer is asked for."""
    if face.alert.level is Level.ORIENTATION or not face.stands:
        return []
    return [headed(say("alerts.answers")), *lined([stands(each, say=say) for each in face.stands])]


def stands(stands: AuthorityStands, *, say: Say) -> tuple[str, str]:
    """Say of one authority how many gave each answer, and whether enough are joining."""
    met = "met" if stands.is_met else "missing"
    told = say(
        f"alerts.stands_{met}" if stands.required else "alerts.stands_free",
        joining=stands.replies.get(Reply.JOINING, 0),
        required=stands.required,
        answered=stands.people - stands.replies.get(None, 0),
        people=stands.people,
    )
    return say(f"authority.{stands.authority}"), told


def more(alert: Alert, *, buttons: Sequence[Button], say: Say) -> Shown:
    """Show what else can be done with it."""
    title = say("alerts.more_title", reference=alert.reference)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say("alerts.more_body"),
        say=say,
        actions=buttons,
    )
