"""When events are: Windows' names of time zones, and Graph's way of writing a time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from localgraph.wire import Json, Refused

ZONES: Mapping[str, ZoneInfo] = {
    "UTC": ZoneInfo("UTC"),
    "Romance Standard Time": ZoneInfo("Europe/Copenhagen"),
    "W. Europe Standard Time": ZoneInfo("Europe/Berlin"),
    "GMT Standard Time": ZoneInfo("Europe/London"),
    "Europe/Copenhagen": ZoneInfo("Europe/Copenhagen"),
}


def zone(name: str) -> ZoneInfo:
    """Find a zone by the name that Exchange uses.

    :raises Refused: 400 when it knows no such zone.
    """
    if name not in ZONES:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            "TimeZoneNotSupportedException",
            f"A valid TimeZone value must be specified: {name}",
        )
    return ZONES[name]


def read(given: Json) -> datetime:
    """Read a dateTimeTimeZone.

    :raises Refused: 400 when it is no time, or in no zone.
    """
    where = zone(str(given.get("timeZone", "UTC")))
    try:
        time = instant(str(given["dateTime"]))
    except (KeyError, ValueError):
        raise Refused(
            HTTPStatus.BAD_REQUEST, "ErrorInvalidRequest", "A dateTime could not be read."
        ) from None
    return (time if time.tzinfo else time.replace(tzinfo=where)).astimezone(UTC)


def shown(time: datetime, where: str) -> Json:
    local = time.astimezone(zone(where)).replace(tzinfo=None)
    return {"dateTime": f"{local:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": where}


def instant(text: str) -> datetime:
    """Read an ISO time; seven decimals are Graph's own. Without a zone it has none.

    :raises ValueError: when it is none.
    """
    head, dot, tail = text.partition(".")
    digits = len(tail) - len(tail.lstrip("0123456789"))
    return datetime.fromisoformat(f"{head}.{tail[:digits][:6]}{tail[digits:]}" if dot else head)


def stamp(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
