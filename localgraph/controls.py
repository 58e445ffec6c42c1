"""Negative controls: requests that are as they should be, and what must be refused of each.

A validator that falls asleep looks like one that is content: with a circular schema, some have
skipped the body in silence. So nobody gets the contract without it being tried (MTG-12).
Every broken request differs from a good one in what its `why` says, and in nothing else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

from localgraph.wire import Asked, Json

GONE = object()
FILE = Path(__file__).parent / "contract" / "controls.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One request, and why it is broken; a good one has nothing to say."""

    of: str
    op: str
    asked: Asked = field(repr=False)
    why: str = ""


def good() -> list[Control]:
    return [_control(name, request) for name, request in _read()["good"].items()]


def broken() -> list[Control]:
    given = _read()
    return [
        _control(each["of"], _changed(given["good"][each["of"]], each), why=each["why"])
        for each in given["broken"]
    ]


def _read() -> Json:
    given: Json = json.loads(FILE.read_text(encoding="utf-8"))
    return given


def _control(name: str, request: Json, *, why: str = "") -> Control:
    asked = Asked(
        method="",
        path="",
        query=request.get("query", {}),
        headers=request.get("headers", {}),
        body=request.get("body"),
    )
    return Control(of=name, op=request["op"], asked=asked, why=why)


def _changed(request: Json, change: Json) -> Json:
    """Set, drop or repeat what the paths lead to."""
    changed: object = {"query": {}, "headers": {}, **request}
    for path, value in change.get("set", {}).items():
        changed = _with(changed, path, partial(_instead, value))
    for path, times in change.get("repeat", {}).items():
        changed = _with(changed, path, partial(_repeated, times))
    for path in change.get("drop", ()):
        changed = _with(changed, path, partial(_instead, GONE))
    return cast("Json", changed)


def _with(thing: object, path: str, change: Callable[[object], object]) -> object:
    """Give the thing with a change at the end of the path."""
    first, slash, rest = path.partition("/")
    inner = (lambda old: _with(old, rest, change)) if slash else change
    if isinstance(thing, list):
        return [inner(each) if str(place) == first else each for place, each in enumerate(thing)]
    if not isinstance(thing, dict):
        raise TypeError(path)
    changed = {**thing, first: inner(thing.get(first))}
    return {name: value for name, value in changed.items() if value is not GONE}


def _instead(value: object, _: object) -> object:
    return value


def _repeated(times: int, things: object) -> object:
    """Repeat the first one; where they have ids, each gets its own."""
    one = things[0] if isinstance(things, list) else things
    if not (isinstance(one, dict) and "id" in one):
        return [one] * times
    return [{**one, "id": str(number)} for number in range(times)]
