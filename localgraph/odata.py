"""The few words of OData that the stand-in understands: $select, $filter, $top and pages."""

import re
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from localgraph.wire import Json, Refused

_COMPARISON = re.compile(r"\s*([\w/]{1,60})\s+(eq|ne|ge|gt|le|lt)\s+('(?:[^']|'')*'|[\w.:+-]+)\s*")
_STARTS = re.compile(r"\s*startswith\(\s*([\w/]{1,60})\s*,\s*('(?:[^']|'')*')\s*\)\s*", re.IGNORECASE)
_IN = re.compile(r"\s*([\w/]{1,60})\s+in\s+\(([^()]*)\)\s*")
_COMPARE: Mapping[str, Callable[[object, object], bool]] = {
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
        [_test(part) for part in re.split(r"\s+and\s+", way)]
        for way in re.split(r"\s+or\s+", expression)
    ]
    return [thing for thing in things if any(all(test(thing) for test in tests) for tests in ways)]


def _test(text: str) -> Callable[[Json], bool]:
    if found := _COMPARISON.fullmatch(text):
        name, operator, literal = found.groups()
        wanted = _literal(literal)
        return lambda thing: (
            _known(_at(thing, name), wanted)
            and _COMPARE[operator](_folded(_at(thing, name)), _folded(wanted))
        )
    if found := _STARTS.fullmatch(text):
        name, start = found[1], str(_literal(found[2])).lower()
        return lambda thing: str(_at(thing, name) or "").lower().startswith(start)
    if found := _IN.fullmatch(text):
        name = found[1]
        among = {_folded(_literal(each.strip())) for each in found[2].split(",")}
        return lambda thing: _folded(_at(thing, name)) in among
    raise Refused(HTTPStatus.BAD_REQUEST, "BadRequest", f"Invalid filter clause: {text}")


def _known(value: object, wanted: object) -> bool:
    return value is None or wanted is None or isinstance(value, type(wanted))


def _folded(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _literal(text: str) -> object:
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    return {"true": True, "false": False, "null": None}.get(text, text)


def _at(thing: Json, path: str) -> object:
    value: object = thing
    for name in path.split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    return value
