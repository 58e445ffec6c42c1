"""Many calls in one request, and what came of each (MTG-14)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from graph.answers import came_of
from graph.calls import Call, Came, GraphSilent, Json

MOST_PARTS: Final = 20
SEPARATE: Final = "Calls of different services, or with text, do not go together in a batch."


def together(calls: Sequence[Call]) -> Call:
    """Write calls of one service as one.

    :raises ValueError: when they cannot go together.
    """
    if len({call.need.lane for call in calls}) != 1 or any(
        call.text is not None for call in calls
    ):
        raise ValueError(SEPARATE)
    return Call(
        need=calls[0].need,
        method="POST",
        path="/$batch",
        body={"requests": [_part(number, call) for number, call in enumerate(calls)]},
    )


def apart(calls: Sequence[Call], body: Json) -> list[Came]:
    """Read what came of each, in the order they were sent in; of a part left out nobody knows."""
    parts = {part["id"]: part for part in _parts(body)}
    return [_came(call, parts.get(str(number))) for number, call in enumerate(calls)]


def in_batches(calls: Sequence[Call]) -> Iterator[Sequence[Call]]:
    """Cut a long row of calls into such as one batch may hold."""
    for start in range(0, len(calls), MOST_PARTS):
        yield calls[start : start + MOST_PARTS]


def _part(number: int, call: Call) -> Json:
    part: dict[str, Any] = {"id": str(number), "method": call.method, "url": call.path}
    if call.params:
        part["url"] += f"?{urlencode(call.params)}"
    headers = dict(call.headers)
    if call.body is not None:
        headers["Content-Type"] = "application/json"
        part["body"] = call.body
    if headers:
        part["headers"] = headers
    return part


def _parts(body: Json) -> Iterator[Mapping[str, Any]]:
    said = body.get("responses")
    for part in said if isinstance(said, list) else ():
        if isinstance(part, dict) and isinstance(part.get("status"), int) and "id" in part:
            yield part


def _came(call: Call, part: Mapping[str, Any] | None) -> Came:
    if part is None:
        return GraphSilent(need=call.need, codes=["noAnswer"])
    headers, body = part.get("headers"), part.get("body")
    return came_of(
        call,
        status=part["status"],
        headers={str(name): str(value) for name, value in headers.items()}
        if isinstance(headers, dict)
        else {},
        body=body if isinstance(body, dict) else {},
    )
