"""Drills as the Secretariat sees them: it is time, what was held, and how it went (BER-65)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from cards.alert_words import drilled
from cards.alerts import about_alert
from cards.delivery import Button, Part, aside, headed, said, sheet
from cards.figures.comparison import drill_beside_live
from cards.figures.spans import lasting
from cards.plain import unmarked
from cards.shown import Shown
from cards.templates import about_template
from cards.words import Say
from domain.alert_figures import Compared, Target
from domain.alerts import Alert
from domain.dates import local_date
from domain.drills import Exercise, exercise_of, next_by
from domain.plan_templates import Template

MOST_HELD = 8
MOST_BUTTONS = 3


def listed(
    templates: Sequence[Template],
    held: Sequence[Alert],
    *,
    latest: Mapping[Exercise, date],
    today: date,
    say: Say,
) -> Shown:
    """Show when each was practised last and by when it should be again; then what was held."""
    parts = [said(_when(each, latest.get(each), today, say)) for each in Exercise]
    parts.append(headed(say("drills.held")))
    parts += [said(_held(each, say)) for each in held[:MOST_HELD]] or [said(say("drills.none"))]
    return sheet(
        say("drills.title"),
        parts,
        say=say,
        actions=[
            *_begins(templates, say),
            *([_opens(held[0], say)] if held else []),
            (say("button.drill.report"), "drill.report", {}),
        ],
    )


def _begins(templates: Sequence[Template], say: Say) -> list[Button]:
    return [
        (
            say("button.drill.begin", code=each.code),
            "drill.begin",
            about_template(each),
        )
        for each in templates[:MOST_BUTTONS]
    ]


def _opens(alert: Alert, say: Say) -> Button:
    return say("button.drill.open", reference=alert.reference), "alert.open", about_alert(alert)


def _when(exercise: Exercise, latest: date | None, today: date, say: Say) -> str:
    return say(
        f"drills.{exercise}",
        latest=say.day(latest) if latest else say("drills.never"),
        until=say.day(next_by(exercise, latest=latest, today=today)),
    )


def _held(alert: Alert, say: Say) -> str:
    return say(
        "drills.line",
        reference=f"**{alert.reference}**",
        day=say.day(local_date(alert.activated_at)),
        title=unmarked(alert.title),
        template=alert.template,
    )


def due(
    exercise: Exercise,
    templates: Sequence[Template],
    *,
    latest: date | None,
    today: date,
    say: Say,
) -> Shown:
    """Say that it is time to practise, and open the form that begins it."""
    fitting = [each for each in templates if exercise_of(each) is exercise]
    return sheet(
        drilled(say(f"drills.due_{exercise}_title"), drill=True, say=say),
        [said(say(f"drills.due_{exercise}")), said(_when(exercise, latest, today, say))],
        say=say,
        actions=[*_begins(fitting, say), (say("button.drill.list"), "drill.list", {})],
    )


def report(
    held: Sequence[tuple[Alert, Mapping[str, int]]], compared: Sequence[Compared], *, say: Say
) -> Shown:
    """Lay drills beside what was in earnest and beside the targets, then each drill (BER-63)."""
    figure = drill_beside_live(compared, id="drills", say=say)
    _, *kinds = figure.head
    beside = [
        said(f"**{name}**: " + "; ".join(map(_pair, kinds, values)))
        for name, *values in figure.rows
    ]
    each_one: list[Part] = [
        said(_went(alert, figures, say)) for alert, figures in held[:MOST_HELD]
    ]
    left = len(held) - MOST_HELD
    return sheet(
        drilled(say("drills.report_title"), drill=True, say=say),
        [
            aside(say("drills.report_body")),
            *beside,
            headed(say("drills.held")),
            *(each_one or [said(say("drills.none"))]),
            *([aside(say("template_page.and_more", count=left))] if left > 0 else []),
        ],
        say=say,
        actions=[(say("button.drill.list"), "drill.list", {})],
    )


def _pair(kind: str, value: str) -> str:
    return f"{kind.casefold()} {value}"


def _went(alert: Alert, figures: Mapping[str, int], say: Say) -> str:
    times = [
        say(
            "drills.took",
            what=say(f"figure.target_{each}").casefold(),
            time=lasting(timedelta(seconds=figures[each]), say=say),
        )
        for each in Target
        if each in figures
    ]
    answered = say(
        "drills.answered",
        answered=figures.get("answered", 0),
        asked=figures.get("recipients", 0),
    )
    return f"{_held(alert, say)}: {'; '.join([answered, *times])}"
