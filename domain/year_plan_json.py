"""Values as JSON: problems and plans for the planner's process, and what an alert froze."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType, NoneType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Read = Callable[[object], object]


def as_json(value: object) -> str:
    """Write a value under the name of its class; the same value, the same text."""
    return json.dumps(
        {"what": type(value).__name__, "value": _plain(value)},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def of_json(text: str, *kinds: type[T]) -> T:
    """Read a value of one of these classes.

    :raises ValueError: when it is something else.
    """
    read = json.loads(text)
    for kind in kinds:
        if isinstance(read, dict) and read.get("what") == kind.__name__:
            return cast("T", _made(kind, read["value"]))
    raise ValueError(f"not one of {[kind.__name__ for kind in kinds]}")


def _plain(value: object) -> Json:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return _plain_of_many(value)


def _plain_of_many(value: object) -> Json:
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(each)] for key, each in value.items()]
    if isinstance(value, frozenset):
        return sorted((_plain(each) for each in value), key=json.dumps)
    if isinstance(value, Collection):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"{type(value).__name__} is no value that is kept")


_READ: Mapping[object, Read] = {
    datetime: lambda data: datetime.fromisoformat(str(data)),
    date: lambda data: date.fromisoformat(str(data)),
    time: lambda data: time.fromisoformat(str(data)),
    timedelta: lambda data: timedelta(seconds=float(str(data))),
}


def _made(kind: object, data: object) -> object:
    """Make a value of a class, or of whatever a field of one is said to be."""
    kind = getattr(kind, "__supertype__", kind)  # a NewType is what it was made of
    of = get_args(kind)
    if NoneType in of:
        one = next(each for each in of if each is not NoneType)
        return None if data is None else _made(one, data)
    if of:
        return _made_of_many(get_origin(kind), of, cast("list[object]", data))
    if is_dataclass(kind) and isinstance(kind, type):
        hints, named = _hints(kind), cast("Mapping[str, object]", data)
        return kind(**{name: _made(hints[name], each) for name, each in named.items()})
    return _READ.get(kind, cast("Read", kind))(data)


@cache
def _hints(kind: type) -> Mapping[str, object]:
    """Say of what kind each field of a class is; a snapshot has hundreds of one class."""
    return get_type_hints(kind)


def _made_of_many(origin: object, of: tuple[object, ...], data: list[object]) -> object:
    if isinstance(origin, type) and issubclass(origin, Mapping):
        pairs = cast("list[tuple[object, object]]", data)
        return MappingProxyType({_made(of[0], key): _made(of[1], each) for key, each in pairs})
    if origin is frozenset and getattr(of[0], "__supertype__", of[0]) is str:
        return frozenset(map(str, data))  # ids and codes, hundreds of them
    if origin is frozenset:
        return frozenset(_made(of[0], each) for each in data)
    if of[-1] is Ellipsis:
        return tuple(_made(of[0], each) for each in data)
    return tuple(_made(kind, each) for kind, each in zip(of, data, strict=True))
