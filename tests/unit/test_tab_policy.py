"""What the tab's page may load where it runs for real: one file of Microsoft's, and our own."""

from collections.abc import Mapping

import aiohttp
from aiohttp import web

from bot.clock import Clock
from bot.limits import Limits
from bot.tab import TEAMS_JS, Tab, View
from bot.visitors import Visitors, entra_keys
from bot.web import serve
from scheduler.lay import File
from tests.support.door import SETTINGS
from tests.support.town import MONDAY_NOON


async def sees_nothing(_aad_id: str, _view: str, _query: Mapping[str, str]) -> View | None:
    return None


async def gives_nothing(_aad_id: str, _id: str) -> File | None:
    return None


async def page() -> tuple[str, Mapping[str, str]]:
    """Give the page as Teams gets it, and what it says of itself."""
    clock = Clock(lambda: MONDAY_NOON)
    tab = Tab(
        settings=SETTINGS,
        visitors=Visitors(settings=SETTINGS, keys=entra_keys(SETTINGS, clock=clock.real)),
        limits=Limits(person_per_minute=10, tenant_per_minute=10),
        clock=clock,
        see=sees_nothing,
        give=gives_nothing,
    )
    app = web.Application()
    app.add_routes(tab.routes())
    async with (
        serve(app, host="127.0.0.1", port=0) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/tab/") as answer,
    ):
        return await answer.text(), dict(answer.headers)


async def test_the_page_runs_one_script_from_outside_and_that_alone() -> None:
    """Microsoft's address serves much more than the one file that we have looked at."""
    text, headers = await page()
    policy = dict(
        each.strip().split(" ", 1) for each in headers["Content-Security-Policy"].split(";")
    )

    assert policy["script-src"] == f"'self' {TEAMS_JS}"
    assert TEAMS_JS.endswith(".js")
    assert f'<script src="{TEAMS_JS}" crossorigin="anonymous" integrity="sha384-' in text
