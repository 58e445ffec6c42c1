"""As little of Teams as a load needs: keys, tokens, and a connector that takes every message."""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import count
from math import ceil
from pathlib import Path
from urllib.parse import unquote

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bench.support.certificates import certified
from bench.support.doors import Doors
from bench.support.quick import Quick, answered
from localteams.latency import Latency
from localteams.limits import Limits
from localteams.tally import Tally

HOST = "127.0.0.1"
KID = "bench"
LIFETIME = timedelta(hours=1)
MARK = b"(gentaget"
BEGINS = b"/connector/v3/conversations/"
TOO_MANY = b'{"error":{"code":"TooManyRequests","message":"Slow down."}}'


class BenchTeams(Doors):
    """Counts what each conversation was told, and keeps the last thing said in it.

    Without limits it takes everything and answers at once.

    :param keep: keeps the last letter of each conversation.
    :param marks: counts the letters of each conversation that say that they are sent again.
    """

    def __init__(
        self,
        *,
        app_id: str,
        limits: Limits | None = None,
        latency: Latency | None = None,
        keep: bool = True,
        marks: bool = False,
    ) -> None:
        super().__init__(app_id=app_id)
        self.limits = limits or Limits.none()
        self.latency = latency or Latency()
        self.tally = Tally()
        self._keep = keep
        self._marks = marks
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._ids = count(1)
        self.forget()

    def forget(self) -> None:
        """Begin to count anew."""
        self.tally.reset()
        self.answers: Counter[str] = Counter()
        self.last: dict[str, bytes] = {}
        self.marked: Counter[str] = Counter()
        self.replied: dict[str, float] = {}  # when what somebody wrote was answered (monotonic)
        self.first: dict[str, float] = {}  # when the first unasked letter is confirmed (monotonic)

    def bearer(self) -> str:
        now = datetime.now(UTC)
        claims = {
            "iss": self.address,
            "aud": self.app_id,
            "serviceurl": self.service_url,
            "nbf": now,
            "iat": now,
            "exp": now + LIFETIME,
        }
        return jwt.encode(claims, self._key, "RS256", headers={"kid": KID})

    def take(self, method: bytes, path: bytes, body: bytes) -> tuple[bytes, float]:
        """Take what a bot asks of the connector; see `bench.support.quick.Take`."""
        if not path.startswith(BEGINS):
            return answered(b"404 Not Found", b"{}"), 0
        _, _, _, _, quoted, *what = path.split(b"/")
        conversation = unquote(quoted.decode())
        sends = method == b"POST"
        operation = ("send" if len(what) == 1 else "reply") if sends else "other"
        wait = self.limits.wait(operation, conversation)
        self.tally.count(operation, conversation, refused=wait > 0, throttled=wait > 0)
        if wait:
            after = b"Retry-After: %d\r\n" % ceil(wait)
            return answered(b"429 Too Many Requests", TOO_MANY, header=after), 0
        latency = self.latency.draw()
        if not sends:
            return answered(b"200 OK", b"{}"), latency
        self.answers[conversation] += 1
        if operation == "send" and conversation not in self.first:
            self.first[conversation] = time.monotonic() + latency
        if self._keep:
            self.last[conversation] = body
            if operation == "reply":
                self.replied[what[1].decode()] = time.monotonic()
        if self._marks and MARK in body:
            self.marked[conversation] += 1
        return answered(b"201 Created", b'{"id":"%d"}' % next(self._ids)), latency

    async def openid(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.address,
                "jwks_uri": f"{self.address}/keys",
                "token_endpoint": f"{self.address}/oauth/token",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def keys(self, _request: web.Request) -> web.Response:
        key = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return web.json_response(
            {"keys": [{**key, "kid": KID, "x5t": KID, "use": "sig", "endorsements": ["msteams"]}]}
        )

    async def entra(self, _request: web.Request) -> web.Response:
        """Say where tokens are given, as Entra says it to msal."""
        return web.json_response(
            {
                "issuer": self.login,
                "authorization_endpoint": f"{self.login}/authorize",
                "token_endpoint": f"{self.login}/token",
            }
        )

    async def grant(self, _request: web.Request) -> web.Response:
        seconds = int(LIFETIME.total_seconds())
        answer = {"token_type": "Bearer", "expires_in": seconds, "access_token": "bench"}
        return web.json_response(answer)

    async def letter(self, request: web.Request) -> web.Response:
        """Give the last letter of a conversation as it was written."""
        letter = self.last.get(request.query["conversation"])
        if letter is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        return web.Response(body=letter, content_type="application/json")

    def app(self) -> web.Application:
        """Build what is asked for seldom; messages come another way."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/.well-known/openid-configuration", self.openid),
                web.get("/keys", self.keys),
                web.post("/oauth/token", self.grant),
                web.get("/adfs/.well-known/openid-configuration", self.entra),
                web.post("/adfs/token", self.grant),
                web.get("/local/letter", self.letter),
            ]
        )
        return app

    @asynccontextmanager
    async def listening(self, app: web.Application | None = None) -> AsyncIterator[None]:
        """Listen on loopback, with and without TLS."""
        runner = web.AppRunner(app or self.app(), access_log=None)
        await runner.setup()
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            file = Path(folder) / "certificate.pem"
            context = certified(file, host=HOST)
            loop = asyncio.get_running_loop()
            seldom = runner.server
            if seldom is None:
                raise RuntimeError("the runner was not set up")
            plain = await loop.create_server(seldom, HOST, 0)
            login = await loop.create_server(seldom, HOST, 0, ssl=context)
            often = await loop.create_server(lambda: Quick(self.take), HOST, 0, ssl=context)
            self.certificate = str(file)
            self.address = f"http://{HOST}:{_port(plain)}"
            self.login = f"https://{HOST}:{_port(login)}/adfs"
            self.service_url = f"https://{HOST}:{_port(often)}/connector/"
            try:
                yield
            finally:
                for server in (plain, login, often):
                    server.close()
                await runner.cleanup()


def _port(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])
