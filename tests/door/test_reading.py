"""Only whole activities are read, and the rest is refused (AC-AUTH-05, AC-IN 01, 02)."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.support.door import ANNA, MONDAY_NOON, SECOND, TENANT, Knocker, message, of_type

PLAIN = json.dumps(message())


def nested(depth: int) -> str:
    """A message whose deepest value lies `depth` levels down."""
    below = depth - 1
    return PLAIN[:-1] + ', "value": ' + "[" * below + "]" * below + "}"


def keyed(keys: int) -> str:
    already = PLAIN.count('": ')
    spare = ", ".join(f'"k{n}": 1' for n in range(keys - already - 1))
    return PLAIN[:-1] + ', "value": {' + spare + "}}"


def padded(size: int) -> str:
    spare = '", "'.join("x" * 10_000 for _ in range(25))
    start = PLAIN[:-1] + ', "value": ["' + spare + '", "'
    return start + "x" * (size - len(start) - 3) + '"]}'


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (padded(256 * 1024), 200),
        (padded(256 * 1024 + 1), 413),
        (nested(32), 200),
        (nested(33), 400),
        ("[" * 100_000 + "]" * 100_000, 400),
        ('{"a":' * 30_000 + "1" + "}" * 30_000, 400),
        (keyed(2_000), 200),
        (keyed(2_001), 400),
        (json.dumps(message(text="x" * 16_000)), 200),
        (json.dumps(message(text="x" * 16_001)), 400),
        (json.dumps(message(value={"x" * 16_001: 1})), 400),
    ],
    ids=["256K", "256K+1", "32 deep", "33 deep", "all depth", "depth of keys", "2000 keys",
         "2001 keys", "16k text", "16k+1 text", "16k+1 key"],
)  # fmt: skip
async def test_size_depth_and_number_have_a_limit(
    outside: Knocker, body: str, status: int
) -> None:
    """AC-IN-01: and exactly that limit."""
    reply = await outside.sends_bytes(body.encode())

    assert (reply.status, len(outside.turns)) == (status, 1 if status == 200 else 0)


async def test_a_body_without_a_length_has_the_same_limit(outside: Knocker) -> None:
    """AC-IN-01: sent in pieces that do not say how many will come."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 10_000

    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {outside.token()}"}
    reply = await outside.asks("POST", "/api/messages", headers=headers, data=pieces())

    assert (reply.status, outside.turns) == (413, [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"null",
        b"5",
        b'"message"',
        b"[]",
        b"[{}]",
        b"{}",
        PLAIN.encode("utf-16"),
        PLAIN.replace("hej", "h\u00f8j").encode("latin-1"),
        b"\xff" + PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace('"hej"', "NaN").encode(),
        PLAIN.replace('"hej"', '"x", "value": Infinity').encode(),
        PLAIN.replace('"hej"', '"x", "value": -Infinity').encode(),
        PLAIN.replace('"hej"', '"x", "value": 1e999').encode(),
        PLAIN.replace('"hej"', '"x", "value": ' + "9" * 5_000).encode(),
        PLAIN.replace('"hej"', '"x", "value": ' + "9" * 40).encode(),
        PLAIN.replace('"hej"', '"one", "text": "two"').encode(),
        PLAIN.replace('"hej"', '"x", "value": {"deep": {"a": 1, "a": 2}}').encode(),
        PLAIN.replace("hej", "\\ud800").encode(),
        PLAIN.replace("hej", "\\udc00\\ud800").encode(),
        PLAIN.replace("hej", "\\u0000").encode(),
        PLAIN.replace("hej", "\x00").encode(),
        PLAIN.replace('"hej"', '"x", "value": {"\\u0000": 1}').encode(),
        (PLAIN + PLAIN).encode(),
        (PLAIN + " x").encode(),
    ],
)
async def test_what_is_not_plain_json_is_refused(outside: Knocker, body: bytes) -> None:
    """AC-IN-02."""
    reply = await outside.sends_bytes(body)

    assert (reply.status, outside.turns) == (400, [])


