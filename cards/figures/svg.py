"""A small writer of SVG: text from data, escaped, and the same text for the same data.

Whatever has a colour has that of the text around it, so that it is seen on light, dark and high
contrast. A page may colour the classes; what they tell apart is also told by shape and word. There
is no style attribute, because the tab's policy forbids it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from cards.words import Say
from cards.xml_words import for_xml

CHARACTER = 0.56  # how wide a letter is at most, on the average, of its size
_ID = re.compile(r"[a-z][a-z0-9-]{0,60}")

PATTERNS = (_ID,)

Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing, what it shows in a sentence, and all of it as a table."""

    title: str = field(repr=False)
    desc: str = field(repr=False)
    svg: str = field(repr=False)
    head: tuple[str, ...] = field(repr=False)
    rows: Table = field(repr=False)


def element(name: str, *children: str, **attributes: str | float) -> str:
    """Write an element; children are written already, attributes are not.

    An underline in an attribute's name is a hyphen, and one at its end is nothing.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def words(text: str) -> str:
    """Write what somebody wrote, so that it is only text."""
    return escape(for_xml(text))


def label(text: str, x: float, y: float, *, size: float = 13, **attributes: str | float) -> str:
    """Write words at a place; they stand in the middle of that line."""
    return element(
        "text",
        words(text),
        x=x,
        y=y,
        font_size=size,
        dominant_baseline="central",
        **attributes,
    )


def told(text: str) -> str:
    """Give what a pointer that rests on it is told, and a screen reader that comes by."""
    return element("title", words(text))


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float) -> str:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor", **attributes)


def box(x: float, y: float, width: float, height: float, **attributes: str | float) -> str:
    return element(
        "rect", x=x, y=y, width=width, height=height, **{"stroke": "currentColor", **attributes}
    )


def group(*children: str, **attributes: str | float) -> str:
    return element("g", *children, **attributes) if children else ""


def fits(text: str, width: float, *, size: float = 13) -> str:
    """Cut words to a width, and show that they go on; the table has them whole."""
    room = int(width / (size * CHARACTER))
    return text if len(text) <= room else f"{text[: max(room - 1, 1)].rstrip()}…"


def drawing(
    body: Iterable[str],
    *,
    id: str,
    title: str,
    desc: str,
    width: float,
    height: float,
    drill: bool,
) -> str:
    """Put a drawing together, with its title and description for who does not see it.

    :param id: begins the ids in it; no other figure on the page has it.
    """
    if not _ID.fullmatch(id):
        raise ValueError("the id of a figure is a small letter, then letters, digits and hyphens")
    return element(
        "svg",
        "\n",
        element("title", words(title), id=f"{id}-title"),
        "\n",
        element("desc", words(desc), id=f"{id}-desc"),
        "\n",
        *(f"{each}\n" for each in body if each),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        role="img",
        aria_labelledby=f"{id}-title {id}-desc",
        class_="figure figure-drill" if drill else "figure",
        fill="currentColor",
        font_family="Segoe UI, Arial, sans-serif",
    )


def heading(title: str, *, width: float) -> str:
    """Write the title where everybody sees it, also who prints the drawing alone (BER-62)."""
    return label(fits(title, width - 16, size=16), 8, 18, size=16, font_weight="bold")


def empty(text: str, *, y: float) -> str:
    """Say that there is nothing to draw."""
    return label(text, 8, y, size=14)


def share(part: int, whole: int, *, say: Say) -> str:
    """Write a share as whole per cent; of nothing there is none."""
    return say("figure.percent", percent=round(100 * part / whole)) if whole else "–"


def _number(value: str | float) -> str:
    return for_xml(value) if isinstance(value, str) else f"{round(value, 1):g}"
