"""Reading what Graph answered: done, refused, or nobody knows."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from graph.calls import Answer, Call, Came, GraphRefused, GraphSilent, Json

_CODE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{1,79}")
_SECONDS: Final = re.compile(r"[0-9]{1,6}")
_ID: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_DEEPEST: Final = 5


def came_of(call: Call, *, status: int, headers: Mapping[str, str], body: Json) -> Came:
    """Say what came of a call.

    A server that broke may have done it before; one that says when to come back has not begun.
    """
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer(status=status, body=body, headers=headers)
    retry_after = seconds(headers)
    broke = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    begun = broke and (status != HTTPStatus.SERVICE_UNAVAILABLE or retry_after is None)
    return (GraphSilent if begun and not _is_final(status) else GraphRefused)(
        need=call.need,
        status=status,
        codes=[*_codes(body)],
        retry_after=retry_after,
        request_id=_request_id(headers, body),
    )


def _is_final(status: int) -> bool:
    """Tell a mailbox that is full from a server that broke: the first will say so again."""
    return status in {HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.INSUFFICIENT_STORAGE}


def read(text: bytes) -> Json:
    """Read a body; an empty or strange one says nothing."""
    try:
        said = json.loads(text) if text else {}
    except ValueError:
        said = {}
    return said if isinstance(said, dict) else {}


def seconds(headers: Mapping[str, str]) -> timedelta | None:
    """Read how long to stay away; Graph gives it in seconds."""
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return timedelta(seconds=int(said)) if _SECONDS.fullmatch(said) else None


def _codes(body: Json) -> Iterator[str]:
    """Find the codes from outside in; a number in place of a code says nothing."""
    error: Any = body.get("error")
    for _ in range(_DEEPEST):
        if not isinstance(error, dict):
            return
        code = error.get("code")
        if isinstance(code, str) and _CODE.fullmatch(code):
            yield code
        error = error.get("innerError") or error.get("innererror")


def _request_id(headers: Mapping[str, str], body: Json) -> str:
    """Find the id by which Microsoft's support finds a request."""
    named = {name.lower(): value for name, value in headers.items()}
    error = body.get("error")
    inner = error.get("innerError") if isinstance(error, dict) else None
    said = named.get("request-id") or (inner.get("request-id") if isinstance(inner, dict) else "")
    return said if isinstance(said, str) and _ID.fullmatch(said) else ""
