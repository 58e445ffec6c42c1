"""What the page asks of the stand-in, over HTTP."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web

from localteams.server import LocalTeams
from localteams.state import Json
from tests.localteams.plain_bot import CARD, PlainBot, with_card
from tests.localteams.town import ANNA, BO, CARL, CASES, TEAM


class Page:
    """A browser window of one person."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self._session = session
        self._base_url = base_url

    async def gets(self, path: str) -> Json:
        async with self._session.get(f"{self._base_url}{path}") as response:
            assert response.status == 200, await response.text()
            told: Json = await response.json()
            return told

    async def lists(self, path: str) -> list[Json]:
        async with self._session.get(f"{self._base_url}{path}") as response:
            assert response.status == 200, await response.text()
            told: list[Json] = await response.json()
            return told

    async def posts(self, path: str, body: object, *, expect: int = 200) -> Json:
        async with self._session.post(f"{self._base_url}{path}", json=body) as response:
            assert response.status == expect, await response.text()
            told: Json = await response.json()
            return told

    async def hears(self, aad_id: str) -> AsyncGenerator[Json, None]:
        """Listen to the stream of news; the first thing heard says that it is open."""
        async with self._session.get(f"{self._base_url}/api/me/{aad_id}/events") as stream:
            async for line in stream.content:
                if line.startswith(b":"):
                    yield {"type": "open"}
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))


@pytest.fixture
async def page(teams: LocalTeams) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, teams.base_url)


async def test_people_are_found_by_any_words_about_them(page: Page) -> None:
    assert [one["name"] for one in await page.lists("/api/people?q=ssp+facil")] == ["Bo Berg"]
    assert [one["name"] for one in await page.lists(f"/api/people?q={CARL}")] == ["Carl Cort"]
    assert len(await page.lists("/api/people")) == 4


async def test_the_first_look_at_the_chats_installs_the_app(page: Page, bot: PlainBot) -> None:
    chats = await page.gets(f"/api/me/{BO}/chats")

    assert chats["personal"]["kind"] == "personal"
    assert chats["personal"]["title"] == "SSP-bot"
    [team] = chats["teams"]
    assert [channel["title"] for channel in team["channels"]] == ["Generelt", "Sager"]
    assert not team["installed"]
    assert len(bot.heard_of("installationUpdate")) == 1
    assert (await page.gets(f"/api/me/{ANNA}/chats"))["teams"] == []


async def test_a_conversation_is_written_read_and_pressed(
    page: Page, bot: PlainBot, teams: LocalTeams
) -> None:
    async def answer(activity: Json) -> web.Response:
        if activity["type"] == "message":
            await bot.sends_card(activity["conversation"]["id"], CARD)
        return with_card({"type": "AdaptiveCard", "body": []})

    bot.answer = answer
    chat = (await page.gets(f"/api/me/{ANNA}/chats"))["personal"]["id"]
    address = f"/api/conversations/{quote(chat)}"

    said = await page.posts(f"{address}/messages", {"as": ANNA, "text": "hej"})
    mine, its = await page.lists(f"{address}/messages?as={ANNA}")
    pressed = await page.posts(
        f"{address}/press",
        {
            "as": ANNA,
            "message": its["id"],
            "action": {"type": "Action.Execute", "verb": "ask.answer", "data": {"said": "yes"}},
        },
    )
    unread = (await page.gets(f"/api/me/{ANNA}/chats"))["personal"]["unread"]
    await page.posts(f"{address}/read", {"as": ANNA})

    assert said == {"ok": True, "id": mine["id"], "sent_to_bot": True}
    assert (mine["from"], mine["text"], mine["mine"]) == (
        {"name": "Anna Ahl", "aad": ANNA},
        "hej",
        True,
    )
    assert its["from"] == {"name": "SSP-bot", "aad": None}
    assert its["card"] == CARD
    assert pressed == {"ok": True, "card": {"type": "AdaptiveCard", "body": []}}
    assert unread == 1
    assert teams.personal(ANNA).unread == {}


async def test_nobody_reads_or_writes_in_a_chat_of_others(page: Page, teams: LocalTeams) -> None:
    address = f"/api/conversations/{quote(teams.personal(ANNA).id)}/messages"

    refused = await page.posts(address, {"as": BO, "text": "hej"}, expect=404)

    assert refused == {"error": "Det findes ikke her."}


