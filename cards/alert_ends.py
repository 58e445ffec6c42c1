"""How an alert ends, as it is shown: what is left, what was decided, what is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cards import alerts
from cards.alert_words import drilled, toast_of
from cards.delivery import Part, aside, counted, headed, lined, moment, said, sheet, warned
from cards.forms import message
from cards.plain import plain, unmarked
from cards.plan_views import party_name
from cards.shown import Shown
from cards.words import Say
from domain.alert_ending import Outstanding
from domain.alert_log import AlertDecision
from domain.alerts import Alert, AlertState
from domain.notices import NoticeKind
from domain.parties import Party
from domain.people import PersonId

MOST_LISTED = 12
MOST_BUTTONS = 6
TASKS: Mapping[NoticeKind, str] = {
    NoticeKind.ALERT_PERIOD_ENDS: "period_ends",
    NoticeKind.ALERT_EXPIRED: "expired",
    NoticeKind.ALERT_NO_PERIOD: "no_period",
    NoticeKind.ALERT_EXTENSION_ASKED: "extension_asked",
    NoticeKind.ALERT_EXTENSION_ANSWERED: "extension_answered",
    NoticeKind.ALERT_CLOSED: "closed",
    NoticeKind.ALERT_REOPENED: "reopened",
    NoticeKind.ALERT_TO_FILE: "to_file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What the page about the end of an alert shows one person.

    :param asked: the extension that waits for the steering group.
    :param extensions: how often the period was put off.
    """

    alert: Alert
    left: Outstanding
    asked: AlertDecision | None
    extensions: int
    names: Mapping[PersonId, str] = field(repr=False)
    now: datetime


def page(ending: Ending, *, ways: Sequence[str], say: Say) -> Shown:
    """Show what is left, what normalisation is known by, and what can be decided (BER-58)."""
    alert = ending.alert
    data = alerts.about_alert(alert)
    return sheet(
        drilled(say("alertend.page_title", reference=alert.reference), drill=alert.drill, say=say),
        [
            counted(_facts(ending, say)),
            *_asked(ending, say),
            *(_open(ending, say) if alert.is_open else [said(say("alertend.page_over"))]),
            aside(
                say(
                    "alertend.page_typing" if alert.is_open else "alertend.page_typing_over",
                    reference=alert.reference,
                )
            ),
        ],
        say=say,
        actions=[
            *((say(f"button.{verb}"), verb, data) for verb in ways),
            (say("button.alert.back"), "alert.open", data),
        ][:MOST_BUTTONS],
    )


def period_line(alert: Alert, *, asked: AlertDecision | None, say: Say) -> Sequence[Part]:
    """Say on the alert's page until when its plan runs, and whether somebody must decide."""
    if alert.period_end is None or not alert.is_open:
        return ()
    when = moment(alert.period_end, say)
    if asked is not None and asked.until is not None:
        until = moment(asked.until, say)
        return (warned(say("alertend.line_asked", when=when, until=until)),)
    if alert.state is AlertState.EXPIRED:
        return (warned(say("alertend.line_expired", when=when)),)
    return (said(say("alertend.line_period", when=when)),)


def form_title(alert: Alert, *, say: Say) -> str:
    """Name the alert on a form, without a word that somebody wrote."""
    return drilled(alert.reference, drill=alert.drill, say=say)


def done(alert: Alert, what: str, *, say: Say, **facts: object) -> Shown:
    """Say that something was decided, and lead back to the alert."""
    return message(
        drilled(
            say(f"alertend.{what}_title", reference=alert.reference), drill=alert.drill, say=say
        ),
        say(f"alertend.{what}_body", **facts),
        say=say,
        actions=[(say("button.alert.open"), "alert.open", alerts.about_alert(alert))],
    )


