"""The door on a real port, the person knocking on it, and the activities Teams brings."""

import json
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.authenticate import Identity
from bot.clock import Clock
from bot.intake import Activity
from bot.openid import OpenIdKeys
from bot.settings import Settings
from bot.signals import Signals
from bot.spans import Tracer
from bot.web import Answer, make_app, serve
from tests.support.issuer import Issuer, make_key, published

MONDAY_NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
APP_ID = "0b4f4c61-6d4c-4b53-a1f6-2f6f7b1f0c11"
TENANT = "9a3f2f0e-5c4e-4a8b-8f59-0d5b6a7c8d21"
OTHER_TENANT = "11111111-2222-4333-8444-555555555555"
ANNA = "a0000000-0000-4000-8000-00000000000a"
TEAMS = "https://smba.trafficmanager.net/emea/"
TEAMS_HERE = "http://127.0.0.1:3979/connector/"
SECOND = timedelta(seconds=1)
FIRST_KEY = make_key()

ENVIRONMENT = {
    "DATABASE_URL": "sqlite+aiosqlite:///bot.db",
    "BOT_APP_ID": APP_ID,
    "BOT_APP_PASSWORD": "a secret of the bot's",
    "BOT_TENANT_ID": TENANT,
    "MASTER_KEYS": "1:" + b64encode(b"m" * 32).decode(),
    "INDEX_KEYS": "1:" + b64encode(b"i" * 32).decode(),
}
SETTINGS = Settings.from_environment(ENVIRONMENT)


def message(**changes: object) -> dict[str, Any]:
    """A line typed in a personal chat, as Teams brings it."""
    return {
        "type": "message",
        "id": "1741521600000",
        "timestamp": MONDAY_NOON.isoformat(),
        "channelId": "msteams",
        "serviceUrl": TEAMS,
        "from": {"id": "29:anna", "name": "Anna", "aadObjectId": ANNA},
        "recipient": {"id": f"28:{APP_ID}", "name": "SSP"},
        "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "text": "hej",
        "locale": "da-DK",
    } | changes


def of_type(kind: str, **changes: object) -> dict[str, Any]:
    """An activity of another type, with what Teams adds to it."""
    added: dict[str, dict[str, object]] = {
        "invoke": {"name": "adaptiveCard/action", "value": {"action": {"verb": "go"}}},
        "conversationUpdate": {"membersAdded": [{"id": f"28:{APP_ID}"}]},
        "installationUpdate": {"action": "add"},
    }
    return message(type=kind) | added.get(kind, {}) | changes


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int
    text: str
    headers: Mapping[str, str]


@dataclass(kw_only=True)
class Knocker:
    """Someone outside the door, with the issuer's pen in hand, and what came through it."""

    issuer: Issuer
    address: str
    session: aiohttp.ClientSession
    clock: Clock
    signals: Signals = field(default_factory=Signals)
    at: datetime = MONDAY_NOON
    turns: list[tuple[Activity, Identity]] = field(default_factory=list)
    answer: Callable[[], Answer] = lambda: Answer(status=200)
    amiss: Sequence[str] = ()

    def token(self, *, kid: str = "first", **changes: object) -> str:
        """A token that holds now; a claim of None is left out."""
        claims = self.issuer.claims(now=self.at, service_url=TEAMS) | changes
        kept = {name: value for name, value in claims.items() if value is not None}
        return self.issuer.sign(kept, kid=kid)

    async def sends(
        self, activity: object = None, *, token: str | None = None, to: str = "/api/messages"
    ) -> Reply:
        body = json.dumps(
            message(timestamp=self.at.isoformat()) if activity is None else activity
        ).encode()
        return await self.sends_bytes(body, token=token, to=to)

    async def sends_bytes(
        self,
        body: bytes,
        *,
        token: str | None = None,
        to: str = "/api/messages",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        given = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token() if token is None else token}",
            **(headers or {}),
        }
        return await self.asks("POST", to, headers=given, data=body)

    async def asks(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: bytes | AsyncIterator[bytes] | None = None,
    ) -> Reply:
        async with self.session.request(
            method, self.address + path, headers=headers, data=data
        ) as answer:
            return Reply(
                status=answer.status, text=await answer.text(), headers=dict(answer.headers)
            )


@asynccontextmanager
async def knocker(
    settings: Settings | None = None, *, local: bool = False, tracer: Tracer | None = None
) -> AsyncIterator[Knocker]:
    """Open a door; a local one trusts the issuer and `TEAMS_HERE` instead of Microsoft."""
    async with (
        published(Issuer(app_id=APP_ID, keys={"first": FIRST_KEY})) as issuer,
        aiohttp.ClientSession() as session,
    ):
        clock = Clock(lambda: outside.at)
        outside = Knocker(issuer=issuer, address="", session=session, clock=clock)

        async def take_turn(activity: Activity, identity: Identity) -> Answer:
            outside.turns.append((activity, identity))
            return outside.answer()

        async def ready() -> Sequence[str]:
            return outside.amiss

        chosen = settings or SETTINGS
        if local:
            chosen = replace(
                chosen, local_openid_metadata=issuer.metadata, local_connector=TEAMS_HERE
            )
        app = make_app(
            settings=chosen,
            keys=OpenIdKeys(address=issuer.metadata, issuer=issuer.name, clock=clock.real),
            take_turn=take_turn,
            ready=ready,
            clock=clock,
            signals=outside.signals,
            tracer=tracer,
        )
        async with serve(app, host="127.0.0.1", port=0) as port:
            outside.address = f"http://127.0.0.1:{port}"
            yield outside
