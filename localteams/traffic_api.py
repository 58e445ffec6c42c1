"""How fast Teams is, how much it takes, and what came: to be set and read while it runs."""

from aiohttp import web

from localteams.latency import Latency, Span
from localteams.limits import Limits
from localteams.state import Json
from localteams.tally import Tally


class TrafficApi:
    """Also of use to a server that is less of Teams than the stand-in is."""

    def __init__(self, *, limits: Limits, latency: Latency, tally: Tally) -> None:
        self._limits = limits
        self._latency = latency
        self._tally = tally

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/local/traffic", self._settings),
            web.post("/local/traffic", self._set),
            web.get("/local/figures", self._figures),
            web.get("/local/figures/conversations", self._conversations),
            web.delete("/local/figures", self._reset),
        ]

    async def _settings(self, _request: web.Request) -> web.Response:
        return web.json_response(self._now_set())

    async def _set(self, request: web.Request) -> web.Response:
        """Take `per_second` (a number, or null for no ceiling) and `latency` (or null)."""
        given: Json = await request.json()
        span = self._latency.span
        if "latency" in given:
            span = None if given["latency"] is None else Span.read(str(given["latency"]))
        if "per_second" in given:
            self._limits.per_second = _ceiling(given["per_second"])
        self._latency.span = span
        return web.json_response(self._now_set())

    def _now_set(self) -> Json:
        span = self._latency.span
        return {
            "per_second": self._limits.per_second,
            "latency": None if span is None else str(span),
        }

    async def _figures(self, _request: web.Request) -> web.Response:
        return web.json_response({**self._tally.figures(), "settings": self._now_set()})

    async def _conversations(self, _request: web.Request) -> web.Response:
        return web.json_response(self._tally.of_conversations())

    async def _reset(self, _request: web.Request) -> web.Response:
        self._tally.reset()
        return web.json_response({"ok": True})


def _ceiling(said: object) -> int | None:
    if said is None or (isinstance(said, int) and said > 0):
        return said
    raise ValueError("per_second is a positive number, or null")
