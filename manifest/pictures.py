"""What a PNG shows, read with the standard library: enough of it to judge an icon."""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")
_PLAIN = 8  # bits in each channel
_RGBA = 6
_CHANNELS = 4

Pixel = tuple[int, int, int, int]


class Unreadable(Exception):
    """A file that is no picture, or one of a kind that Teams' icons are not."""


class Size(NamedTuple):
    width: int
    height: int


def size(png: bytes) -> Size:
    """Say how large a PNG is.

    :raises Unreadable: when it is none, or a piece of it is damaged.
    """
    return Size(*_header(dict(_chunks(png)))[:2])


def pixels(png: bytes) -> list[Pixel]:
    """Read the pixels of a PNG with eight bits of red, green, blue and alpha, row by row.

    :raises Unreadable: when it is damaged, or stores its pixels in another way.
    """
    chunks = list(_chunks(png))
    width, height, bits, kind, _, _, interlaced = _header(dict(chunks))
    if (bits, kind, interlaced) != (_PLAIN, _RGBA, 0):
        raise Unreadable("is not stored as 8-bit red, green, blue and alpha, row by row")
    try:
        data = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    except zlib.error:
        raise Unreadable("is a damaged PNG") from None
    stride = width * _CHANNELS + 1
    if len(data) != stride * height:
        raise Unreadable("is a damaged PNG")
    read: list[Pixel] = []
    above = bytes(stride - 1)
    for start in range(0, len(data), stride):
        above = _unfiltered(data[start], data[start + 1 : start + stride], above)
        red, green, blue, alpha = (above[channel::_CHANNELS] for channel in range(_CHANNELS))
        read.extend(zip(red, green, blue, alpha, strict=True))
    return read


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(_SIGNATURE):
        raise Unreadable("is not a PNG")
    at, name = len(_SIGNATURE), b""
    while name != b"IEND":
        length = int.from_bytes(png[at : at + 4])
        end = at + 8 + length
        name, body = png[at + 4 : at + 8], png[at + 8 : end]
        if zlib.crc32(name + body).to_bytes(4) != png[end : end + 4]:
            raise Unreadable("is a damaged PNG")
        yield name, body
        at = end + 4


def _header(chunks: dict[bytes, bytes]) -> tuple[int, ...]:
    header = chunks.get(b"IHDR", b"")
    if len(header) != _HEADER.size:
        raise Unreadable("is a damaged PNG")
    return _HEADER.unpack(header)


def _unfiltered(filter_: int, line: bytes, above: bytes) -> bytes:
    """Undo what a row's filter did to it: each byte was told as a distance from its neighbours."""
    row = bytearray(line)
    for here, distance in enumerate(line):
        left = row[here - _CHANNELS] if here >= _CHANNELS else 0
        corner = above[here - _CHANNELS] if here >= _CHANNELS else 0
        row[here] = (distance + _guess(filter_, left, above[here], corner)) % 256
    return bytes(row)


def _guess(filter_: int, left: int, up: int, corner: int) -> int:
    match filter_:
        case 0:
            return 0
        case 1:
            return left
        case 2:
            return up
        case 3:
            return (left + up) // 2
        case 4:
            straight = left + up - corner
            return min((left, up, corner), key=lambda near: abs(straight - near))
        case _:
            raise Unreadable("is a damaged PNG")
