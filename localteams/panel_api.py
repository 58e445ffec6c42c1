"""The stand-in's own doors: keys and tokens for the bot, and knobs for whoever tries things."""

from http import HTTPStatus

from aiohttp import web

from localteams.faults import Faults
from localteams.sender import Answer, Sender
from localteams.state import Event, Unknown
from localteams.tokens import Tokens
from localteams.wire import Wire
from localteams.world import World


class PanelApi:
    def __init__(
        self, *, world: World, tokens: Tokens, sender: Sender, wire: Wire, faults: Faults
    ) -> None:
        self._world = world
        self._tokens = tokens
        self._sender = sender
        self._wire = wire
        self._faults = faults
        self._offset_seconds = 0.0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/.well-known/openid-configuration", self._metadata),
            web.get("/keys", self._keys),
            web.post("/oauth/token", self._token),
            web.post("/local/faults", self._add_fault),
            web.delete("/local/faults", self._clear_faults),
            web.get("/api/wire", self._exchanges),
            web.post("/api/wire/{n}/resend", self._resend),
            web.get("/api/clock", self._clock),
            web.post("/api/clock", self._set_clock),
            web.post("/api/rotate-keys", self._rotate_keys),
        ]

    async def _metadata(self, _request: web.Request) -> web.Response:
        return web.json_response(self._tokens.metadata())

    async def _keys(self, _request: web.Request) -> web.Response:
        return web.json_response(self._tokens.jwks())

    async def _token(self, request: web.Request) -> web.Response:
        asked = {name: str(value) for name, value in (await request.post()).items()}
        granted = None
        if asked.get("grant_type") == "client_credentials":
            granted = self._tokens.grant(
                client_id=asked.get("client_id", ""), client_secret=asked.get("client_secret", "")
            )
        if granted is None:
            refusal = {
                "error": "invalid_client",
                "error_description": "Not our bot, or not its key.",
            }
            return web.json_response(refusal, status=HTTPStatus.UNAUTHORIZED)
        return web.json_response(granted)

    async def _add_fault(self, request: web.Request) -> web.Response:
        self._faults.add_json(await request.json())
        return web.json_response({"ok": True})

    async def _clear_faults(self, _request: web.Request) -> web.Response:
        self._faults.clear()
        return web.json_response({"ok": True})

    async def _exchanges(self, request: web.Request) -> web.Response:
        return web.json_response(self._wire.after(int(request.query.get("after", "0"))))

    async def _resend(self, request: web.Request) -> web.Response:
        exchange = self._wire.find(int(request.match_info["n"]))
        if exchange is None or exchange.direction != "to_bot":
            raise Unknown(request.match_info["n"])
        return _told(await self._sender.redeliver(exchange.request))

    async def _clock(self, _request: web.Request) -> web.Response:
        return web.json_response({"offset_seconds": self._offset_seconds})

    async def _set_clock(self, request: web.Request) -> web.Response:
        offset = float((await request.json())["offset_seconds"])
        answer = await self._sender.set_clock(offset_seconds=offset)
        if answer is not None and answer.fine:
            self._offset_seconds = offset
            self._world.tell(Event(type="clock", details={"offset_seconds": offset}))
        return _told(answer, offset_seconds=offset)

    async def _rotate_keys(self, _request: web.Request) -> web.Response:
        self._tokens.rotate()
        return web.json_response({"ok": True})


def _told(answer: Answer | None, **more: object) -> web.Response:
    """Say how the bot took it."""
    if answer is not None and answer.fine:
        return web.json_response({"ok": True, "status": answer.status, **more})
    words = "Botten svarer ikke." if answer is None else f"Botten svarede {answer.status}."
    return web.json_response({"error": words}, status=HTTPStatus.BAD_GATEWAY)
