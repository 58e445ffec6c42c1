"""What the steering group hears at once of an alert that is not theirs to answer (BER-46)."""

from collections.abc import Mapping

from cards.alert_words import drilled, toast_of
from cards.alerts import about_alert
from cards.delivery import aside, lined, said, sheet
from cards.plain import plain, unmarked
from cards.shown import Shown
from cards.words import Say
from domain.alerts import Alert
from domain.notices import NoticeKind

TOLD: Mapping[NoticeKind, str] = {
    NoticeKind.ALERT_STEERING: "first",
    NoticeKind.ALERT_CORRECTED: "corrected",
    NoticeKind.ALERT_FALSE: "false",
}


def told(alert: Alert, kind: NoticeKind, *, because: str = "", say: Say) -> Shown:
    """Say at what level, where and why; of the plan they get a version when it is shared.

    :param because: why it was a false alarm.
    """
    what = TOLD[kind]
    title = say(f"alert_steering.title_{what}", reference=alert.reference)
    facts = [(say("alert_steering.happened"), plain(alert.situation.happened))]
    if because:
        facts.append((say("alert_steering.because"), plain(because)))
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            said(unmarked(toast_of(alert, say=say))),
            said(say(f"alert_steering.body_{what}")),
            *lined(facts),
            aside(say("alert_steering.typing", reference=alert.reference)),
        ],
        say=say,
        actions=[(say("button.alert.open"), "alert.open", about_alert(alert))],
    )
