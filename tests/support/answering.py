"""A server on this machine that answers as it is told, and keeps what it was asked."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Said:
    """One request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    at: float


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer; `status` 0 breaks the connection after the request was read."""

    status: int = 200
    body: Json = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def refusal(status: int, *codes: str, **headers: str) -> Reply:
    """Write a refusal as Graph does: codes from outside in, and words that say too much."""
    error: dict[str, Any] = {}
    for code in reversed(codes):
        error = {"code": code, "message": "Anna Holm may not", "innerError": error}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, body={"error": error}, headers=named)


async def _at_once(_: Said) -> None:
    """Keep nobody waiting."""


class Answering:
    """Gives its replies in order, the last one again and again; `reply` may decide by request."""

    def __init__(self, *replies: Reply, clock: Callable[[], float] = lambda: 0.0) -> None:
        self.replies = list(replies) or [Reply()]
        self.reply: Callable[[Said], Reply] = lambda _: self._next()
        self.before: Callable[[Said], Awaitable[None]] = _at_once
        self.asked: list[Said] = []
        self.most_at_once = 0
        self.base = ""
        self._clock = clock
        self._at_once = 0

    def _next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            text = await request.text()
            for _ in range(5):
                await asyncio.sleep(0)  # so that others who may come, come meanwhile
            said = Said(
                method=request.method,
                path=request.path,
                query=dict(request.query),
                headers=dict(request.headers),
                body=json.loads(text) if request.content_type == "application/json" else text,
                at=self._clock(),
            )
            self.asked.append(said)
            await self.before(said)
            reply = self.reply(said)
        finally:
            self._at_once -= 1
        if not reply.status:
            assert request.transport is not None
            request.transport.close()
        return web.json_response(reply.body, status=reply.status or 200, headers=reply.headers)


@asynccontextmanager
async def answering(server: Answering) -> AsyncIterator[Answering]:
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", server.answer)
    async with TestServer(app, host="127.0.0.1") as running:
        server.base = f"{running.make_url('/').origin()}/v1.0"
        yield server
