"""JSON batching: up to twenty requests in one, each with an answer of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from localgraph.wire import Answer, Asked, Cut, Json, Refused

AT_ONCE = 4
DEPENDS_FAILED = HTTPStatus.FAILED_DEPENDENCY

Handle = Callable[[Asked], Awaitable[Answer]]


async def carried_out(asked: Asked, handle: Handle) -> Answer:
    """Carry out the parts, four at a time; who depends on another waits for it.

    :raises Refused: 400 when the batch itself is wrong.
    :raises Cut: when the connection breaks in the middle.
    """
    parts: list[Json] = asked.body["requests"]
    _check(parts)
    places = asyncio.Semaphore(AT_ONCE)
    done: dict[str, asyncio.Task[Json]] = {}

    async def one(part: Json) -> Json:
        before = [await done[each] for each in part.get("dependsOn", ())]
        if any(each["status"] >= HTTPStatus.BAD_REQUEST for each in before):
            return _refused(part, Refused(DEPENDS_FAILED, "FailedDependency"))
        async with places:
            try:
                answer = await handle(_part(part, asked))
            except Refused as refusal:
                return _refused(part, refusal)
        return {
            "id": part["id"],
            "status": int(answer.status),
            "headers": {"Content-Type": "application/json", **answer.headers},
            "body": answer.body,
        }

    cut = False
    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                done[part["id"]] = group.create_task(one(part))
    except* Cut:
        cut = True
    if cut:
        raise Cut
    return Answer(body={"responses": [await done[part["id"]] for part in parts]})


def _check(parts: list[Json]) -> None:
    ids = [str(part["id"]) for part in parts]
    if len(set(ids)) != len(ids):
        raise _wrong("Request Id is not unique.")
    for place, part in enumerate(parts):
        if any(each not in ids[:place] for each in part.get("dependsOn", ())):
            raise _wrong("A request depends on one that does not come before it.")


def _part(part: Json, whole: Asked) -> Asked:
    url = urlsplit(str(part["url"]))
    headers = {"authorization": whole.headers.get("authorization", "")}
    return Asked(
        method=str(part["method"]).upper(),
        path=url.path,
        query=dict(parse_qsl(url.query, keep_blank_values=True)),
        headers=headers | _small(part.get("headers", {})),
        body=part.get("body"),
        in_batch=True,
    )


def _small(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): str(value) for name, value in headers.items()}


def _refused(part: Json, refusal: Refused) -> Json:
    return {
        "id": part["id"],
        "status": int(refusal.status),
        "headers": {"Content-Type": "application/json", **refusal.headers},
        "body": error(refusal),
    }


def error(refusal: Refused, **inner: str) -> Json:
    """Write a refusal as Graph does: clients branch on `code`, and log the `request-id`."""
    said: Json = {"code": refusal.code, "message": refusal.message, "innerError": inner}
    return {"error": said}


def _wrong(why: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, "BadRequest", why)
