"""The door: what is asked of us over HTTP, and who is turned away.

It knows nothing of conversations. It lets in activities that are whole, genuine and ours, one
at a time, and answers everything else with a constant text and a number to ask about.
"""

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from time import perf_counter

from aiohttp import web

from bot import logs
from bot.authenticate import Doorkeeper, Identity
from bot.clock import Clock
from bot.intake import KNOWN_TYPES, MOST_BYTES, Activity, read_activity, read_json
from bot.limits import Limits
from bot.openid import OpenIdKeys
from bot.readiness import Readiness, Ready
from bot.refusals import Forbidden, Malformed, NotJson, Refused, TooLarge, TooMany, Unauthorised
from bot.settings import Settings
from bot.signals import Signals, TurnKind
from bot.spans import SpanName, Tracer
from bot.tab import Give, See, add_tab

log = logging.getLogger(__name__)

READ_WITHIN = timedelta(seconds=10)
TRY_AGAIN_AFTER = timedelta(seconds=30)
_FURTHEST = timedelta(days=3650)
_RESULTS = {2: "answered", 4: "refused"}
_SIGNALS = web.AppKey("signals", Signals)
_KIND = web.RequestKey("kind", TurnKind)
_NEUTRAL = {"Server": "ssp", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_WORDS: Mapping[int, str] = {
    400: "Det kunne ikke læses.",
    401: "Afsenderen er ikke kendt.",
    403: "Det er der ikke adgang til.",
    404: "Her er ikke noget.",
    413: "Det er for stort.",
    415: "Det skal være JSON.",
    429: "Det går lidt for hurtigt. Vent et halvt minut, og prøv igen.",
    500: "Noget gik galt hos os. Prøv igen, eller opgiv koden til supporten.",
    503: "Vi kan ikke svare lige nu. Prøv igen om lidt.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a turn answers the caller with, as JSON or written already; None is an empty body."""

    status: int
    body: Mapping[str, object] | bytes | None = field(default=None, repr=False)


TakeTurn = Callable[[Activity, Identity], Awaitable[Answer]]


def make_app(
    *,
    settings: Settings,
    keys: OpenIdKeys,
    take_turn: TakeTurn,
    ready: Ready,
    clock: Clock,
    signals: Signals | None = None,
    tracer: Tracer | None = None,
    see: See | None = None,
    give: Give | None = None,
) -> web.Application:
    """Build the door in front of `take_turn`, which sees only activities that may come in.

    `ready` gives the codes of what is amiss; with none we are ready. With `see` and
    `give` there is a tab.
    """
    limits = Limits(
        person_per_minute=settings.person_per_minute,
        tenant_per_minute=settings.tenant_per_minute,
    )
    door = _Door(
        doorkeeper=Doorkeeper(settings=settings, keys=keys),
        limits=limits,
        take_turn=take_turn,
        readiness=Readiness(ready, clock.real),
        clock=clock,
        tracer=tracer or Tracer(),
    )

    async def keep_keys(_app: web.Application) -> AsyncIterator[None]:
        await keys.open()
        yield
        await keys.close()

    app = web.Application(middlewares=[_guard], client_max_size=MOST_BYTES)
    app[_SIGNALS] = signals or Signals()
    app.cleanup_ctx.append(keep_keys)
    app.router.add_post("/api/messages", door.receive)
    app.router.add_get("/healthz", door.is_alive, allow_head=False)
    app.router.add_get("/readyz", door.is_ready, allow_head=False)
    if settings.local:
        app.router.add_post("/local/clock", door.move_clock)
    if see is not None and give is not None:
        add_tab(app, settings=settings, limits=limits, clock=clock, see=see, give=give)
    return app


@asynccontextmanager
async def serve(
    app: web.Application, *, host: str, port: int, reuse_port: bool = False
) -> AsyncIterator[int]:
    """Listen until the block ends; gives the port, which 0 lets the system choose.

    Turns that have begun are answered before the block is left. With `reuse_port` other
    processes may listen there too, and the system shares the connections out among us.
    """
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        loop = asyncio.get_running_loop()
        front = runner.server
        if front is None:
            raise RuntimeError("the application did not start")
        listening = await loop.create_server(
            lambda: _Line(front, loop=loop), host, port, reuse_address=True, reuse_port=reuse_port
        )
        try:
            yield int(listening.sockets[0].getsockname()[1])
        finally:
            listening.close()
    finally:
        await runner.cleanup()


class _Line(web.RequestHandler):
    """One connection. What is not even HTTP is turned away in our words, not aiohttp's."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002
    ) -> web.StreamResponse:
        log.warning("not http", extra={"status": status, "problem": type(exc).__name__})
        if request.writer.output_size > 0:
            raise ConnectionError("already answered")
        response = _refusal(status, secrets.token_hex(6))
        response.force_close()
        return response


class _Door:
    def __init__(
        self,
        *,
        doorkeeper: Doorkeeper,
        limits: Limits,
        take_turn: TakeTurn,
        readiness: Readiness,
        clock: Clock,
        tracer: Tracer,
    ) -> None:
        self._doorkeeper = doorkeeper
        self._limits = limits
        self._take_turn = take_turn
        self._readiness = readiness
        self._clock = clock
        self._tracer = tracer

    async def receive(self, request: web.Request) -> web.Response:
        """Let one activity in, if Teams really sent it and it is for us."""
        now = self._clock.real()
        token = await self._doorkeeper.verify(_only(request, "Authorization"), now=now)
        activity = read_activity(await _body(request), now=now)
        identity = self._doorkeeper.admit(token, activity)
        self._limits.count(activity, identity, now=now)
        if activity["type"] not in KNOWN_TYPES:
            return _response(HTTPStatus.OK)
        kind = request[_KIND] = TurnKind.of(activity["type"])
        with self._tracer.span(SpanName.TURN, kind=kind) as span:
            answer = await self._take_turn(activity, identity)
            span.note(status=answer.status)
        return _response(answer.status, answer.body)

    async def move_clock(self, request: web.Request) -> web.Response:
        """Move the hour, as the stand-in's side panel asks; it signs that like all else."""
        await self._doorkeeper.verify(_only(request, "Authorization"), now=self._clock.real())
        seconds = read_json(await _body(request)).get("offset_seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise Malformed("not_a_number")
        if abs(seconds) > _FURTHEST.total_seconds():
            raise Malformed("too_far")
        self._clock.move(timedelta(seconds=seconds))
        return _response(HTTPStatus.NO_CONTENT)

    async def is_alive(self, _request: web.Request) -> web.Response:
        return _response(HTTPStatus.OK, {"alive": True})

    async def is_ready(self, _request: web.Request) -> web.Response:
        why = await self._readiness.ask()
        if why:
            answer = {"ready": False, "why": why}
            return _response(HTTPStatus.SERVICE_UNAVAILABLE, answer)
        return _response(HTTPStatus.OK, {"ready": True})


@web.middleware
async def _guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Give the request a number, and every refusal its constant words (AC-IN-03)."""
    number = secrets.token_hex(6)
    logs.correlation.set(number)
    began = perf_counter()
    response = await _answered(request, handler, number)
    if request.method == "POST":
        took = timedelta(seconds=perf_counter() - began)
        ms = round(took / timedelta(milliseconds=1), 1)
        log.info("answered", extra={"status": response.status, "ms": ms})
        result = _RESULTS.get(response.status // 100, "failed")
        request.app[_SIGNALS].turn(request.get(_KIND, TurnKind.OTHER), took, result)
    return response


async def _answered(
    request: web.Request,
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    number: str,
) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as refused:
        _note(refused)
        return _refusal(refused.status, number)
    except web.HTTPException:
        return _refusal(HTTPStatus.NOT_FOUND, number)
    except Exception:
        log.exception("turn failed")
        return _refusal(HTTPStatus.INTERNAL_SERVER_ERROR, number)


def _note(refused: Refused) -> None:
    """Log a refusal; a burst of them only once, so that it cannot flood the log."""
    match refused:
        case Unauthorised():
            logs.security("auth.failed", result=refused.code)
        case Forbidden():
            logs.security("access.denied", result=refused.code)
        case TooMany():
            if refused.first:
                logs.security("rate.exceeded", actor=refused.who, result="refused")
        case _:
            log.info("refused", extra={"why": refused.code})


def _only(request: web.Request, header: str) -> str | None:
    """Read a header that may be there once; a second one is somebody's trick."""
    said = request.headers.getall(header, [])
    return said[0] if len(said) == 1 else None


async def _body(request: web.Request) -> bytes:
    if request.content_type != "application/json" or "Content-Encoding" in request.headers:
        raise NotJson("not_json")
    if (request.charset or "utf-8").lower() not in {"utf-8", "utf8"}:
        raise NotJson("not_utf8")
    try:
        async with asyncio.timeout(READ_WITHIN.total_seconds()):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise TooLarge("too_large") from None
    except (web.RequestPayloadError, TimeoutError, OSError):
        raise Malformed("cut_short") from None


def _response(status: int, body: Mapping[str, object] | bytes | None = None) -> web.Response:
    if body is None:
        return web.Response(status=status, headers=_NEUTRAL)
    return web.Response(
        status=status,
        body=body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode(),
        content_type="application/json",
        headers=_NEUTRAL,
    )


def _refusal(status: int, number: str) -> web.Response:
    words = _WORDS.get(status, _WORDS[HTTPStatus.BAD_REQUEST])
    response = _response(status, {"message": words, "correlation": number})
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        response.headers["Retry-After"] = str(int(TRY_AGAIN_AFTER.total_seconds()))
    return response
