"""The few words of OData that the stand-in understands: $select, $filter, $top and pages."""

import re
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from localgraph.wire import Json, Refused

_COMPARISON = re.compile(r"\s*([\w/]{1,60})\s+(eq|ne|ge|gt|le|lt)\s+('(?:[^']|'')*'|[\w.:+-]+)\s*")
_STARTS = re.compile(
    r"\s*startswith\(\s*([\w/]{1,60})\s*,\s*('(?:[^']|'')*')\s*\)\s*", re.IGNORECASE
)
_IN = re.compile(r"\s*([\w/]{1,60})\s+in\s+\(([^()]*)\)\s*")
_OUTSIDE = r"(?=(?:[^']*'[^']*')*[^']*$)"  # of what is quoted
_COMPARE: Mapping[str, Callable[[str, str], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "le": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
}
ALWAYS_THERE = ("id", "@odata.etag", "@odata.type", "@removed")


def selected(thing: Json, select: str | None) -> Json:
    """Keep what `$select` names, and what always comes along."""
    if not select:
        return thing
    wanted = {name.strip() for name in select.split(",")}
    return {
        name: value
        for name, value in thing.items()
        if name in ALWAYS_THERE or name.partition("@")[0] in wanted
    }


def matching(things: Sequence[Json], expression: str | None) -> list[Json]:
    """Keep what `$filter` says: comparisons, startsWith and in, joined by and/or.

    :raises Refused: 400 when the stand-in cannot read the expression.
    """
    if not expression:
        return list(things)
    ways = [
        [_test(part) for part in re.split(rf"\s+and\s+{_OUTSIDE}", way)]
        for way in re.split(rf"\s+or\s+{_OUTSIDE}", expression)
    ]
    return [thing for thing in things if any(all(test(thing) for test in tests) for tests in ways)]


def _test(text: str) -> Callable[[Json], bool]:
    if found := _COMPARISON.fullmatch(text):
        name, compare, wanted = found[1], _COMPARE[found[2]], _literal(found[3])
        return lambda thing: compare(_at(thing, name), wanted)
    if found := _STARTS.fullmatch(text):
        name, start = found[1], _literal(found[2])
        return lambda thing: _at(thing, name).startswith(start)
    if found := _IN.fullmatch(text):
        name, among = found[1], {_literal(each.strip()) for each in found[2].split(",")}
        return lambda thing: _at(thing, name) in among
    raise Refused(HTTPStatus.BAD_REQUEST, "BadRequest", f"Invalid filter clause: {text}")


def _literal(text: str) -> str:
    return (text[1:-1].replace("''", "'") if text.startswith("'") else text).lower()


def _at(thing: Json, path: str) -> str:
    """Give a value as it is compared: as text without capitals, and `null` for none."""
    value: object = thing
    for name in path.split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    return "null" if value is None else str(value).lower()
