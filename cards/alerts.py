"""Alerts as they are shown: the list, one alert, and what else can be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cards.alert_words import all_places, drilled, standing_lines, toast_of
from cards.delivery import (
    MOST_NAMED,
    Button,
    Part,
    aside,
    counted,
    headed,
    lined,
    moment,
    phone,
    said,
    sheet,
    warned,
)
from cards.figures.matrix import ANSWERS
from cards.forms import message
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.alert_board import AuthorityStands
from domain.alerts import Alert, Level, Recipient, Reply
from domain.people import Person, PersonId

MOST_LISTED = 20
QUESTIONS = ("happened", "where", "stands", "done", "needs")
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
    situation = alert.situation
    asked = [(key, getattr(situation, key)) for key in QUESTIONS]
    danger, no_names = standing_lines(say)
    return sheet(
        toast_of(alert, say=say),
        [
            *([warned(say("alerts.suspended"))] if alert.suspended_by else []),
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
    if alert.suspended_by is None and alert.paused_until and alert.paused_until > face.now:
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


def done(alert: Alert, what: str, *, say: Say) -> Shown:
    """Say that something was done with it, and lead back to it."""
    return message(
        toast_of(alert, say=say),
        say(f"alerts.{what}", reference=alert.reference),
        say=say,
        actions=[(say("button.alert.open"), "alert.open", about_alert(alert))],
    )


def answers(
    alert: Alert,
    stands_: Sequence[AuthorityStands],
    recipients: Sequence[Recipient],
    *,
    people: Mapping[PersonId, Person],
    names: bool,
    may_call: bool,
    say: Say,
) -> Shown:
    """Show authority by authority how many gave each answer, and who has given none (BER-24).

    :param names: whether they are told who that is, and their telephones (BER-52).
    :param may_call: whether they may note what somebody answers by telephone (BER-21).
    """
    call: Button = (say("button.alert.silent"), "alert.silent", about_alert(alert))
    silent = [
        people[each.person] for each in recipients if not each.reply and each.person in people
    ]
    title = say("alerts.answers_title", reference=alert.reference)
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            *lined([_counts(each, say) for each in stands_]),
            *(_silent(silent, say) if names else []),
        ],
        say=say,
        actions=[
            *([call] if may_call else []),
            (say("button.alert.back"), "alert.open", about_alert(alert)),
        ],
    )


def _counts(stands_: AuthorityStands, say: Say) -> tuple[str, str]:
    counts = [
        say("alerts.count", answer=say(f"figure.answer_{answer or 'none'}"), count=count)
        for answer in ANSWERS
        if (count := stands_.replies.get(answer, 0))
    ]
    authority, enough = stands(stands_, say=say)
    return authority, " ".join([enough, ", ".join(counts)])


def _silent(people: Sequence[Person], say: Say) -> list[Part]:
    if not people:
        return [said(say("alerts.nobody_silent"))]
    lines = [
        say(
            "alerts.silent_line",
            name=unmarked(each.name),
            authority=say(f"authority.{each.authority}"),
            phone=phone(each, say),
        )
        for each in people[:MOST_NAMED]
    ]
    left = len(people) - MOST_NAMED
    lines += [say("delivery.person.and_more", count=left)] if left > 0 else []
    return [headed(say("alerts.silent")), *map(said, lines)]


def suspended(alert: Alert, *, say: Say) -> Shown:
    """Tell a participant that a drill makes way for something real (BER-64)."""
    title = say("alerts.suspended_title", reference=alert.reference)
    return message(
        drilled(title, drill=True, say=say),
        say("alerts.suspended_body"),
        say=say,
        actions=[(say("button.alert.open"), "alert.open", about_alert(alert))],
    )