async def test_a_chat_without_the_app_cannot_be_written_in(page: Page, teams: LocalTeams) -> None:
    await page.posts(f"/api/me/{ANNA}/install", {})
    await page.posts(f"/api/me/{ANNA}/uninstall", {})
    address = f"/api/conversations/{quote(teams.personal(ANNA).id)}/messages"

    refused = await page.posts(address, {"as": ANNA, "text": "hej"}, expect=409)

    assert refused == {"error": "Appen er ikke installeret her."}


async def test_groups_and_teams_get_the_bot(page: Page, bot: PlainBot) -> None:
    group = await page.posts("/api/groups", {"as": ANNA, "members": [BO, CARL]})
    await page.posts(f"/api/teams/{TEAM}/install", {"as": BO})
    channel = f"/api/conversations/{CASES}/messages"
    unheard = await page.posts(channel, {"as": BO, "text": "hej alle"})
    heard = await page.posts(channel, {"as": BO, "text": "@SSP-bot hej"})

    assert (await page.gets(f"/api/me/{CARL}/chats"))["groups"][0]["id"] == group["id"]
    assert group["title"] == "Anna, Bo, Carl"
    assert [unheard["sent_to_bot"], heard["sent_to_bot"]] == [False, True]
    installed = [activity["conversation"] for activity in bot.heard_of("installationUpdate")]
    assert [one["conversationType"] for one in installed] == ["groupChat", "channel", "personal"]


async def test_news_reach_the_open_page(page: Page, bot: PlainBot, teams: LocalTeams) -> None:
    await teams.opens(ANNA)
    chat = teams.personal(ANNA).id
    news = page.hears(ANNA)
    assert await anext(news) == {"type": "open"}

    await bot.sends(chat, "noget nyt")
    await bot.calls("POST", f"conversations/{quote(chat)}/activities", {"type": "typing"})
    message, unread, typing = [await anext(news) for _ in range(3)]
    await news.aclose()

    assert message["message"]["text"] == "noget nyt"
    assert unread == {"type": "unread", "conversation": chat, "unread": 1}
    assert typing == {"type": "typing", "conversation": chat}


async def test_the_wire_shows_both_ways_and_can_repeat(
    page: Page, bot: PlainBot, teams: LocalTeams
) -> None:
    await teams.says(ANNA, "hej")
    await bot.sends(teams.personal(ANNA).id, "svar")

    *_, heard, sent = await page.lists("/api/wire")
    await page.posts(f"/api/wire/{heard['n']}/resend", {})

    assert (heard["direction"], heard["request"]["text"]) == ("to_bot", "hej")
    assert (sent["direction"], sent["status"], sent["method"]) == ("from_bot", 201, "POST")
    assert sent["answer"] == {"id": teams.messages(teams.personal(ANNA))[-1].id}
    first, repeated = bot.heard_of("message")
    assert first == repeated
    assert [row["n"] for row in await page.lists(f"/api/wire?after={sent['n']}")] == [
        sent["n"] + 1
    ]
    await page.posts(f"/api/wire/{sent['n']}/resend", {}, expect=404)


async def test_the_clock_is_moved_in_the_bot(page: Page, bot: PlainBot, teams: LocalTeams) -> None:
    moved = await page.posts("/api/clock", {"offset_seconds": 86400})
    teams.sender.bot_url = "http://127.0.0.1:1/api/messages"
    await page.posts("/api/clock", {"offset_seconds": 0}, expect=502)

    assert moved["offset_seconds"] == 86400
    assert bot.clock == [{"offset_seconds": 86400}]
    assert await page.gets("/api/clock") == {"offset_seconds": 86400}


async def test_the_page_and_nothing_beside_it_is_served(page: Page, teams: LocalTeams) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{teams.base_url}/") as index:
            assert index.content_type == "text/html"
        outside = f"{teams.base_url}/page/..%2fserver.py"
        async with session.get(outside) as refused:
            assert refused.status == 404
    assert (await page.gets("/api/bot"))["name"] == "SSP-bot"


async def test_a_form_from_another_site_is_not_taken(teams: LocalTeams) -> None:
    async with aiohttp.ClientSession() as session:
        address = f"{teams.base_url}/api/me/{ANNA}/install"
        async with session.post(address, data="{}") as refused:
            assert refused.status == 415
    assert not teams.personal(ANNA).installed
