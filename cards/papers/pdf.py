"""A paper as a PDF that everybody can read: tagged, PDF/UA-1, with its language (MTG-27)."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

import typst

from cards.papers.blocks import Block, Facts, Grid, Heading, Links, Paper, Picture, Words
from cards.plain import plain
from domain.letters import composed
from domain.people import Language

# What the fonts that come with typst can show. Anything else has no glyph, which PDF/UA does not
# allow, and some of it (Arabic) makes typst panic; it is shown as a box.
_SHOWN = (
    *((" ", "\u024f"), ("\u0300", "\u04ff"), ("\u1e00", "\u1eff")),
    *(("\u2010", "\u2027"), ("\u2030", "\u2040"), ("\u20a0", "\u20bf"), ("\u2190", "\u22ff")),
    ("\u25a0", "\u25ff"),
)
_BREAKS = {"\t", "\n"}
_UNSEEN = {"Cc", "Cf", "Cn", "Mn", "Me"}  # control, format, none at all, accents of their own
BOX = "\u25a1"

REGIONS: Mapping[Language, str] = {Language.DA: "DK", Language.EN: "GB"}


def as_pdf(paper: Paper, *, made_at: datetime) -> bytes:
    """Write the PDF; whatever somebody wrote is only text in it (AC-OUT-01)."""
    return _compiled(
        {"paper": shown(json.dumps(told(paper), ensure_ascii=False))}, made_at=made_at
    )


def shown(text: str) -> str:
    """Put a box for each character that the fonts do not have."""
    return "".join(char if _has_glyph(char) else BOX for char in composed(text))


def _has_glyph(char: str) -> bool:
    return char in _BREAKS or (
        any(first <= char <= last for first, last in _SHOWN)
        and unicodedata.category(char) not in _UNSEEN
    )


def _compiled(inputs: dict[str, str], *, made_at: datetime) -> bytes:
    written = typst.compile(
        _layout(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs=inputs,
        timestamp=made_at,
        ignore_system_fonts=True,
    )
    if not isinstance(written, bytes):
        raise TypeError("a PDF is one file")
    return written


@cache
def _layout() -> bytes:
    return (files("cards") / "papers" / "paper.typ").read_bytes()


def told(paper: Paper) -> dict[str, object]:
    return {
        "title": paper.title,
        "subject": paper.subject,
        "author": paper.author,
        "page": paper.page,
        "lang": paper.language.value,
        "region": REGIONS[paper.language],
        "landscape": paper.landscape,
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading():
            heading = {"level": block.level, "text": block.told(), "new_page": block.new_page}
            return {"kind": "heading", **heading}
        case Words():
            return {"kind": "words", "paragraphs": block.paragraphs()}
        case Facts():
            return {"kind": "facts", "rows": block.told()}
        case Links():
            return {"kind": "links", "links": block.told()}
        case Picture():
            return {"kind": "picture", "svg": block.svg, "alt": block.alt}
        case Grid():
            rows = [[plain(cell) for cell in row] for row in block.rows]
            return {"kind": "grid", "head": block.head, "rows": rows, "widths": block.widths}
