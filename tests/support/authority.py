"""Entra on this machine: an OpenID provider over TLS that believes nothing it cannot verify.

It answers in Entra's own numbers, and looks at what real Entra looks at: tenant, application,
secret or signed assertion (algorithm, key, audience, times, subject, and that it is new), scope.
"""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives import hashes

from bot.clock import utc_now
from tests.support.certificates import HERE, Certified, certified, server_context

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ("PS256", "RS256")
LONGEST = timedelta(minutes=15)
LEEWAY = timedelta(minutes=5)
LIFETIME = 3599
GRAPH = "https://graph.microsoft.com"
BOT = "https://api.botframework.com"


Handle = Callable[[web.Request], Awaitable[Mapping[str, object]]]


class Refused(Exception):
    """Not given, with Entra's error and number."""

    def __init__(self, number: int, error: str = "invalid_client", status: int = 401) -> None:
        super().__init__(number)
        self.number = number
        self.error = error
        self.status = status


@dataclass(kw_only=True)
class Application:
    """An application as it is registered: what it may prove itself with, and what it may do."""

    id: str
    secret: str = ""
    secret_ended: bool = False
    certificates: list[Certified] = field(default_factory=list)
    roles: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Asked:
    """One request for a token, as far as a test may look at it."""

    scope: str
    header: Mapping[str, Any] = field(default_factory=dict)
    claims: Mapping[str, Any] = field(default_factory=dict)


class Authority:
    """Knows one tenant and its applications; `refuses` makes it say no to everybody."""

    def __init__(self, *, tenant: str, applications: list[Application]) -> None:
        self.tenant = tenant
        self.applications = {each.id: each for each in applications}
        self.refuses: Refused | None = None
        self.now: Callable[[], datetime] = utc_now
        self.resources = {GRAPH, BOT}
        self.asked: list[Asked] = []
        self.discovered = 0
        self.address = ""
        self.ca = Path()
        self._key = _ours().key
        self._seen: set[str] = set()

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get(
            "/{tenant}/v2.0/.well-known/openid-configuration", self._answer(self._discover)
        )
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._answer(self._give))
        return app

    def _answer(self, handle: Handle) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            try:
                return web.json_response(await handle(request))
            except Refused as no:
                return web.json_response(
                    {
                        "error": no.error,
                        "error_description": f"AADSTS{no.number}: what a person would read.",
                        "error_codes": [no.number],
                        "trace_id": "00000000-0000-0000-0000-000000000000",
                    },
                    status=no.status,
                )

        return answer

    def _place(self) -> str:
        return f"{self.address}/{self.tenant}"

    async def _discover(self, request: web.Request) -> Mapping[str, object]:
        self.discovered += 1
        if request.match_info["tenant"] != self.tenant:
            raise Refused(90002, "invalid_tenant", 400)
        return {
            "issuer": f"{self._place()}/v2.0",
            "authorization_endpoint": f"{self._place()}/oauth2/v2.0/authorize",
            "token_endpoint": f"{self._place()}/oauth2/v2.0/token",
        }

    async def _give(self, request: web.Request) -> Mapping[str, object]:
        form = {name: str(value) for name, value in (await request.post()).items()}
        asked = Asked(scope=form.get("scope", ""))
        self.asked.append(asked)
        if request.match_info["tenant"] != self.tenant:
            raise Refused(90002, "invalid_tenant", 400)
        if form.get("grant_type") != "client_credentials":
            raise Refused(70003, "unsupported_grant_type", 400)
        application = self.applications.get(form.get("client_id", ""))
        if application is None:
            raise Refused(700016, "unauthorized_client", 400)
        if "client_assertion" in form:
            self._verify(application, form, asked)
        else:
            _check_secret(application, form.get("client_secret", ""))
        if self.refuses is not None:
            raise self.refuses
        return {
            "token_type": "Bearer",
            "expires_in": LIFETIME,
            "access_token": self._token(application, self._resource(asked.scope)),
        }

    def _verify(self, application: Application, form: Mapping[str, str], asked: Asked) -> None:
        """Believe an assertion only if every part of it holds (RFC 7523, MTG-18)."""
        if form.get("client_assertion_type") != ASSERTION:
            raise Refused(7000218)
        said = form["client_assertion"]
        asked.header = jwt.get_unverified_header(said)
        held = {_thumbprint(each): each for each in application.certificates}
        ours = held.get(str(asked.header.get("x5t#S256", "")).rstrip("="))
        if ours is None or asked.header.get("alg") not in ALGORITHMS:
            raise Refused(700027)
        try:
            asked.claims = jwt.decode(
                said,
                ours.public_key,
                algorithms=list(ALGORITHMS),
                options={"verify_exp": False, "verify_iat": False, "verify_aud": False},
            )
        except jwt.InvalidTokenError:
            raise Refused(700027) from None
        self.believe(application, ours, asked.claims)

    def believe(
        self, application: Application, ours: Certified, claims: Mapping[str, Any]
    ) -> None:
        now = self.now()
        if now > ours.certificate.not_valid_after_utc:
            raise Refused(700027)
        if claims.get("aud") not in {
            f"{self._place()}/oauth2/v2.0/token",
            f"{self._place()}/v2.0",
        }:
            raise Refused(700023)
        if claims.get("iss") != application.id or claims.get("sub") != application.id:
            raise Refused(700021)
        begins, ends = (datetime.fromtimestamp(claims[each], UTC) for each in ("iat", "exp"))
        if not begins - LEEWAY <= now < ends + LEEWAY or ends - begins > LONGEST:
            raise Refused(700024)
        if not claims.get("jti") or claims["jti"] in self._seen:
            raise Refused(50013, "invalid_grant", 400)
        self._seen.add(claims["jti"])

    def _resource(self, scope: str) -> str:
        if not scope.endswith("/.default"):
            raise Refused(1002012, "invalid_scope", 400)
        resource = scope.removesuffix("/.default")
        if resource not in self.resources:
            raise Refused(500011, "invalid_resource", 400)
        return resource

    def _token(self, application: Application, resource: str) -> str:
        now = self.now()
        return jwt.encode(
            {
                "aud": resource,
                "iss": f"{self._place()}/v2.0",
                "tid": self.tenant,
                "appid": application.id,
                "roles": list(application.roles),
                "iat": now,
                "exp": now + timedelta(seconds=LIFETIME),
            },
            self._key,
            algorithm="RS256",
        )


