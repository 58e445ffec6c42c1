"""What we measure ourselves against, each a program of its own: two bots that only echo.

`stock` is botbuilder as it comes: its own token check, its own connector, msal at every turn.
`plain` is aiohttp with the token verified, one pooled session and no SDK.
"""

import argparse
import asyncio
import json
import signal
from urllib.parse import quote

import aiohttp
import jwt
from aiohttp import web
from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticationConfiguration,
    BotFrameworkAuthenticationFactory,
    PasswordServiceClientCredentialFactory,
)


class Stock(CloudAdapterBase):
    """The SDK's adapter with the SDK's own two halves."""

    def __init__(self, *, app_id: str, metadata: str, issuer: str, login: str) -> None:
        super().__init__(
            BotFrameworkAuthenticationFactory.create(
                channel_service="",
                validate_authority=True,
                to_channel_from_bot_login_url=login,
                to_channel_from_bot_oauth_scope="https://api.botframework.com",
                to_bot_from_channel_token_issuer=issuer,
                oauth_url="https://token.botframework.com",
                to_bot_from_channel_open_id_metadata_url=metadata,
                to_bot_from_emulator_open_id_metadata_url=metadata,
                caller_id="urn:botframework:azure",
                credential_factory=PasswordServiceClientCredentialFactory(app_id, "secret"),
                auth_configuration=AuthenticationConfiguration(),
            )
        )

    async def receive(self, request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        await self.process_activity(request.headers["Authorization"], activity, _echo)
        return web.Response(status=200)


async def _echo(context: TurnContext) -> None:
    await context.send_activity(f"Du skrev: {context.activity.text}")


class Plain:
    """No more than the protocol asks for."""

    def __init__(
        self, *, app_id: str, issuer: str, session: aiohttp.ClientSession, keys: jwt.PyJWKSet
    ) -> None:
        self._app_id = app_id
        self._issuer = issuer
        self._session = session
        self._keys = {key.key_id: key for key in keys.keys}

    async def receive(self, request: web.Request) -> web.Response:
        bearer = request.headers["Authorization"].removeprefix("Bearer ")
        key = self._keys[jwt.get_unverified_header(bearer)["kid"]]
        jwt.decode(bearer, key, algorithms=["RS256"], audience=self._app_id, issuer=self._issuer)
        heard = await request.json()
        conversation, said = heard["conversation"]["id"], heard["id"]
        answer = {
            "type": "message",
            "text": f"Du skrev: {heard['text']}",
            "from": heard["recipient"],
            "recipient": heard["from"],
            "conversation": heard["conversation"],
            "replyToId": said,
        }
        path = f"v3/conversations/{quote(conversation, safe='')}/activities/{quote(said, safe='')}"
        async with self._session.post(
            heard["serviceUrl"] + path, json=answer, headers={"Authorization": "Bearer bench"}
        ) as taken:
            await taken.read()
        return web.Response(status=200)


async def main(given: argparse.Namespace) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{given.teams}/keys") as answer:
            keys = jwt.PyJWKSet.from_dict(json.loads(await answer.read()))
        receive = (
            Stock(
                app_id=given.app_id,
                metadata=f"{given.teams}/.well-known/openid-configuration",
                issuer=given.teams,
                login=given.login,
            ).receive
            if given.peer == "stock"
            else Plain(app_id=given.app_id, issuer=given.teams, session=session, keys=keys).receive
        )
        app = web.Application()
        app.router.add_post("/api/messages", receive)
        app.router.add_get("/readyz", _ready)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", given.port).start()
        ended = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
        await ended.wait()
        await runner.cleanup()


async def _ready(_request: web.Request) -> web.Response:
    return web.Response()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=["stock", "plain"])
    for name in ("--app-id", "--teams", "--login"):
        parser.add_argument(name, required=True)
    parser.add_argument("--port", type=int, required=True)
    asyncio.run(main(parser.parse_args()))
