"""What tells lines, points and fields of a figure apart without colour."""

from collections.abc import Callable

from cards.figures.svg import element, group, line

RADIUS = 5.0
STROKES = ("", "9 4", "2 3", "10 3 2 3", "16 4", "5 2 1 2 1 2", "1 5")
HATCHED = "hatched"
CROSSED = "crossed"


def stroke(number: int) -> str:
    """Give the dashes of the so-many-eth line; an empty one is drawn through."""
    return STROKES[number % len(STROKES)]


def point(number: int, x: float, y: float) -> str:
    """Draw the mark of the so-many-eth kind around a point."""
    return _SHAPES[number % len(_SHAPES)](x, y, RADIUS)


def patterns(id: str) -> str:
    """Define what fields are filled with, under the ids of one figure."""
    return element(
        "defs",
        _pattern(id, HATCHED, "M0 6 6 0"),
        _pattern(id, CROSSED, "M0 6 6 0M0 0 6 6"),
    )


def fill(id: str, pattern: str) -> str:
    """Refer to a pattern of the same figure."""
    return f"url(#{id}-{pattern})"


def _pattern(id: str, name: str, path: str) -> str:
    return element(
        "pattern",
        element("path", d=path, stroke="currentColor", stroke_width=1),
        id=f"{id}-{name}",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
    )


def _polygon(*corners: tuple[float, float]) -> str:
    return element("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners))


def _circle(x: float, y: float, r: float) -> str:
    return element("circle", cx=x, cy=y, r=r)


def _ring(x: float, y: float, r: float) -> str:
    return element("circle", cx=x, cy=y, r=r, fill="none", stroke="currentColor", stroke_width=2)


def _square(x: float, y: float, r: float) -> str:
    return element("rect", x=x - r, y=y - r, width=2 * r, height=2 * r)


def _triangle(x: float, y: float, r: float) -> str:
    return _polygon((x, y - r), (x + r, y + r), (x - r, y + r))


def _diamond(x: float, y: float, r: float) -> str:
    return _polygon((x, y - r - 1), (x + r + 1, y), (x, y + r + 1), (x - r - 1, y))


def _cross(x: float, y: float, r: float) -> str:
    return group(
        line(x - r, y - r, x + r, y + r, stroke_width=2),
        line(x - r, y + r, x + r, y - r, stroke_width=2),
    )


def _plus(x: float, y: float, r: float) -> str:
    return group(
        line(x - r, y, x + r, y, stroke_width=2), line(x, y - r, x, y + r, stroke_width=2)
    )


_SHAPES: tuple[Callable[[float, float, float], str], ...] = (
    *(_circle, _square, _triangle, _diamond, _cross, _plus, _ring),
)
