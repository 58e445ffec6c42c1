"""The log of an alert as text and as HTML, to be journalised (BER-70)."""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from cards.alert_words import all_places, drilled, one_line
from cards.delivery import moment
from cards.words import Say
from cards.xml_words import for_xml
from domain.alert_papers import AlertFile, LogLine
from domain.dates import COPENHAGEN

STYLE = """
@page { size: A4; margin: 18mm 15mm; }
body { font: 11pt/1.4 "Segoe UI", Arial, sans-serif; margin: 1rem; }
table { border-collapse: collapse; width: 100%; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.4pt solid; padding: 1.2mm 2mm; text-align: left; vertical-align: top; }
td.words { white-space: pre-wrap; }
"""


def log_title(file: AlertFile, *, say: Say) -> str:
    said = say("alert_log.title", reference=file.alert.reference, title=one_line(file.alert.title))
    return drilled(said, drill=file.alert.drill, say=say)


def log_facts(file: AlertFile, *, made_at: datetime, say: Say) -> list[tuple[str, str]]:
    """Say of what it is the log, and how much of it there is."""
    alert = file.alert
    return [
        (say("alert_log.level"), str(int(alert.level))),
        (say("alert_log.areas"), all_places(alert.audience.areas, say=say)),
        (say("alert_log.activated"), moment(alert.activated_at, say)),
        (say("alert_log.lines"), str(len(file.log))),
        (say("alert_log.made_at"), moment(made_at, say)),
    ]


def log_text(file: AlertFile, *, made_at: datetime, say: Say) -> str:
    """Write the log as lines; what somebody wrote on several lines is indented under the first."""
    facts = (f"{label}: {value}" for label, value in log_facts(file, made_at=made_at, say=say))
    return "\n".join(
        [log_title(file, say=say), *facts, "", *_lines(file, say=say), ""],
    )


def _lines(file: AlertFile, *, say: Say) -> Iterator[str]:
    for each in file.log:
        said = say(
            "alert_log.line",
            number=each.number,
            at=exact(each.at),
            by=one_line(each.by),
            words=line_words(each, say=say).replace("\n", "\n    "),
        )
        yield drilled(said, drill=file.alert.drill, say=say)


def log_html(file: AlertFile, *, made_at: datetime, say: Say) -> str:
    """Write the log as a page that stands by itself, with no script and nothing from elsewhere."""
    title = _safe(log_title(file, say=say))
    facts = "".join(
        f"<dt>{_safe(label)}</dt><dd>{_safe(value)}</dd>"
        for label, value in log_facts(file, made_at=made_at, say=say)
    )
    head = "".join(f'<th scope="col">{_safe(each)}</th>' for each in log_head(say=say))
    rows = [
        f'<tr id="l{each.number}"><td>{each.number}</td><td>{exact(each.at)}</td>'
        f'<td>{_safe(each.by)}</td><td class="words">{_safe(line_words(each, say=say))}</td></tr>'
        for each in file.log
    ]
    mark = drilled("", drill=file.alert.drill, say=say)
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{say.language.value}">',
            f'<head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style></head>',
            "<body>",
            f"<h1>{title}</h1>",
            f"<dl>{facts}</dl>",
            f"<table><caption>{_safe(mark)}</caption><thead><tr>{head}</tr></thead><tbody>"
            if mark
            else f"<table><thead><tr>{head}</tr></thead><tbody>",
            *rows,
            "</tbody></table>",
            "</body>",
            "</html>",
            "",
        ]
    )


def log_head(*, say: Say) -> tuple[str, ...]:
    return (
        say("alert_log.number"),
        say("alert_log.at"),
        say("alert_log.by"),
        say("alert_log.words"),
    )


def line_words(line: LogLine, *, say: Say) -> str:
    """Say what stands in a line, and which one it corrects."""
    said = for_xml(line.words)
    if line.corrects is None:
        return said
    return say("alert_log.corrects", number=line.corrects, words=said)


def exact(at: datetime) -> str:
    """Write a moment to the second, with its offset: an hour comes twice in October."""
    return f"{at.astimezone(COPENHAGEN):%d-%m-%Y %H.%M.%S (UTC%z)}"


def _safe(text: str) -> str:
    return escape(for_xml(text))
