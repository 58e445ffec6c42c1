"""A document made of a matter, as a page to file or print: whose, when, what for (AC-OUT-07)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from cards.delivery import moment
from cards.plain import plain
from cards.words import Say

STYLE = """
@page { size: A4; margin: 18mm 15mm 20mm;
  @bottom-left { content: "%(mark)s"; font: 8pt sans-serif; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
body { font: 11pt/1.4 "Segoe UI", Arial, sans-serif; color: #000; margin: 0; }
h1 { font-size: 16pt; margin: 0 0 3mm; }
h2 { font-size: 12pt; margin: 6mm 0 1mm; break-after: avoid; }
dl { margin: 0; }
dt { font-weight: bold; break-after: avoid; }
dd { margin: 0 0 2mm; white-space: pre-wrap; }
.rule { border: 1pt solid #000; padding: 2mm 3mm; margin: 0 0 4mm; }
.mark { position: fixed; top: 45%%; left: 0; right: 0; text-align: center; font-size: 26pt;
  color: #000; opacity: .08; transform: rotate(-28deg); }
"""

Section = tuple[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What goes on the page; each section has a heading, and questions with their answers.

    `mailbox` is the secure function mailbox it may be sent from, if it is sent at all.
    """

    title: str = field(repr=False)
    reference: str
    reason: str = field(repr=False)
    made_by: str = field(repr=False)
    made_at: datetime
    mailbox: str
    sections: Sequence[Section] = field(repr=False)


def as_html(document: Document, *, say: Say) -> str:
    """Write the page; whatever somebody wrote is only text in it (AC-OUT-01)."""
    when = moment(document.made_at, say)
    mark = say("document.mark", by=plain(document.made_by), when=when)
    title = f"{document.title} {document.reference}"
    top = [
        (say("document.made_by"), document.made_by),
        (say("document.made_at"), when),
        (say("document.reason"), document.reason),
        (say("document.purpose"), say("document.crime_prevention")),
        (say("document.way"), say("document.by_mailbox", mailbox=document.mailbox)),
    ]
    style = STYLE % {"mark": mark.replace("\\", "").replace('"', "").replace("<", "")}
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{say.language.value}">',
            (
                f'<head><meta charset="utf-8"><title>{escape(title)}</title>'
                f"<style>{style}</style></head>"
            ),
            "<body>",
            f'<div class="mark">{escape(mark)}</div>',
            f"<h1>{escape(title)}</h1>",
            (
                f'<p class="rule">{escape(say("reading.police"))}<br>'
                f"{escape(say('document.confidential'))}</p>"
            ),
            _answers(top),
            *(part for section in document.sections for part in _section(section)),
            "</body>",
            "</html>",
            "",
        ]
    )


def _section(section: Section) -> list[str]:
    heading, answers = section
    return [f"<h2>{escape(plain(heading))}</h2>", _answers(answers)]


def _answers(answers: Sequence[tuple[str, str]]) -> str:
    rows = [
        f"<dt>{escape(plain(label))}</dt><dd>{escape(plain(value))}</dd>"
        for label, value in answers
        if value
    ]
    return "\n".join(["<dl>", *rows, "</dl>"])
