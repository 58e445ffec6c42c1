"""Hands in Outlook and in Entra: what the page's buttons do, each by the name of its form."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from aiohttp import web

from localgraph.page import ENTRA, HERE, MAIL, OUTLOOK, entra, mail, outlook
from localgraph.server import LocalGraph

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
}
Form = Mapping[str, str]


class Hands:
    """The page of a tenant: what there is, and forms to change it as people do by hand."""

    def __init__(self, graph: LocalGraph, *, look: Callable[[], Awaitable[None]]) -> None:
        """:param look: awaited before anything is shown or done, so that the hour is right."""
        self._graph = graph
        self._look = look
        self._acts: Mapping[str, Callable[[Form], None]] = {
            "answer": self._answer,
            "move": self._move,
            "delete": lambda form: graph.outlook.delete(form["event"]),
            "account": self._account,
            "join": lambda form: graph.directory.join(form["group"], form["person"]),
            "leave": lambda form: graph.directory.leave(form["group"], form["person"]),
        }

    def routes(self) -> list[web.RouteDef]:
        return [
            *(web.get(path, self._shows) for path in (OUTLOOK, MAIL, ENTRA)),
            web.post("/hands/{act}", self._does),
        ]

    async def _shows(self, request: web.Request) -> web.Response:
        await self._look()
        wanted = request.query.get("q", "")
        draw = {OUTLOOK: outlook, MAIL: mail, ENTRA: entra}[request.path]
        text = draw(self._graph, wanted)
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    async def _does(self, request: web.Request) -> web.Response:
        """Do what a button says, and show the same place again.

        Only a form of this page does: not one of another site that is open in the same browser.
        """
        form = {name: str(value) for name, value in (await request.post()).items()}
        act = self._acts.get(request.match_info["act"])
        if act is None or request.headers.get("Origin") != self._graph.address:
            return web.Response(status=HTTPStatus.FORBIDDEN)
        await self._look()
        try:
            act(form)
        except (LookupError, ValueError):
            return web.Response(status=HTTPStatus.CONFLICT, text="Det findes ikke mere.")
        entra_page = "person" in form
        place = form["person" if entra_page else "event"]
        query = urlencode({"q": form.get("q", "")})
        path = ENTRA if entra_page else OUTLOOK
        return web.Response(
            status=HTTPStatus.SEE_OTHER, headers={"Location": f"{path}?{query}#{place}"}
        )

    def _answer(self, form: Form) -> None:
        self._graph.outlook.answer(form["event"], form["who"], form["response"])

    def _move(self, form: Form) -> None:
        event = self._graph.calendar.events[form["event"]]
        start = datetime.fromisoformat(form["start"]).replace(tzinfo=HERE)
        self._graph.outlook.move(event, start=start, end=start + (event.end - event.start))

    def _account(self, form: Form) -> None:
        self._graph.directory.change_person(form["person"], enabled=form["enabled"] == "yes")