def _check_secret(application: Application, said: str) -> None:
    if not said:
        raise Refused(7000216)
    if said != application.secret:
        raise Refused(7000215)
    if application.secret_ended:
        raise Refused(7000222)


def _thumbprint(held: Certified) -> str:
    return urlsafe_b64encode(held.certificate.fingerprint(hashes.SHA256())).decode().rstrip("=")


@cache
def _ours() -> Certified:
    """Make the authority's own key once: that takes longer than everything else."""
    return certified(HERE)


@asynccontextmanager
async def entra_here(authority: Authority, *, folder: Path) -> AsyncIterator[Authority]:
    """Open it on this machine, on the loop of whoever asks: a blocked loop is given nothing."""
    context, authority.ca = server_context(_ours(), folder=folder)
    runner = web.AppRunner(authority.app())
    await runner.setup()
    site = web.TCPSite(runner, HERE, 0, ssl_context=context)
    await site.start()
    authority.address = f"https://{HERE}:{runner.addresses[0][1]}"
    try:
        yield authority
    finally:
        await runner.cleanup()


class Machine:
    """What a machine in Azure gives tokens by: a plain address only its own programs can reach."""

    def __init__(self, *, secret: str, identities: Mapping[str, str]) -> None:
        self.secret = secret
        self.identities = identities  # by client id; "" is the machine's own
        self.asked: list[Mapping[str, str]] = []
        self.address = ""

    async def give(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.query))
        token = self.identities.get(request.query.get("client_id", ""))
        if request.headers.get("X-IDENTITY-HEADER") != self.secret or token is None:
            return web.json_response(
                {"statusCode": 400, "message": "No managed identity was found."}, status=400
            )
        ends = utc_now() + timedelta(hours=24)
        return web.json_response(
            {
                "access_token": token,
                "expires_on": str(int(ends.timestamp())),
                "resource": request.query["resource"],
                "token_type": "Bearer",
            }
        )


@asynccontextmanager
async def machine_here(machine: Machine) -> AsyncIterator[Machine]:
    app = web.Application()
    app.router.add_get("/msi/token", machine.give)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, HERE, 0)
    await site.start()
    machine.address = f"http://{HERE}:{runner.addresses[0][1]}/msi/token"
    try:
        yield machine
    finally:
        await runner.cleanup()