@pytest.mark.parametrize(
    "text", ["😀", "\u202egnirts", "\u200b", "x" * 16_000, "\x1b[31m", "{{}}"]
)
async def test_odd_words_are_words(outside: Knocker, text: str) -> None:
    """AC-IN-02: what is only strange comes in as it was written, escaped or not."""
    await outside.sends(message(text=text))

    [(activity, _)] = outside.turns
    assert activity["text"] == text


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "nonsense",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
    ],
)
async def test_another_type_of_content_is_refused(outside: Knocker, kind: str | None) -> None:
    """AC-IN-01."""
    reply = await outside.sends_bytes(PLAIN.encode(), headers={"Content-Type": kind or ""})

    assert (reply.status, outside.turns) == (415, [])


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "identity"])
async def test_packed_content_is_refused(outside: Knocker, packing: str) -> None:
    """AC-IN-01: nothing is unpacked here, so nothing can swell."""
    reply = await outside.sends_bytes(PLAIN.encode(), headers={"Content-Encoding": packing})

    assert reply.status in {400, 415}
    assert outside.turns == []


SOMETHING: tuple[object, ...] = (5, 1.5, True, "x", [], {}, [5])
TEXTS = ("type", "id", "timestamp", "channelId", "serviceUrl", "text", "locale", "name")
THINGS = ("from", "recipient", "conversation", "channelData")
LISTS = ("membersAdded", "membersRemoved", "entities", "attachments")
WRONG_TYPES: list[dict[str, object]] = [
    {name: value}
    for names, right in ((TEXTS, str), (THINGS, dict), (LISTS, list))
    for name in names
    for value in SOMETHING
    if value == [5] or not isinstance(value, right)
]


@pytest.mark.parametrize("changes", WRONG_TYPES, ids=str)
async def test_a_wrong_type_is_refused(outside: Knocker, changes: dict[str, object]) -> None:
    """AC-IN-02 (concern.md P9)."""
    reply = await outside.sends(message(**changes))

    assert (reply.status, outside.turns) == (400, [])


@pytest.mark.parametrize("name", ["type", "id", "timestamp", "from", "recipient", "conversation"])
@pytest.mark.parametrize("value", [None, "", {}], ids=str)
async def test_an_activity_has_what_makes_it_one(
    outside: Knocker, name: str, value: object
) -> None:
    """AC-IN-02."""
    reply = await outside.sends(message(**{name: value}))

    assert (reply.status, outside.turns) == (400, [])


@pytest.mark.parametrize(
    "kind", ["typing", "messageReaction", "endOfConversation", "madeUp", "trace"]
)
async def test_an_unknown_type_is_heard_and_ignored(outside: Knocker, kind: str) -> None:
    """AC-IN-02."""
    reply = await outside.sends(of_type(kind))

    assert (reply.status, outside.turns) == (200, [])


async def test_only_what_we_know_comes_in(outside: Knocker) -> None:
    """AC-IN-02, AC-CARD-03: keys that nobody asked for do not reach a turn."""
    await outside.sends(
        message(
            callerId="x",
            relatesTo={"serviceUrl": "https://example.org"},
            channelData={"tenant": {"id": TENANT}, "onBehalfOf": [{"id": "x"}]},
            **{"from": {"id": "29:anna", "aadObjectId": ANNA, "role": None, "isAdmin": True}},
        )
    )

    [(activity, _)] = outside.turns
    assert not {"callerId", "relatesTo"} & set(activity)
    assert activity["channelData"] == {"tenant": {"id": TENANT}}
    assert activity["from"] == {"id": "29:anna", "aadObjectId": ANNA}


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (timedelta(hours=24) - SECOND, 200),
        (timedelta(hours=24), 200),
        (timedelta(hours=24) + SECOND, 400),
        (-timedelta(minutes=5), 200),
        (-timedelta(minutes=5) - SECOND, 400),
    ],
    ids=str,
)
async def test_an_activity_is_of_the_last_day(
    outside: Knocker, age: timedelta, status: int
) -> None:
    """AC-AUTH-05."""
    reply = await outside.sends(message(timestamp=(MONDAY_NOON - age).isoformat()))

    assert reply.status == status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("2026-03-09T12:00:00.1234567Z", 200),
        ("2026-03-09T13:00:00+01:00", 200),
        ("2026-03-09T12:00:00", 200),
        ("2026-03-09", 200),
        ("yesterday", 400),
        ("0001-01-01T00:00:00+14:00", 400),
        ("9999-12-31T23:59:59-14:00", 400),
        ("2026-02-30T12:00:00Z", 400),
    ],
)
async def test_a_timestamp_is_read_as_teams_writes_it(
    outside: Knocker, said: str, status: int
) -> None:
    """AC-AUTH-05, AC-IN-02."""
    reply = await outside.sends(message(timestamp=said))

    assert reply.status == status
