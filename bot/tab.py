"""The tab: one page that Teams shows inside itself, and what it asks us for (teams.md §8).

The page is the same for everybody and holds nothing; what it shows is fetched with a token of
the person who looks. There are no cookies and nothing about anybody in an address.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.clock import Clock
from bot.limits import Limits
from bot.refusals import Forbidden
from bot.settings import Settings
from bot.visitors import Visitors, entra_keys
from scheduler.lay import File

View = Mapping[str, object]
See = Callable[[str, str, Mapping[str, str]], Awaitable[View | None]]
Give = Callable[[str, str], Awaitable[File | None]]

FOLDER = Path(__file__).parent.parent / "tab"
TEAMS_CDN = "https://res.cdn.office.net"
TEAMS_JS = f"{TEAMS_CDN}/teams-js/2.58.0/js/MicrosoftTeams.min.js"
TEAMS = "https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft"
PAGE = "index.html"
ABOUT = "om.html"  # privacy and terms, for anybody who follows the app's links
TEAMS_SCRIPT = (  # as the package's own page says; the hash is that of the package in npm
    f'<script src="{TEAMS_JS}" crossorigin="anonymous"'
    ' integrity="sha384-sMo/EOqQPa1OCup2/VBRum7oFeOS22kvs8WGDc45xK53tUVZzFR5WwFYDUYN1LO4">'
    "</script>"
)
LOCAL_JS = "/page/teams-for-tabs.js"
_KINDS = {".js": "text/javascript", ".css": "text/css"}
_PAPERS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ics": "text/calendar",
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".txt": "text/plain",
    ".xml": "application/xml",
}
_PRIVATE = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}


def add_tab(
    app: web.Application,
    *,
    settings: Settings,
    limits: Limits,
    clock: Clock,
    see: See,
    give: Give,
) -> None:
    """Add the tab's addresses, and the keys by which its visitors are known.

    :param see: gives what a person (by Entra object id) sees of a view, or None when there is
        no such view or they may not see it.
    :param give: gives them a paper of their own by its id, or None in the same way.
    """
    keys = entra_keys(settings, clock=clock.real)

    async def keep_keys(_app: web.Application) -> AsyncIterator[None]:
        await keys.open()
        yield
        await keys.close()

    app.cleanup_ctx.append(keep_keys)
    visitors = Visitors(settings=settings, keys=keys)
    tab = Tab(settings=settings, visitors=visitors, limits=limits, clock=clock, see=see, give=give)
    app.add_routes(tab.routes())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """The page's files, and its questions."""

    settings: Settings
    visitors: Visitors
    limits: Limits
    clock: Clock
    see: See
    give: Give

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/tab/", self._page, allow_head=False),
            web.get("/tab/{name}", self._file, allow_head=False),
            web.get("/tab/views/{view}", self._view, allow_head=False),
            web.get("/tab/papers/{id}", self._paper, allow_head=False),
        ]

    async def _page(self, _request: web.Request) -> web.Response:
        """Give the page with the script by which it speaks to what surrounds it."""
        page = (FOLDER / PAGE).read_text(encoding="utf-8")
        local = f'<script src="{self._origin}{LOCAL_JS}"></script>'
        script = local if self.settings.local else TEAMS_SCRIPT
        return web.Response(
            text=page.replace("{{host}}", script),
            content_type="text/html",
            charset="utf-8",
            headers=self._headers(),
        )

    async def _file(self, request: web.Request) -> web.Response:
        return self._given(request.match_info["name"])

    async def _view(self, request: web.Request) -> web.Response:
        """Answer a question, or that nothing has changed since it was last asked."""
        aad_id = await self._visitor(request)
        seen = await self.see(aad_id, request.match_info["view"], dict(request.query))
        if seen is None:
            raise Forbidden("no_view")
        body = json.dumps(seen, ensure_ascii=False).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": tag, **_PRIVATE}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        return web.Response(body=body, content_type="application/json", headers=headers)

    async def _paper(self, request: web.Request) -> web.Response:
        """Hand somebody a paper of their own, to be kept as a file and not shown as a page."""
        file = await self.give(await self._visitor(request), request.match_info["id"])
        if file is None:
            raise Forbidden("no_paper")
        return web.Response(
            body=file.content,
            content_type=_PAPERS[Path(file.name).suffix],
            headers={"Content-Disposition": f'attachment; filename="{file.name}"', **_PRIVATE},
        )

    async def _visitor(self, request: web.Request) -> str:
        """Say who looks, by the token they show.

        :raises Refused: when it is nobody we know by that, or they look too often.
        """
        now = self.clock.real()
        said = request.headers.getall("Authorization", [])
        aad_id = await self.visitors.admit(said[0] if len(said) == 1 else None, now=now)
        self.limits.count_looking(aad_id, now=now)
        return aad_id

    def _given(self, name: str) -> web.Response:
        file = FOLDER / name
        kind = "text/html" if name == ABOUT else _KINDS.get(file.suffix)
        if kind is None or file.parent != FOLDER or not file.is_file():
            raise web.HTTPNotFound
        return web.Response(
            body=file.read_bytes(), content_type=kind, charset="utf-8", headers=self._headers()
        )

    @property
    def _origin(self) -> str:
        """Name the stand-in, which shows the page when we run locally."""
        local = urlsplit(self.settings.local_connector)
        return f"{local.scheme}://{local.netloc}"

    def _headers(self) -> dict[str, str]:
        """Say who may show the page, and where it may fetch from."""
        if self.settings.local:
            script, asked, frames = f"{self._origin}{LOCAL_JS}", self._origin, self._origin
        else:
            script, asked, frames = TEAMS_JS, TEAMS_CDN, TEAMS
        policy = {
            "default-src": "'none'",
            "script-src": f"'self' {script}",
            "connect-src": f"'self' {asked}",
            "style-src": "'self'",
            "img-src": "'self' data:",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": frames,
        }
        return {
            "Content-Security-Policy": "; ".join(f"{key} {said}" for key, said in policy.items()),
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
