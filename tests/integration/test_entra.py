"""Asking Entra by msal itself, over TLS on this machine; only who answers is not Microsoft."""

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from graph.tokens import Fetch, TokenRefused, from_entra

HERE = "127.0.0.1"
APP_ID = "0b4f4c61-6d4c-4b53-a1f6-2f6f7b1f0c11"
ADFS = "adfs"  # the one tenant msal believes in without asking Microsoft first


class Entra(ThreadingHTTPServer):
    """Gives a token for the right secret, when let; notes which scopes it was asked for."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__((HERE, 0), Clerk)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.address = f"https://{HERE}:{self.server_port}"
        self.asked: list[str] = []
        self.is_asked = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()

    def fetch(self, *, secret: str) -> Fetch:
        return from_entra(app_id=APP_ID, tenant_id=ADFS, credential=secret, entra=self.address)

    def places(self) -> dict[str, str]:
        place = f"{self.address}/{ADFS}"
        return {
            "issuer": place,
            "authorization_endpoint": f"{place}/authorize",
            "token_endpoint": f"{place}/token",
        }

    def grant(self, form: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        self.asked.extend(form["scope"])
        self.is_asked.set()
        if not self.may_answer.wait(timeout=5):
            return 503, {"error": "nobody_let_us"}
        if form["client_secret"] != ["right"]:
            return 401, {"error": "invalid_client"}
        return 200, {"token_type": "Bearer", "access_token": "token", "expires_in": 3600}


class Clerk(BaseHTTPRequestHandler):
    server: Entra

    def do_GET(self) -> None:
        self._say(200, self.server.places())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(*self.server.grant(parse_qs(body)))

    def _say(self, status: int, words: Mapping[str, object]) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(words).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def entra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Entra]:
    certificate = tmp_path / "certificate.pem"
    server = Entra(_certified(certificate))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


async def test_the_right_secret_is_given_a_token(entra: Entra) -> None:
    grant = await entra.fetch(secret="right")()

    assert grant.token == "token"
    assert timedelta(minutes=59) < grant.lifetime <= timedelta(hours=1)
    assert entra.asked == ["https://api.botframework.com/.default"]


async def test_the_loop_goes_on_while_entra_takes_its_time(entra: Entra) -> None:
    """Entra answers when the loop lets it: were the loop blocked, there would be no token."""
    entra.may_answer.clear()
    fetching = asyncio.ensure_future(entra.fetch(secret="right")())
    await asyncio.to_thread(entra.is_asked.wait, 5)
    entra.may_answer.set()

    assert (await fetching).token == "token"


async def test_a_wrong_secret_is_refused_in_entras_own_short_word(entra: Entra) -> None:
    with pytest.raises(TokenRefused, match="^invalid_client$"):
        await entra.fetch(secret="wrong")()


async def test_an_entra_that_is_not_there_is_a_refusal_too(entra: Entra) -> None:
    fetch = from_entra(
        app_id=APP_ID, tenant_id=ADFS, credential="right", entra=f"https://{HERE}:1"
    )
    with pytest.raises(TokenRefused):
        await fetch()

    assert entra.asked == []


def _certified(file: Path) -> ssl.SSLContext:
    """Make a certificate for this machine; its key lies in the same file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HERE)])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))])
    certificate = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(here, critical=False)
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
