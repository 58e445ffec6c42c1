"""A bot without any SDK: it hears, answers what it is told to, and calls the connector."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp import web

from localteams.state import Json

APP_ID = "0b5e55ed-0000-4000-8000-000000000001"
TENANT_ID = "0b5e55ed-0000-4000-8000-0000000000aa"
SECRET = "a secret of this test"

CARD: Json = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {"type": "TextBlock", "text": "Er nogen i fare?"},
        {"type": "Input.Text", "id": "note", "label": "Bemærkning"},
    ],
    "actions": [
        {"type": "Action.Execute", "title": "Ja", "verb": "ask.answer", "data": {"said": "yes"}},
        {"type": "Action.Execute", "title": "Nej", "verb": "ask.answer", "data": {"said": "no"}},
        {"type": "Action.Submit", "title": "Gammel", "data": {"verb": "old.way"}},
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    status: int
    body: Any
    headers: dict[str, str]


class PlainBot:
    """`heard` holds every activity; `answer` makes the HTTP answer to one."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.heard: list[Json] = []
        self.bearers: list[str] = []
        self.clock: list[Json] = []
        self.url = ""
        self.connector = ""
        self.answer: Callable[[Json], Awaitable[web.Response]] = fine
        self._session = session
        self._bearer = ""

    def heard_of(self, type: str) -> list[Json]:
        return [activity for activity in self.heard if activity["type"] == type]

    async def receive(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.heard.append(activity)
        self.bearers.append(request.headers["Authorization"].removeprefix("Bearer "))
        return await self.answer(activity)

    async def move_clock(self, request: web.Request) -> web.Response:
        self.clock.append(await request.json())
        return web.json_response({})

    async def log_in(self, base_url: str, *, secret: str = SECRET) -> int:
        """Fetch a bearer for the connector."""
        asked = {
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": secret,
            "scope": "https://api.botframework.com/.default",
        }
        async with self._session.post(f"{base_url}/oauth/token", data=asked) as response:
            if response.status == 200:
                self._bearer = (await response.json())["access_token"]
            return response.status

    async def calls(self, method: str, path: str, body: object = None) -> Told:
        """Call the connector; `path` begins after v3."""
        async with self._session.request(
            method,
            f"{self.connector}v3/{path}",
            json=body,
            headers={"Authorization": f"Bearer {self._bearer}"},
        ) as response:
            told = await response.json() if response.content_type == "application/json" else None
            return Told(status=response.status, body=told, headers=dict(response.headers))

    async def sends(self, conversation: str, text: str = "Hej", **more: object) -> Told:
        activity = {"type": "message", "text": text, **more}
        return await self.calls(
            "POST", f"conversations/{quote(conversation)}/activities", activity
        )

    async def sends_card(self, conversation: str, card: Json) -> Told:
        return await self.sends(conversation, "", attachments=[attached(card)])


async def fine(_: Json) -> web.Response:
    return web.Response(status=200)


def attached(card: Json) -> Json:
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}


def with_card(card: Json) -> web.Response:
    return web.json_response(
        {
            "statusCode": 200,
            "type": "application/vnd.microsoft.card.adaptive",
            "value": card,
        }
    )


@asynccontextmanager
async def plain_bot() -> AsyncIterator[PlainBot]:
    listener = socket.create_server(("127.0.0.1", 0))
    async with aiohttp.ClientSession() as session:
        bot = PlainBot(session)
        bot.url = f"http://127.0.0.1:{listener.getsockname()[1]}/api/messages"
        app = web.Application()
        app.router.add_post("/api/messages", bot.receive)
        app.router.add_post("/local/clock", bot.move_clock)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            yield bot
        finally:
            await runner.cleanup()
