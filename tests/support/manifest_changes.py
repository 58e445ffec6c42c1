"""How a good package of the Teams app is changed, to make the mistakes that people make."""

import json
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from manifest.package import MANIFEST, Files, Installation, Json

INSTALLATION = Installation(
    app_id="7f3c2b1a-0000-4000-8000-000000000001",
    version="1.2.3",
    host="ssp-demo.example",
    website="https://ssp-demo.example",
    privacy="https://ssp-demo.example/privatliv",
    terms="https://ssp-demo.example/vilkaar",
)
Change = Callable[[Json], object]
Make = Callable[[Files], Files]
Colour = tuple[int, int, int, int]
ENGLISH = "en.json"
WHITE, NOTHING, BLUE = (255, 255, 255, 255), (255, 255, 255, 0), (31, 58, 95, 255)


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """`told` is a piece of the sentence that says what is wrong; empty where nothing is."""

    name: str
    told: str
    make: Make


def edited(file: str, change: Change) -> Make:
    def make(files: Files) -> Files:
        content = json.loads(files[file])
        change(content)
        return {**files, file: json.dumps(content).encode()}

    return make


def with_files(**files: bytes | None) -> Make:
    """Put files in, or take them out; `outline_png` is outline.png."""
    changed = {name.replace("_", "."): content for name, content in files.items()}

    def make(before: Files) -> Files:
        after = {**before, **changed}
        return {name: content for name, content in after.items() if content is not None}

    return make


def _picture(width: int, height: int, pixels: Iterable[Colour]) -> bytes:
    flat = [bytes(pixel) for pixel in pixels]
    rows = (b"\0" + b"".join(flat[y * width : (y + 1) * width]) for y in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(rows))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)
        for name, body in chunks
    )


def plain(side: int, *colours: Colour) -> bytes:
    return _picture(side, side, (colours[at % len(colours)] for at in range(side * side)))


def bot(manifest: Json) -> Json:
    first: Json = manifest["bots"][0]
    return first


def menu(manifest: Json, number: int = 0) -> list[Json]:
    listed: list[Json] = bot(manifest)["commandLists"][number]["commands"]
    return listed


def tab(manifest: Json) -> Json:
    ours: Json = manifest["staticTabs"][1]
    return ours


def right(name: str, kind: str) -> Change:
    def change(manifest: Json) -> None:
        asked: list[Json] = manifest["authorization"]["permissions"]["resourceSpecific"]
        asked.append({"name": name, "type": kind})

    return change


def put(*way: str | int, to: object) -> Change:
    def change(content: Json) -> None:
        *steps, last = way
        here: Any = content
        for step in steps:
            here = here[step]
        here[last] = to

    return change


def said(name: str, told: str, change: Change, *, file: str = MANIFEST) -> Mistake:
    return Mistake(name=name, told=told, make=edited(file, change))


def filed(name: str, told: str, make: Make) -> Mistake:
    return Mistake(name=name, told=told, make=make)
