"""The stand-in for Teams with two people and a team, and a connector to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiohttp.typedefs import Handler

from bot.connector import Connector, open_session
from domain.delivery import (
    NotDelivered,
)
from graph.clouds import HOSTS, Cloud
from graph.tokens import Grant, Tokens, from_local
from localteams.limits import Limits
from localteams.server import LocalTeams, running
from localteams.state import Channel, Directory, Person, Team

NOON = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)
APP_ID = "0b4f4c61-6d4c-4b53-a1f6-2f6f7b1f0c11"
TENANT = "9a3f2f0e-5c4e-4a8b-8f59-0d5b6a7c8d21"
ANNA = "a0000000-0000-4000-8000-00000000000a"
BO = "b0000000-0000-4000-8000-00000000000b"
SECRET = "the bot's secret"
HELLO = {"type": "message", "text": "hej"}
WITHOUT_WAITING = (0.0, 0.0)
BOT_SCOPE = HOSTS[Cloud.GLOBAL].bot_scope


class Line:
    """The stand-in, and a connector to it."""

    def __init__(self, teams: LocalTeams, session: aiohttp.ClientSession) -> None:
        self.teams = teams
        token_url = f"{teams.base_url}/oauth/token"
        self.grant = from_local(
            session=session, url=token_url, app_id=APP_ID, secret=SECRET, scope=BOT_SCOPE
        )
        self.tokens = Tokens(self.grant, now=lambda: NOON)
        self.connector = Connector(
            session=session,
            tokens=self.tokens,
            trusts=lambda url: url == teams.service_url,
        )
        self.anna = teams.personal(ANNA).id

    async def sends(self, *, pauses: tuple[float, ...] = (), paced: bool = False) -> str:
        return await self.connector.send(
            service_url=self.teams.service_url,
            conversation=self.anna,
            activity=HELLO,
            pauses=pauses,
            paced=paced,
        )

    async def is_refused(self) -> NotDelivered:
        with pytest.raises(NotDelivered) as problem:
            await self.sends()
        return problem.value

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.teams.messages(self.anna) if not message.deleted]


@asynccontextmanager
async def a_line() -> AsyncIterator[Line]:
    """Open the stand-in with Anna, Bo and their team, and a connector to it."""
    people = {ANNA: Person(aad_id=ANNA, name="Anna"), BO: Person(aad_id=BO, name="Bo")}
    channels = [Channel(id="19:general@thread.tacv2", name="Generelt")]
    team = Team(id="19:general@thread.tacv2", name="KG", channels=channels, members=[ANNA, BO])
    teams = LocalTeams(
        directory=Directory(people=people, teams=[team], bot_name="SSP"),
        app_id=APP_ID,
        tenant_id=TENANT,
        secret=SECRET,
        limits=Limits.none(),
    )
    teams.personal(ANNA).installed = True
    teams.world.set_installed(team, installed=True)
    async with running(teams), open_session() as session:
        yield Line(teams, session)


@asynccontextmanager
async def a_server(handler: Handler) -> AsyncIterator[str]:
    """Open somebody else's server, which answers everything alike; give its address."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handler)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


async def granted() -> Grant:
    """Give a token that holds, whoever asks."""
    return Grant(token="token", lifetime=timedelta(hours=1))
