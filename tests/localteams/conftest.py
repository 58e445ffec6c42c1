"""A stand-in with four people and one team, and a plain bot in it."""

from collections.abc import AsyncIterator

import pytest

from localteams.limits import Limits
from localteams.server import LocalTeams, running
from localteams.state import Directory
from tests.localteams.plain_bot import APP_ID, SECRET, TENANT_ID, PlainBot, plain_bot
from tests.localteams.town import PEOPLE


@pytest.fixture
async def bot() -> AsyncIterator[PlainBot]:
    async with plain_bot() as bot:
        yield bot


@pytest.fixture
def limits() -> Limits:
    return Limits.none()


@pytest.fixture
async def teams(bot: PlainBot, limits: Limits) -> AsyncIterator[LocalTeams]:
    local = LocalTeams(
        directory=Directory.read(PEOPLE),
        app_id=APP_ID,
        tenant_id=TENANT_ID,
        bot_url=bot.url,
        secret=SECRET,
        limits=limits,
    )
    async with running(local) as teams:
        bot.connector = teams.service_url
        assert await bot.log_in(teams.base_url) == 200
        yield teams
