"""The app's two icons, drawn here: three who work together, joined around one."""

import struct
import zlib
from collections.abc import Callable, Iterator
from math import cos, hypot, pi, sin
from typing import NamedTuple

COLOR_SIDE = 192
OUTLINE_SIDE = 32


class Rgba(NamedTuple):
    red: int
    green: int
    blue: int
    alpha: int = 255


WHITE = Rgba(255, 255, 255)
ACCENT = Rgba(31, 58, 95)
_WARM = Rgba(244, 185, 66)

# The mark lives in a square from -1 to 1; all lengths are in that measure.
_REACH = 0.72
_RING = 0.24
_STROKE = 0.155
_DOT = 0.17
_LOWERED = 0.16  # a triangle's middle lies below the middle of its height
_CORNERS = [
    (_REACH * cos(turn), _LOWERED + _REACH * sin(turn)) for turn in (-pi / 2, pi / 6, 5 * pi / 6)
]
_COLOR_FILLS = 0.62  # the mark's share of each icon
_OUTLINE_FILLS = 0.98


def color_icon() -> bytes:
    """Draw the 192-pixel icon: the mark in white on our colour, the one in the middle warm."""

    def pixel(x: float, y: float, unit: float) -> Rgba:
        lines = _blend(ACCENT, WHITE, _cover(_lines(x, y), unit))
        return _blend(lines, _WARM, _cover(_dot(x, y), unit))

    return _png(COLOR_SIDE, _COLOR_FILLS, pixel)


def outline_icon() -> bytes:
    """Draw the 32-pixel icon: the same mark, white on nothing."""

    def pixel(x: float, y: float, unit: float) -> Rgba:
        cover = _cover(min(_lines(x, y), _dot(x, y)), unit)
        return WHITE._replace(alpha=round(255 * cover))

    return _png(OUTLINE_SIDE, _OUTLINE_FILLS, pixel)


def _dot(x: float, y: float) -> float:
    """Measure the distance to the dot in the middle; inside it is negative."""
    return hypot(x, y - _LOWERED) - _DOT


def _lines(x: float, y: float) -> float:
    """Measure the distance to the three rings and the sides between them."""
    circles = [hypot(x - a, y - b) - _RING for a, b in _CORNERS]
    rings = min(abs(circle) for circle in circles) - _STROKE / 2
    sides = min(
        _from_side(x, y, _CORNERS[number - 1], corner) for number, corner in enumerate(_CORNERS)
    )
    outside_the_rings = max(sides - _STROKE / 2, -min(circles))
    return min(rings, outside_the_rings)


def _from_side(x: float, y: float, start: tuple[float, float], end: tuple[float, float]) -> float:
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    share = ((x - start[0]) * along_x + (y - start[1]) * along_y) / (along_x**2 + along_y**2)
    share = min(1.0, max(0.0, share))
    return hypot(x - start[0] - share * along_x, y - start[1] - share * along_y)


def _cover(distance: float, unit: float) -> float:
    """Say how much of a pixel lies inside; `unit` is the pixel's side."""
    return min(1.0, max(0.0, 0.5 - distance / unit))


def _blend(under: Rgba, over: Rgba, cover: float) -> Rgba:
    return Rgba(*(round(a + (b - a) * cover) for a, b in zip(under, over, strict=True)))


def _png(side: int, fills: float, pixel: Callable[[float, float, float], Rgba]) -> bytes:
    unit = 2 / (side * fills)

    def rows() -> Iterator[bytes]:
        for row in range(side):
            y = (row + 0.5 - side / 2) * unit
            line = [pixel((column + 0.5 - side / 2) * unit, y, unit) for column in range(side)]
            yield b"\0" + bytes(value for each in line for value in each)

    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(b"".join(rows()), 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