def told(
    alert: Alert,
    kind: NoticeKind,
    *,
    decision: AlertDecision | None = None,
    by: str = "",
    ways: Sequence[str] = (),
    say: Say,
) -> Shown:
    """Tell somebody what has become of an alert, why, and what to do (BER-83).

    :param decision: what was decided; its words hold no person (BER-51).
    """
    what = TASKS[kind]
    if kind is NoticeKind.ALERT_EXTENSION_ANSWERED and decision is not None:
        what = f"extension_{decision.kind.value.removeprefix('extension_')}"
    if kind is NoticeKind.ALERT_CLOSED and alert.state is AlertState.STOOD_DOWN:
        what = "stood_down"
    until = decision.until if decision is not None and decision.until else alert.period_end
    facts = {
        "reference": alert.reference,
        "when": moment(alert.period_end, say) if alert.period_end else "–",
        "until": moment(until, say) if until else "–",
        "by": unmarked(by),
    }
    data = alerts.about_alert(alert)
    title = say(f"alertend.told_{what}_title", reference=alert.reference)
    because = [] if decision is None or not decision.words else [plain(decision.words)]
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            said(unmarked(toast_of(alert, say=say))),
            said(say(f"alertend.told_{what}_body", **facts)),
            *lined([(say("alertend.because"), words) for words in because]),
        ],
        say=say,
        actions=[
            *((say(f"button.{verb}"), verb, data) for verb in ways),
            (say("button.alert.open"), "alert.open", data),
        ],
    )


def _facts(ending: Ending, say: Say) -> list[tuple[str, str]]:
    alert = ending.alert
    facts = [
        (say("alerts.number"), alert.reference),
        (say("alerts.state_now"), alerts.state(alert, now=ending.now, say=say)),
    ]
    if alert.period_end is not None:
        facts.append((say("alertend.period_end"), moment(alert.period_end, say)))
    if ending.extensions:
        facts.append((say("alertend.extensions"), str(ending.extensions)))
    if alert.closed_at is not None:
        facts.append((say("alertend.closed_at"), moment(alert.closed_at, say)))
    if alert.filed_at is not None:
        facts.append((say("alertend.filed_at"), moment(alert.filed_at, say)))
    return facts


def _asked(ending: Ending, say: Say) -> list[Part]:
    asked = ending.asked
    if asked is None or asked.until is None:
        return []
    until = moment(asked.until, say)
    return [
        warned(say("alertend.asked", until=until)),
        *lined([(say("alertend.because"), plain(asked.words))]),
    ]


def _open(ending: Ending, say: Say) -> list[Part]:
    left = ending.left
    return [
        *_measures(left, say),
        *_reports(left, say),
        *_briefed(ending, say),
        *_normal(ending, say),
    ]


def _measures(left: Outstanding, say: Say) -> list[Part]:
    if not left.measures:
        return [said(say("alertend.no_measures"))]
    more = len(left.measures) - MOST_LISTED
    return [
        headed(say("alertend.measures", count=len(left.measures))),
        *lined(
            [
                (
                    party_name(each.party, say=say),
                    say("alertend.measure", title=plain(each.title), due=moment(each.due_at, say)),
                )
                for each in left.measures[:MOST_LISTED]
            ]
        ),
        *([said(say("alertend.more", count=more))] if more > 0 else []),
    ]


def _reports(left: Outstanding, say: Say) -> list[Part]:
    if not left.reports:
        return []
    return [
        headed(say("alertend.reports")),
        *lined(
            [(party_name(each.party, say=say), moment(each.due_at, say)) for each in left.reports]
        ),
    ]


def _briefed(ending: Ending, say: Say) -> list[Part]:
    people = ending.left.not_briefed
    if not people:
        return []
    names = ", ".join(unmarked(ending.names.get(each, "–")) for each in people[:MOST_LISTED])
    more = len(people) - MOST_LISTED
    return [
        headed(say("alertend.not_briefed", count=len(people))),
        said(names),
        *([said(say("alertend.more", count=more))] if more > 0 else []),
    ]


def _normal(ending: Ending, say: Say) -> list[Part]:
    """Show what normalisation is known by, and who has said how it goes since it began."""
    left = ending.left
    parts = [
        headed(say("alertend.normal")),
        *(said(f"• {unmarked(each)}") for each in left.normal),
    ]
    if left.quiet_until is None:
        return parts
    quiet = "quiet" if left.quiet_until <= ending.now else "not_quiet"
    missing = [each for each in left.parties if each.authority and each not in left.reported]
    return [
        *parts,
        said(say(f"alertend.{quiet}", when=moment(left.quiet_until, say))),
        said(
            say("alertend.heard_from", parties=_parties(missing, say))
            if missing
            else say("alertend.heard_all")
        ),
    ]


def _parties(parties: Sequence[Party], say: Say) -> str:
    return ", ".join(party_name(each, say=say) for each in parties)
