"""As little of Teams as a load needs: keys, tokens, and a connector that takes every message."""

import asyncio
import ssl
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any

import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

HOST = "127.0.0.1"
KID = "bench"
LIFETIME = timedelta(hours=1)


class BenchTeams:
    """Counts what each conversation was told, and keeps the last thing said in it."""

    def __init__(self, *, app_id: str) -> None:
        self.app_id = app_id
        self.address = ""
        self.login = ""
        self.secured = ""
        self.certificate = Path()
        self.answers: Counter[str] = Counter()
        self.last: dict[str, bytes] = {}
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._ids = count(1)

    @property
    def service_url(self) -> str:
        """Where answers go: over TLS, as to Teams."""
        return f"{self.secured}/connector/"

    @property
    def metadata(self) -> str:
        return f"{self.address}/.well-known/openid-configuration"

    @property
    def trusted(self) -> dict[str, str]:
        """What a program's environment must say for it to trust our TLS."""
        file = str(self.certificate)
        return {"REQUESTS_CA_BUNDLE": file, "SSL_CERT_FILE": file}

    def bearer(self) -> str:
        """Sign what Teams puts on its calls; like Teams' own, it serves for many calls."""
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

    async def take(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        self.answers[conversation] += 1
        self.last[conversation] = await request.read()
        return web.Response(
            body=b'{"id":"%d"}' % next(self._ids), status=201, content_type="application/json"
        )

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

    def _app(self) -> web.Application:
        app = web.Application()
        conversation = "/connector/v3/conversations/{conversation}/activities"
        app.add_routes(
            [
                web.post(conversation, self.take),
                web.post(f"{conversation}/{{activity}}", self.take),
                web.get("/.well-known/openid-configuration", self.openid),
                web.get("/keys", self.keys),
                web.post("/oauth/token", self.grant),
                web.get("/adfs/.well-known/openid-configuration", self.entra),
                web.post("/adfs/token", self.grant),
            ]
        )
        return app

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen on loopback, with and without TLS."""
        runner = web.AppRunner(self._app(), access_log=None)
        await runner.setup()
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            self.certificate = Path(folder) / "certificate.pem"
            context = _certified(self.certificate)
            loop = asyncio.get_running_loop()
            front = runner.server
            if front is None:
                raise RuntimeError("the runner was not set up")
            plain = await loop.create_server(front, HOST, 0)
            secured = await loop.create_server(front, HOST, 0, ssl=context)
            self.address = f"http://{HOST}:{plain.sockets[0].getsockname()[1]}"
            self.secured = f"https://{HOST}:{secured.sockets[0].getsockname()[1]}"
            self.login = f"{self.secured}/adfs"
            try:
                yield
            finally:
                plain.close()
                secured.close()
                await runner.cleanup()


def message(
    *, number: int, person: str, conversation: str, text: str, tenant: str, to: BenchTeams
) -> dict[str, Any]:
    """Write what Teams sends when somebody types."""
    return {
        "type": "message",
        "id": f"m{number}",
        "timestamp": datetime.now(UTC).isoformat(),
        "channelId": "msteams",
        "serviceUrl": to.service_url,
        "from": {"id": f"29:{person}", "name": "Anna", "aadObjectId": person},
        "recipient": {"id": f"28:{to.app_id}", "name": "SSP"},
        "conversation": {"id": conversation, "conversationType": "personal", "tenantId": tenant},
        "channelData": {"tenant": {"id": tenant}},
        "entities": [{"type": "clientInfo", "locale": "da-DK", "country": "DK"}],
        "locale": "da-DK",
        "textFormat": "plain",
        "text": text,
    }


def _certified(file: Path) -> ssl.SSLContext:
    """Make a certificate for loopback, good for a day, with its key in the same file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(certificate.public_bytes(pem) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
