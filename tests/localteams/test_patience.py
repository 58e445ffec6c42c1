"""What Teams does when the bot is slow: it hangs up and asks again, a few times.

Patience runs out here when the bot has heard the attempt, not when time has passed.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from localteams.limits import Limits
from localteams.sender import Patience
from localteams.server import LocalTeams, NoAnswer, running
from localteams.state import Directory, Json
from tests.localteams.plain_bot import APP_ID, CARD, SECRET, TENANT_ID, PlainBot, with_card
from tests.localteams.town import ANNA, PEOPLE


class SlowBot:
    """Never answers its first attempts; then answers with a card. Notes how long was waited."""

    def __init__(self) -> None:
        self.silent_for = 0
        self.waited: list[float] = []
        self.over = asyncio.Event()
        self._heard = asyncio.Semaphore(0)

    async def answer(self, _: Json) -> web.Response:
        if self.silent_for == 0:
            return with_card(CARD)
        self.silent_for -= 1
        self._heard.release()
        await self.over.wait()
        return web.Response()

    async def lapse(self, seconds: float) -> None:
        self.waited.append(seconds)
        await self._heard.acquire()


@pytest.fixture
def slow() -> SlowBot:
    return SlowBot()


@pytest.fixture
async def teams(bot: PlainBot, slow: SlowBot) -> AsyncIterator[LocalTeams]:
    local = LocalTeams(
        directory=Directory.read(PEOPLE),
        app_id=APP_ID,
        tenant_id=TENANT_ID,
        bot_url=bot.url,
        secret=SECRET,
        limits=Limits.none(),
        lapse=slow.lapse,
    )
    bot.answer = slow.answer
    async with running(local) as teams:
        bot.connector = teams.service_url
        assert await bot.log_in(teams.base_url) == 200
        await teams.opens(ANNA)
        await bot.sends_card(teams.personal(ANNA).id, CARD)
        bot.heard.clear()
        slow.waited.clear()
        yield teams
        slow.over.set()


async def press(teams: LocalTeams) -> str | None:
    [card] = teams.messages(teams.personal(ANNA))
    return (await teams.presses(ANNA, card, "ask.answer", {"said": "yes"})).error


async def test_a_press_is_sent_three_times_unchanged(
    teams: LocalTeams, bot: PlainBot, slow: SlowBot
) -> None:
    slow.silent_for = 3

    assert await press(teams) == "Appen kunne ikke nås. Prøv igen."

    assert len(bot.heard) == 3
    assert bot.heard[0] == bot.heard[1] == bot.heard[2]
    assert slow.waited == [10, 10, 10]


async def test_a_press_answered_the_second_time_goes_well(
    teams: LocalTeams, bot: PlainBot, slow: SlowBot
) -> None:
    slow.silent_for = 1

    assert await press(teams) is None
    assert len(bot.heard) == 2


async def test_a_message_is_sent_twice(teams: LocalTeams, bot: PlainBot, slow: SlowBot) -> None:
    slow.silent_for = 2

    with pytest.raises(NoAnswer):
        await teams.says(ANNA, "hej")

    assert bot.heard[0] == bot.heard[1]
    assert slow.waited == [15, 15]


def test_dialogs_have_five_seconds() -> None:
    assert Patience().with_activity({"type": "invoke", "name": "task/submit"}) == (5, 2)
