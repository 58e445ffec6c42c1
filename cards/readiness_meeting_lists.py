"""The readiness meetings of one alert, in a list; or that there is none yet."""

from collections.abc import Sequence

from cards.alert_words import drilled
from cards.delivery import Button, moment
from cards.forms import message
from cards.presses import about
from cards.readiness_meetings import MeetingCard, about_meeting
from cards.shown import Shown
from cards.words import Say
from domain.alerts import Alert


def none_yet(alert: Alert, *, ways: Sequence[str], say: Say) -> Shown:
    """Say that no meeting is called, and offer who may to call one."""
    data = about("alert", alert.id, alert.version)
    title = say("alertmeet.none_title", reference=alert.reference)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say("alertmeet.none_body"),
        say=say,
        actions=[(say(f"button.{each}"), each, data) for each in (*ways, "alert.open")],
    )


def listed(cards: Sequence[MeetingCard], *, ways: Sequence[str], say: Say) -> Shown:
    """List the meetings of an alert that are ahead, each with its button."""
    alert = cards[0].alert
    data = about("alert", alert.id, alert.version)
    title = say("alertmeet.list_title", reference=alert.reference)
    lines = [
        say("alertmeet.line", reference=each.reference, when=moment(each.meeting.begins_at, say))
        for each in cards
    ]
    opens: list[Button] = [
        (
            say("alertmeet.open_one", reference=each.reference),
            "alertmeet.open",
            about_meeting(each.meeting),
        )
        for each in cards[:4]
    ]
    return message(
        drilled(title, drill=alert.drill, say=say),
        *lines,
        say=say,
        actions=[*opens, *((say(f"button.{each}"), each, data) for each in (*ways, "alert.open"))],
    )
