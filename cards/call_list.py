"""The call list on paper, and as a table: one HTML page to print, one CSV file to sort."""

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from io import StringIO

from cards.delivery import moment
from cards.plain import plain
from cards.words import Say
from domain.areas import area
from domain.call_sheet import Entry, Section

BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows that it is UTF-8
STARTS_A_FORMULA = re.compile(r"[=@\-\t\r]|\+(?![0-9 ]{1,30}\Z)")  # a telephone is none
STYLE = """
@page { size: A4; margin: 15mm 12mm 18mm;
  @bottom-left { content: "%(printed)s"; font: 9pt sans-serif; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
body { font: 11pt/1.35 "Segoe UI", Arial, sans-serif; color: #000; margin: 0; }
h1 { font-size: 18pt; margin: 0 0 2mm; }
h2 { font-size: 14pt; margin: 6mm 0 2mm; break-after: avoid; }
h3 { font-size: 11pt; margin: 4mm 0 1mm; break-after: avoid; }
section.authority { break-before: page; }
table { border-collapse: collapse; width: 100%%; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.4pt solid #555; padding: 1.2mm 2mm; text-align: left; vertical-align: top; }
th { background: #eee; }
.tick { width: 8mm; }
.phone { white-space: nowrap; font-weight: bold; }
"""


def printed(sections: Sequence[Section], *, at: datetime, say: Say) -> str:
    """Write a page of A4 paper per authority, with a box to tick at every name."""
    when = say("printed.at", when=moment(at, say))
    title = escape(say("printed.title"))
    body = [f"<h1>{title}</h1>", f"<p>{escape(when)} {escape(say('printed.use'))}</p>"]
    for number, section in enumerate(sections):
        begins = not number or section.authority is not sections[number - 1].authority
        if begins and number:
            body.append("</section>")
        if begins:
            css = ' class="authority"' if section.authority else ""
            body += [f"<section{css}>", f"<h2>{escape(authority_of(section, say))}</h2>"]
        body += [f"<h3>{escape(place_of(section, say))}</h3>", _table(section, say)]
    if sections:
        body.append("</section>")
    style = STYLE % {"printed": when.replace("\\", "").replace('"', "")}
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{say.language.value}">',
            f'<head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>',
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def _table(section: Section, say: Say) -> str:
    names = ("name", "function", "phone", "email")
    head = "".join(f"<th>{escape(say(f'printed.{each}'))}</th>" for each in names)
    rows = [
        '<tr><td class="tick">☐</td>'
        f"<td>{escape(name_of(each, say))}</td>"
        f"<td>{escape(plain(each.person.function))}</td>"
        f'<td class="phone">{escape(plain(each.person.phone))}</td>'
        f"<td>{escape(plain(each.person.email))}</td></tr>"
        for each in section.entries
    ]
    tick = f'<th class="tick">{escape(say("printed.tick"))}</th>'
    return "\n".join(
        [f"<table><thead><tr>{tick}{head}</tr></thead><tbody>", *rows, "</tbody></table>"]
    )


def as_csv(sections: Sequence[Section], *, say: Say) -> str:
    """Write the same as a table that opens in Excel as it should: UTF-8, semicolons (BER-70)."""
    written = StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    columns = ("authority", "area", "name", "function", "phone", "email")
    table.writerow([say(f"printed.{each}") for each in columns])
    for section in sections:
        for each in section.entries:
            person = each.person
            cells = (name_of(each, say), person.function, person.phone, person.email)
            table.writerow(
                [authority_of(section, say), place_of(section, say), *map(_harmless, cells)]
            )
    return BYTE_ORDER_MARK + written.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from calculating what somebody is called."""
    text = plain(cell)
    return f"'{text}" if STARTS_A_FORMULA.match(text) else text


def authority_of(section: Section, say: Say) -> str:
    if section.authority is None:
        return say("printed.secretariat")
    return say(f"authority.{section.authority}")


def place_of(section: Section, say: Say) -> str:
    return area(section.area).name if section.area else say("printed.whole_city")


def name_of(entry: Entry, say: Say) -> str:
    name = plain(entry.person.name)
    return say("printed.stands_in", name=name) if entry.stands_in else name
