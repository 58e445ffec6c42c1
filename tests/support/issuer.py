"""Somebody who signs calls to the bot as Microsoft does, over real HTTP on loopback."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

METADATA_PATH = "/.well-known/openid-configuration"


def make_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(kw_only=True)
class Issuer:
    """An OpenID issuer whose keys, claims and moods a test decides.

    `pause` holds every answer back until it is set; `asked` counts requests for the keys.
    """

    name: str = "https://api.botframework.com"
    app_id: str
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    endorsements: list[str] = field(default_factory=lambda: ["msteams"])
    address: str = ""
    asked: int = 0
    broken: bool = False
    pause: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def metadata(self) -> str:
        return self.address + METADATA_PATH

    def claims(self, *, now: datetime, service_url: str) -> dict[str, Any]:
        """Give what Teams' own tokens contain."""
        return {
            "iss": self.name,
            "aud": self.app_id,
            "nbf": int(now.timestamp()),
            "exp": int((now + timedelta(hours=1)).timestamp()),
            "serviceurl": service_url,
        }

    def sign(self, claims: Mapping[str, Any], *, kid: str = "first") -> str:
        return jwt.encode(dict(claims), self.keys[kid], "RS256", headers={"kid": kid})

    async def is_asked(self) -> None:
        """Wait until somebody wants the keys; a test in which nobody does fails."""
        async with asyncio.timeout(10):
            await self.waiting.wait()

    async def tell(self, _request: web.Request) -> web.Response:
        return web.json_response({"issuer": self.name, "jwks_uri": f"{self.address}/keys"})

    async def give_keys(self, _request: web.Request) -> web.Response:
        self.asked += 1
        self.waiting.set()
        await self.pause.wait()
        if self.broken:
            return web.Response(status=503)
        return web.json_response({"keys": [self._jwk(kid) for kid in self.keys]})

    def _jwk(self, kid: str) -> dict[str, Any]:
        public = json.loads(RSAAlgorithm.to_jwk(self.keys[kid].public_key()))
        return {**public, "kid": kid, "use": "sig", "endorsements": self.endorsements}


@asynccontextmanager
async def published(
    issuer: Issuer, more: Iterable[web.AbstractRouteDef] = ()
) -> AsyncIterator[Issuer]:
    """Publish the issuer's metadata and keys, and whatever more, on a port of this machine."""
    app = web.Application()
    app.router.add_get(METADATA_PATH, issuer.tell)
    app.router.add_get("/keys", issuer.give_keys)
    app.router.add_routes(more)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    issuer.address = f"http://127.0.0.1:{port}"
    issuer.pause.set()
    try:
        yield issuer
    finally:
        issuer.pause.set()
        await runner.cleanup()


def unpadded(said: bytes) -> str:
    """Write bytes as the parts of a token are written."""
    return urlsafe_b64encode(said).rstrip(b"=").decode()
