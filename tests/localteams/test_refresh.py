"""When a card refreshes itself, and who then sees which card."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web

from localteams.limits import Limits
from localteams.server import LocalTeams, running
from localteams.state import Directory, Json, Message
from tests.localteams.plain_bot import APP_ID, SECRET, TENANT_ID, PlainBot, attached, with_card
from tests.localteams.town import BO, CARL, PEOPLE, TEAM


class HandTurnedClock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> HandTurnedClock:
    return HandTurnedClock()


@pytest.fixture
async def teams(bot: PlainBot, clock: HandTurnedClock) -> AsyncIterator[LocalTeams]:
    local = LocalTeams(
        directory=Directory.read(PEOPLE),
        app_id=APP_ID,
        tenant_id=TENANT_ID,
        bot_url=bot.url,
        secret=SECRET,
        limits=Limits.none(),
        now=clock,
    )
    async with running(local) as teams:
        bot.connector = teams.service_url
        await bot.log_in(teams.base_url)
        teams.world.set_installed(teams.world.team(TEAM), installed=True)
        bot.answer = own_view
        yield teams


async def own_view(activity: Json) -> web.Response:
    """Answer everyone with a card of their own."""
    name = activity["from"]["name"]
    return with_card(board(f"Kun for {name}", user_ids=[activity["from"]["id"]]))


def board(text: str, *, user_ids: list[str] | None = None) -> Json:
    refresh: dict[str, Any] = {
        "action": {"type": "Action.Execute", "verb": "board.look", "data": {"board": "7"}}
    }
    if user_ids is not None:
        refresh["userIds"] = user_ids
    return {
        "type": "AdaptiveCard",
        "body": [{"type": "TextBlock", "text": text}],
        "refresh": refresh,
    }


async def posted(teams: LocalTeams, bot: PlainBot, card: Json) -> Message:
    told = await bot.sends(TEAM, "", attachments=[attached(card)])
    return teams.world.message(told.body["id"])


async def test_a_named_person_sees_their_own_card_and_others_the_common_one(
    teams: LocalTeams, bot: PlainBot
) -> None:
    common = board("Til alle", user_ids=[teams.world.user_id(BO)])
    message = await posted(teams, bot, common)

    await teams.acts.refresh(BO, message)

    assert message.card_for(BO) == board("Kun for Bo Berg", user_ids=[teams.world.user_id(BO)])
    assert message.card_for(CARL) == common
    [invoke] = bot.heard_of("invoke")
    assert invoke["value"]["trigger"] == "automatic"
    assert invoke["value"]["action"]["verb"] == "board.look"


async def test_only_named_people_refresh(teams: LocalTeams, bot: PlainBot) -> None:
    message = await posted(teams, bot, board("Til alle", user_ids=[teams.world.user_id(BO)]))

    assert await teams.acts.refresh(CARL, message) is None
    assert bot.heard_of("invoke") == []


async def test_without_names_everyone_in_a_small_chat_refreshes(
    teams: LocalTeams, bot: PlainBot
) -> None:
    message = await posted(teams, bot, board("Til alle"))

    assert await teams.acts.refresh(BO, message) is not None
    assert await teams.acts.refresh(CARL, message) is not None


async def test_nobody_beyond_the_sixtieth_name_refreshes(teams: LocalTeams, bot: PlainBot) -> None:
    names = [f"29:{n}" for n in range(60)]
    message = await posted(
        teams, bot, board("Til alle", user_ids=[*names, teams.world.user_id(BO)])
    )

    assert await teams.acts.refresh(BO, message) is None


async def test_a_card_rests_a_minute_after_an_invoke(
    teams: LocalTeams, bot: PlainBot, clock: HandTurnedClock
) -> None:
    message = await posted(teams, bot, board("Til alle"))
    await teams.acts.refresh(BO, message)

    clock.time += timedelta(seconds=60)
    assert await teams.acts.refresh(BO, message) is None
    clock.time += timedelta(seconds=1)
    assert await teams.acts.refresh(BO, message) is not None


async def test_an_edit_takes_every_view_away_and_lets_it_refresh_at_once(
    teams: LocalTeams, bot: PlainBot
) -> None:
    message = await posted(teams, bot, board("Til alle"))
    await teams.acts.refresh(BO, message)
    edited = board("Nyt til alle")

    await bot.calls(
        "PUT",
        f"conversations/{quote(TEAM)}/activities/{message.id}",
        {"type": "message", "attachments": [attached(edited)]},
    )

    assert message.card_for(BO) == edited
    assert await teams.acts.refresh(BO, message) is not None


async def test_a_card_that_is_not_personal_is_replaced_for_all(
    teams: LocalTeams, bot: PlainBot
) -> None:
    plain = {
        "type": "AdaptiveCard",
        "actions": [{"type": "Action.Execute", "title": "Taget", "verb": "task.tick"}],
    }
    ticked = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Taget af Bo"}]}
    message = await posted(teams, bot, plain)

    async def tick(_: Json) -> web.Response:
        return with_card(ticked)

    bot.answer = tick
    await teams.presses(BO, message, "task.tick")

    assert message.card_for(CARL) == ticked
