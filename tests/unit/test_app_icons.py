"""The Teams app's icons: the same mark twice, as Teams wants them."""

import struct
import zlib

from manifest.icons import color_icon, outline_icon


class TestTheIcons:
    def test_the_outline_is_white_on_nothing(self) -> None:
        pixels = decoded(outline_icon(), side=32)

        assert {pixel[:3] for pixel in pixels} == {(255, 255, 255)}
        assert {0, 255} <= {pixel[3] for pixel in pixels}

    def test_the_coloured_one_covers_its_square(self) -> None:
        pixels = decoded(color_icon(), side=192)

        assert {pixel[3] for pixel in pixels} == {255}
        assert len({pixel[:3] for pixel in pixels}) > 3

    def test_both_show_the_same_mark(self) -> None:
        """Where the outline is solid, the coloured icon shows the mark at the same place."""
        outline, color = decoded(outline_icon(), side=32), decoded(color_icon(), side=192)
        ground = color[0]
        solid = [number for number, pixel in enumerate(outline) if pixel[3] == 255]

        missing = [number for number in solid if color[_same_place(number)] == ground]

        assert len(solid) > 100
        assert missing == []


def decoded(png: bytes, *, side: int) -> list[tuple[int, ...]]:
    """Read the pixels of an 8-bit RGBA picture whose rows are unfiltered, as ours are."""
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", png[at + 8 + length :][:4])[0]
        if kind == b"IHDR":
            assert struct.unpack(">IIBBBBB", body) == (side, side, 8, 6, 0, 0, 0)
        if kind == b"IDAT":
            data += body
        at += 12 + length
    raw, stride = zlib.decompress(data), 4 * side + 1
    rows = [raw[row * stride : (row + 1) * stride] for row in range(side)]
    assert {row[0] for row in rows} == {0}
    return [tuple(row[at : at + 4]) for row in rows for at in range(1, stride, 4)]


def _same_place(number: int) -> int:
    """Find the pixel of the coloured icon that shows what a pixel of the outline shows."""
    scale = (192 * 0.62) / (32 * 0.98)
    row, column = divmod(number, 32)
    y, x = ((place + 0.5 - 16) * scale + 96 for place in (row, column))
    return int(y) * 192 + int(x)
