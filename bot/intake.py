"""Read what came in: strictly, and into no more than an activity we know.

The SDK's own reader accepts duplicate keys and wrong types, and falls over the rest
(concern.md P9). What leaves here has only known keys, each of the type it should be.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NoReturn, TypeAlias

from bot.refusals import Malformed, TooLarge

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Activity: TypeAlias = dict[str, Json]
Reader: TypeAlias = Callable[[Json], Json]

MOST_BYTES = 256 * 1024
MOST_DEPTH = 32
MOST_KEYS = 2_000
MOST_CHARACTERS = 16_000
OLDEST = timedelta(hours=24)
AHEAD = timedelta(minutes=5)
_MOST_DIGITS = 18
_NAME = 256  # characters in an id, a name or a code
_ADDRESS = 2_048
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")

KNOWN_TYPES = frozenset({"message", "invoke", "conversationUpdate", "installationUpdate"})


def read_json(body: bytes) -> Activity:
    """Read a JSON object without surprises in it (AC-IN-01, AC-IN-02).

    :raises Malformed: for anything else, however deep or doubled.
    :raises TooLarge: for more than 256 KiB.
    """
    if len(body) > MOST_BYTES:
        raise TooLarge("too_large")
    keys = 0

    def unique(pairs: list[tuple[str, Json]]) -> Activity:
        nonlocal keys
        keys += len(pairs)
        if keys > MOST_KEYS:
            raise Malformed("too_many_keys")
        read = dict(pairs)
        if len(read) != len(pairs):
            raise Malformed("key_repeated")
        return read

    try:
        read = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=unique,
            parse_constant=_no_number,
            parse_float=_finite,
            parse_int=_short,
        )
    except (ValueError, RecursionError):
        raise Malformed("not_json") from None
    if not isinstance(read, dict):
        raise Malformed("not_an_object")
    _measure(read, escaped=b"\\u" in body)
    return read


def _no_number(_said: str) -> NoReturn:
    raise Malformed("not_a_number")


def _finite(said: str) -> float:
    number = float(said)
    if not math.isfinite(number):
        raise Malformed("not_a_number")
    return number


def _short(said: str) -> int:
    if len(said) > _MOST_DIGITS:
        raise Malformed("number_too_long")
    return int(said)


def _measure(whole: Activity, *, escaped: bool) -> None:
    """Look at the depth and at every string, level by level."""
    level: list[Json] = [whole]
    for _ in range(MOST_DEPTH):
        inside = [each for value in level for each in _inside(value)]
        for said in inside:
            if isinstance(said, str):
                _measure_text(said, escaped=escaped)
        level = [each for each in inside if isinstance(each, dict | list)]
        if not level:
            return
    raise Malformed("too_deep")


def _inside(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return (*value, *value.values())
    return value if isinstance(value, list) else ()


def _measure_text(said: str, *, escaped: bool) -> None:
    """Only an escape can smuggle in NUL or half a letter: raw ones are not JSON or not UTF-8."""
    if len(said) > MOST_CHARACTERS:
        raise Malformed("text_too_long")
    if escaped and _UNSPEAKABLE.search(said):
        raise Malformed("unspeakable")


def _text(at_most: int) -> Reader:
    def read(value: Json) -> Json:
        if not isinstance(value, str) or len(value) > at_most:
            raise Malformed("not_a_text")
        return value

    return read


def _yes_or_no(value: Json) -> Json:
    if not isinstance(value, bool):
        raise Malformed("not_yes_or_no")
    return value


def _anything(value: Json) -> Json:
    return value


def _object(value: Json) -> Json:
    if not isinstance(value, dict):
        raise Malformed("not_an_object")
    return value


def _many(read_each: Reader) -> Reader:
    def read(value: Json) -> Json:
        if not isinstance(value, list):
            raise Malformed("not_a_list")
        return [read_each(each) for each in value]

    return read


def _thing(known: Mapping[str, Reader], *, needs: Sequence[str] = ()) -> Reader:
    """Keep the keys we know and drop the others; null is the same as absent."""
    wanted = tuple(known.items())

    def read(value: Json) -> Json:
        if not isinstance(value, dict):
            raise Malformed("not_an_object")
        kept = {
            key: reader(said)
            for key, reader in wanted
            if key in value and (said := value[key]) is not None
        }
        for key in needs:
            if not kept.get(key):
                raise Malformed("incomplete")
        return kept

    return read


_name = _text(_NAME)
_account = _thing(
    {
        "id": _name,
        "name": _name,
        "aadObjectId": _name,
        "role": _name,
        "userRole": _name,
        "tenantId": _name,
    },
    needs=("id",),
)
_named = _thing({"id": _name, "name": _name})
_read_activity = _thing(
    {
        "type": _name,
        "id": _name,
        "name": _name,
        "action": _name,
        "timestamp": _name,
        "localTimestamp": _name,
        "localTimezone": _name,
        "locale": _name,
        "channelId": _name,
        "serviceUrl": _text(_ADDRESS),
        "replyToId": _name,
        "text": _text(MOST_CHARACTERS),
        "textFormat": _name,
        "from": _account,
        "recipient": _account,
        "conversation": _thing(
            {
                "id": _text(_ADDRESS),
                "tenantId": _name,
                "conversationType": _name,
                "isGroup": _yes_or_no,
                "name": _text(_ADDRESS),
            },
            needs=("id",),
        ),
        "membersAdded": _many(_account),
        "membersRemoved": _many(_account),
        "entities": _many(_object),
        "attachments": _many(_object),
        "channelData": _thing(
            {
                "tenant": _thing({"id": _name}),
                "team": _thing({"id": _name, "name": _text(_ADDRESS), "aadGroupId": _name}),
                "channel": _named,
                "eventType": _name,
            }
        ),
        "value": _anything,
    },
    needs=("type", "id", "timestamp", "from", "conversation", "recipient"),
)


def read_activity(body: bytes, *, now: datetime) -> Activity:
    """Read one activity, with nothing in it but what we know.

    :raises Malformed: when it is not one, or is older than a day (AC-AUTH-05).
    """
    read = read_json(body)
    activity = _read_activity(read)
    if not isinstance(activity, dict):
        raise Malformed("not_an_object")
    age = now - _instant(str(activity["timestamp"]))
    if not -AHEAD <= age <= OLDEST:
        raise Malformed("not_of_today")
    return activity


def _instant(said: str) -> datetime:
    """Read a moment in time; without a zone it is UTC, as the Bot Framework means it."""
    try:
        moment = datetime.fromisoformat(said)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Malformed("not_a_time") from None
