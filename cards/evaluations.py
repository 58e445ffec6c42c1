"""Evaluations as they are shown: figures, timeline, answers, what was learned (BER-61)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from cards import alerts
from cards.alert_words import drilled, one_line, shortened
from cards.delivery import Part, aside, counted, headed, lined, moment, said, sheet, warned
from cards.forms import message
from cards.plain import plain, unmarked
from cards.shown import Json, Shown
from cards.words import Say
from domain.alert_figures import Target
from domain.alert_papers import LogLine
from domain.alerts import Alert
from domain.delivery import DeliveryState
from domain.evaluation_figures import COUNTS
from domain.evaluations import Evaluation, EvaluationState, Learning, LearningState
from domain.people import PersonId

MOST_LINES = 8  # of the timeline; the log has them all
MOST_LEARNED = 6
MOST_BUTTONS = 4
LONGEST = 180  # characters of one answer on the card
_UNITS = (  # from how long on something is told in these
    (timedelta(days=3), "days"),
    (timedelta(hours=2), "hours"),
    (timedelta(minutes=1), "minutes"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the evaluation shows one person.

    :param timeline: what mattered, in order.
    :param unreached: who got no message, and why; empty to who may not see that.
    :param changes: editions of the template that came of this alert.
    """

    alert: Alert
    evaluation: Evaluation
    timeline: Sequence[LogLine] = field(repr=False)
    learnings: Sequence[Learning]
    unreached: Sequence[tuple[PersonId, DeliveryState]]
    changes: Sequence[int]
    names: Mapping[PersonId, str] = field(repr=False)


def page(page: Page, *, ways: Sequence[str], say: Say) -> Shown:
    """Show an evaluation, from its figures to what came of it."""
    alert = page.alert
    data = alerts.about_alert(alert)
    title = say("evaluation.title", reference=alert.reference)
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            counted(_facts(page, say)),
            headed(say("evaluation.figures")),
            counted(_figures(page.evaluation, say)),
            *_unreached(page, say),
            *_timeline(page, say),
            headed(say("evaluation.answers")),
            *lined(
                [
                    (
                        plain(each.question),
                        _cut(each.answer) or say("evaluation.no_answer"),
                    )
                    for each in page.evaluation.answers
                ]
            ),
            *_learned(page, say),
            *(said(say("evaluation.changed", edition=each)) for each in page.changes),
            aside(say("evaluation.typing", reference=alert.reference)),
        ],
        say=say,
        actions=[
            *((say(f"button.{verb}"), verb, data) for verb in ways),
            (say("button.alert.back"), "alert.open", data),
        ],
    )


def about_learning(learning: Learning) -> dict[str, Json]:
    """Say what a button carries: which lesson."""
    return {"learning": str(learning.id)}


def mine(learnings: Sequence[tuple[Learning, Alert]], *, say: Say) -> Shown:
    """List what somebody is to do of what was learned; each is ended with its button."""
    lines = [
        drilled(
            say(
                "learning.line",
                number=number,
                reference=alert.reference,
                words=unmarked(_cut(each.words)),
                date=say.day(each.due_on),
            ),
            drill=alert.drill,
            say=say,
        )
        for number, (each, alert) in enumerate(learnings[:MOST_LEARNED], start=1)
    ]
    left = len(learnings) - MOST_LEARNED
    return message(
        say("learning.mine_title"),
        *(lines or [say("learning.none")]),
        *([say("alertend.more", count=left)] if left > 0 else []),
        say=say,
        actions=[
            (
                say("button.learning.done_one", number=number),
                "learning.done",
                about_learning(each),
            )
            for number, (each, _) in enumerate(learnings[:MOST_BUTTONS], start=1)
        ]
        or [(say("button.alert.list"), "alert.list", {})],
    )


def learning(learning: Learning, alert: Alert, what: str, *, say: Say) -> Shown:
    """Tell an owner of what was learned, or that it is due; it is ended here."""
    title = say(f"learning.{what}_title", reference=alert.reference)
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            said(say(f"learning.{what}_body", date=say.day(learning.due_on))),
            *lined([(say("learning.words_are"), plain(learning.words))]),
            *_template(learning, say),
        ],
        say=say,
        actions=[
            (say("button.learning.done"), "learning.done", about_learning(learning)),
            (say("button.learning.drop"), "learning.drop", about_learning(learning)),
            (say("button.alert.open"), "alert.open", alerts.about_alert(alert)),
        ],
    )


