"""The log of an alert in the chat: its latest lines first, page by page (BER-44)."""

from collections.abc import Sequence

from cards.alert_words import drilled, one_line, standing_lines
from cards.delivery import Button, Part, aside, lined, moment, said, sheet
from cards.forms import message
from cards.plain import plain
from cards.presses import about
from cards.shown import Shown
from cards.words import Say
from domain.alert_papers import LogLine
from domain.alerts import Alert

PER_PAGE = 8
LONGEST = 300  # characters of a line; all of it is on paper and in the export


def page(alert: Alert, lines: Sequence[LogLine], *, number: int, writes: bool, say: Say) -> Shown:
    """Show one page of the log.

    :param number: of the page; the first has the latest lines.
    """
    latest = [*reversed(lines)]
    shown = latest[(number - 1) * PER_PAGE : number * PER_PAGE]
    older = len(latest) > number * PER_PAGE
    title = say("alertlog.title", reference=alert.reference, count=len(lines))
    data = about("alert", alert.id, alert.version)
    ways: list[Button] = []
    if writes:
        ways += [(say(f"button.{verb}"), verb, data) for verb in _WRITES]
    for other, key in ((number + 1, "older"), (number - 1, "newer")):
        if (key == "older" and older) or (key == "newer" and number > 1):
            word = say(f"alertlog.{key}")
            ways.append((word, "alertlog.page", {**data, "page": str(other)}))
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            *(_lines(shown, say=say) or [said(say("alertlog.empty"))]),
            aside(standing_lines(say)[1]),
        ],
        say=say,
        actions=[*ways, (say("button.alert.open"), "alert.open", data)],
    )


_WRITES = ("alertlog.note", "alertlog.amend")


def _lines(lines: Sequence[LogLine], *, say: Say) -> list[Part]:
    return lined(
        [
            (
                say("alertlog.head", number=each.number, when=moment(each.at, say), by=each.by),
                _said(each, say),
            )
            for each in lines
        ]
    )


def _said(line: LogLine, say: Say) -> str:
    words = plain(line.words)
    cut = words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()} …"
    return (
        cut if line.corrects is None else say("alertlog.corrects", number=line.corrects, words=cut)
    )


def short(line: LogLine, *, say: Say) -> str:
    """Name a line where one is chosen."""
    return say("alertlog.choice", number=line.number, words=one_line(line.words)[:60])


def written(alert: Alert, *, number: int, say: Say) -> Shown:
    """Say that it is in the log, and under which number."""
    title = say("alertlog.written_title", number=number, reference=alert.reference)
    data = about("alert", alert.id, alert.version)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say("alertlog.written_body"),
        say=say,
        actions=[(say(f"button.{verb}"), verb, data) for verb in ("alertlog.note", "alert.open")],
    )


def offered(alerts: Sequence[Alert], *, has_draft: bool, say: Say) -> Shown:
    """Answer words that were not understood: in an alert they may belong in its log."""
    names = ", ".join(drilled(each.reference, drill=each.drill, say=say) for each in alerts)
    actions: list[Button] = [
        (say("alertlog.offer_yes"), "form.resume", {}),
        (say("button.alert.list"), "alert.list", {}),
        (say("button.help"), "help", {}),
    ]
    return message(
        say("alertlog.offer_title"),
        say("alertlog.offer_body", references=names),
        say("alertlog.offer_draft" if has_draft else "alertlog.offer_typing"),
        say=say,
        actions=actions[1:] if has_draft else actions,
    )


def not_in_one(*, say: Say) -> Shown:
    """Say that there is no open alert whose log somebody could write in."""
    return message(
        say("alertlog.none_title"),
        say("alertlog.none_body"),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )
