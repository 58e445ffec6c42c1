"""The page of the stand-in: what there is, and what is done by hand in Outlook and Entra."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from localgraph.hands import Hands
from localgraph.hours import Hours
from localgraph.server import LocalGraph, running
from tests.localgraph.tenant import BOX, METTE, POLICE, TOKEN

MEETING = {
    "subject": "Møde <M2027-0001>",
    "start": {"dateTime": "2030-05-06T09:00:00", "timeZone": "Romance Standard Time"},
    "end": {"dateTime": "2030-05-06T10:30:00", "timeZone": "Romance Standard Time"},
    "location": {"displayName": "Rådhuset"},
    "attendees": [{"emailAddress": {"name": "Mette Holm", "address": METTE}, "type": "required"}],
    "isOnlineMeeting": True,
    "onlineMeetingProvider": "teamsForBusiness",
}
NINE = datetime(2030, 5, 6, 7, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Page:
    graph: LocalGraph
    session: ClientSession

    async def reads(self, path: str, q: str = "") -> str:
        async with self.session.get(f"{self.graph.address}{path}?{urlencode({'q': q})}") as answer:
            assert answer.content_type == "text/html"
            return await answer.text()

    async def presses(self, act: str, origin: str | None = None, **form: str) -> int:
        """Send a form; give what it is answered, after which the page is shown again."""
        async with self.session.post(
            f"{self.graph.address}/hands/{act}",
            data=form,
            headers={"Origin": origin or self.graph.address},
        ) as answer:
            return answer.status

    async def event(self) -> str:
        """Let the bot put a meeting there."""
        async with self.session.post(
            f"{self.graph.base_url}/users/{BOX}/events", json=MEETING, headers=TOKEN
        ) as answer:
            return str((await answer.json())["id"])


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    hours = Hours()
    graph = LocalGraph(mailboxes=[BOX], now=hours.now)
    graph.directory.add_person("mette", "Mette Holm", METTE)
    graph.directory.add_person("vagt", "Vagt Havende", POLICE, guest=True)
    graph.directory.add_group("lokal", "Lokaludvalg Amager", ["mette"])
    besides = Hands(graph, look=hours.look).routes()
    async with running(graph, besides=besides), ClientSession() as session:
        yield Page(graph=graph, session=session)


async def test_a_meeting_is_shown_with_its_link_and_who_answered_what(page: Page) -> None:
    event = await page.event()
    shown = await page.reads("/")

    assert "Møde &lt;M2027-0001&gt;" in shown
    assert "man. 06.05.2030 kl. 09.00–10.30 · Rådhuset" in shown
    assert page.graph.calendar.events[event].join_url is not None
    assert "Deltag i Teams" in shown
    assert "Mette Holm: <b>intet svar</b>" in shown
    assert "0 fundet" in await page.reads("/", "Bo Lind")


async def test_one_who_was_invited_answers(page: Page) -> None:
    event = await page.event()

    assert await page.presses("answer", event=event, who=METTE, response="declined") == 200
    assert "Mette Holm: <b>afslået</b>" in await page.reads("/", "Mette")


async def test_a_meeting_is_moved_by_the_hour_of_copenhagen_and_keeps_its_length(
    page: Page,
) -> None:
    event = await page.event()

    assert await page.presses("move", event=event, start="2030-05-06T11:00") == 200
    moved = page.graph.calendar.events[event]
    assert moved.start == NINE + timedelta(hours=2)
    assert moved.end - moved.start == timedelta(minutes=90)


async def test_a_meeting_is_deleted_and_that_is_in_the_post(page: Page) -> None:
    event = await page.event()

    assert await page.presses("delete", event=event) == 200
    assert "0 fundet" in await page.reads("/")
    assert "Aflysning: Møde &lt;M2027-0001&gt;" in await page.reads("/post", METTE)
    assert await page.presses("delete", event=event) == 409


async def test_an_account_is_closed_and_opened_again(page: Page) -> None:
    assert await page.presses("account", person="vagt", enabled="no") == 200
    assert "<b>gæst, lukket</b>" in await page.reads("/entra", "vagt")
    assert await page.presses("account", person="vagt", enabled="yes") == 200
    assert "<b>gæst, åben</b>" in await page.reads("/entra", "vagt")


async def test_people_are_put_into_groups_and_taken_out(page: Page) -> None:
    members = page.graph.directory.groups["lokal"].members

    assert await page.presses("join", person="vagt", group="lokal") == 200
    assert await page.presses("leave", person="mette", group="lokal") == 200
    assert members == ["vagt"]


async def test_a_form_of_another_site_does_nothing(page: Page) -> None:
    event = await page.event()

    assert await page.presses("delete", event=event, origin="https://elsewhere.example") == 403
    assert event in page.graph.calendar.events


async def test_what_is_asked_for_wrongly_changes_nothing(page: Page) -> None:
    event = await page.event()

    assert await page.presses("move", event=event, start="i morgen") == 409
    assert await page.presses("answer", event=event, who=METTE, response="yes") == 409
    assert await page.presses("burn", event=event) == 403
    assert page.graph.calendar.events[event].start == NINE


async def test_the_hour_is_as_far_ahead_as_the_stand_in_for_teams_says() -> None:
    async def clock(_: web.Request) -> web.Response:
        return web.json_response({"offset_seconds": 86_400})

    app = web.Application()
    app.router.add_get("/api/clock", clock)
    async with TestServer(app, host="127.0.0.1") as teams:
        hours = Hours(str(teams.make_url("/api/clock")), real=lambda: NINE)
        await hours.look()
    assert hours.now() == NINE + timedelta(days=1)
    await hours.look()  # nobody answers there any more
    assert hours.now() == NINE + timedelta(days=1)