def ended(learning: Learning, alert: Alert, *, say: Say) -> Shown:
    """Say that it is done or given up, and which change of a template it is linked to."""
    linked = (
        [say("learning.linked", template=learning.template, revision=learning.revision)]
        if learning.revision is not None
        else []
    )
    return message(
        say(f"learning.ended_{learning.state}_title"),
        say(f"learning.ended_{learning.state}_body", reference=alert.reference),
        *linked,
        say=say,
        actions=[(say("button.learning.mine"), "learning.mine", {})],
    )


def told(alert: Alert, evaluation: Evaluation, *, overdue: bool, say: Say) -> Shown:
    """Ask its owner to call for the evaluation, or to write it."""
    what = "late" if overdue else "call"
    return message(
        drilled(
            say(f"evaluation.{what}_title", reference=alert.reference), drill=alert.drill, say=say
        ),
        say(f"evaluation.{what}_body", date=say.day(evaluation.due_on)),
        say=say,
        actions=[
            (say("button.evaluation.open"), "evaluation.open", alerts.about_alert(alert)),
            (say("button.alert.open"), "alert.open", alerts.about_alert(alert)),
        ],
    )


def finished(alert: Alert, *, say: Say) -> Shown:
    """Say that an alert is evaluated."""
    return message(
        drilled(say("evaluation.done_title"), drill=alert.drill, say=say),
        say("evaluation.done_body", reference=alert.reference),
        say=say,
        actions=[
            (say("button.evaluation.open"), "evaluation.open", alerts.about_alert(alert)),
        ],
    )


def lasting(seconds: int, say: Say) -> str:
    """Say how long something took, in minutes, hours or days."""
    length = timedelta(seconds=seconds)
    for least, unit in _UNITS:
        if length >= least:
            return say(f"evaluation.{unit}", count=length // timedelta(**{unit: 1}))
    return say("evaluation.within_a_minute")


def _facts(page: Page, say: Say) -> list[tuple[str, str]]:
    evaluation = page.evaluation
    done = evaluation.state is EvaluationState.DONE
    return [
        (say("evaluation.state"), say(f"evaluation.state_{evaluation.state}")),
        (say("evaluation.owner"), unmarked(page.names.get(evaluation.owner, "–"))),
        (say("evaluation.due"), say.day(evaluation.due_on)),
        *(
            [(say("evaluation.done_at"), moment(evaluation.done_at, say))]
            if done and evaluation.done_at
            else []
        ),
    ]


def _figures(evaluation: Evaluation, say: Say) -> list[tuple[str, str]]:
    figures = evaluation.figures
    return [
        *(
            (
                say(f"evaluation.figure_{each}"),
                lasting(figures[each], say) if each in figures else say("evaluation.never"),
            )
            for each in Target
        ),
        *(
            (say(f"evaluation.figure_{each}"), str(figures[each]))
            for each in COUNTS
            if each in figures
        ),
    ]


def _unreached(page: Page, say: Say) -> list[Part]:
    if not page.unreached:
        return []
    return [
        warned(say("evaluation.unreached", count=len(page.unreached))),
        *lined(
            [
                (plain(page.names.get(person, "–")), say(f"delivery.state.{state}"))
                for person, state in page.unreached[:MOST_LINES]
            ]
        ),
        *_more(len(page.unreached) - MOST_LINES, say),
    ]


def _timeline(page: Page, say: Say) -> list[Part]:
    if not page.timeline:
        return []
    return [
        headed(say("evaluation.timeline")),
        *lined([(moment(each.at, say), _cut(each.words)) for each in page.timeline[:MOST_LINES]]),
        *_more(len(page.timeline) - MOST_LINES, say),
    ]


def _learned(page: Page, say: Say) -> list[Part]:
    if not page.learnings:
        return []
    return [
        headed(say("evaluation.learned")),
        *lined(
            [
                (
                    say(f"learning.state_{each.state}"),
                    say(
                        "evaluation.lesson",
                        words=_cut(each.words),
                        owner=plain(page.names.get(each.owner, "–")),
                        date=say.day(each.due_on),
                    ),
                )
                for each in page.learnings[:MOST_LEARNED]
            ]
        ),
        *_more(len(page.learnings) - MOST_LEARNED, say),
    ]


def _more(left: int, say: Say) -> list[Part]:
    return [aside(say("alertend.more", count=left))] if left > 0 else []


def _cut(words: str) -> str:
    """Show the beginning of what somebody wrote: the form and the log have the whole of it."""
    return shortened(plain(one_line(words)), at_most=LONGEST)


def _template(learning: Learning, say: Say) -> list[Part]:
    if learning.template is None or learning.state is not LearningState.OPEN:
        return []
    return [said(say("learning.template_is", template=learning.template))]
