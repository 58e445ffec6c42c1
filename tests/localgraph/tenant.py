"""A small tenant, a clock turned by hand, and a client that speaks HTTP to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from aiohttp import ClientSession

from localgraph.event import Event
from localgraph.server import LocalGraph
from localgraph.wire import Json

BOX = "sekretariat@kbh.example"
METTE, BO, POLICE = "mette@kbh.example", "bo@kbh.example", "vagt@politi.example"
TOKEN = {"Authorization": "Bearer a-token"}
NO_HEADERS: Mapping[str, str] = {}
COPENHAGEN = "Romance Standard Time"


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2027, 1, 4, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def passes(self, time: timedelta) -> None:
        self.at += time


@dataclass(frozen=True, kw_only=True)
class Said:
    status: int
    body: Json = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return str(self.body["error"]["code"])

    @property
    def values(self) -> list[Json]:
        return list(self.body["value"])


@dataclass(frozen=True, kw_only=True)
class Tenant:
    graph: LocalGraph
    clock: Clock
    session: ClientSession

    async def ask(
        self,
        method: str,
        path: str,
        body: Json | str | None = None,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Said:
        """Ask for a path below the version, or for a whole address."""
        url = path if path.startswith("http") else f"{self.graph.base_url}{path}"
        all_headers = {**TOKEN, **headers}
        text = {"json": body} if isinstance(body, dict) else {"data": body}
        async with self.session.request(method, url, headers=all_headers, **text) as answer:
            said = await answer.json() if answer.content_type == "application/json" else {}
            return Said(status=answer.status, body=said, headers=answer.headers)

    async def all(self, path: str) -> tuple[list[Json], str]:
        """Follow a delta query to its end; give what it told and the next round's address."""
        told: list[Json] = []
        while True:
            said = await self.ask("GET", path)
            assert said.status == 200, said
            told += said.values
            if "@odata.deltaLink" in said.body:
                return told, said.body["@odata.deltaLink"]
            path = said.body["@odata.nextLink"]

    async def invites(self, *addresses: str, **changes: object) -> Event:
        """Make a meeting from nine to eleven on 10 March."""
        said = await self.ask("POST", f"/users/{BOX}/events", meeting(*addresses, **changes))
        assert said.status == 201, said
        return self.graph.calendar.events[said.body["id"]]


def meeting(*addresses: str, **changes: object) -> Json:
    given: Json = {
        "subject": "Møde i lokaludvalget",
        "start": {"dateTime": "2027-03-10T09:00:00", "timeZone": COPENHAGEN},
        "end": {"dateTime": "2027-03-10T11:00:00", "timeZone": COPENHAGEN},
        "attendees": [attendee(address) for address in addresses],
        "isOnlineMeeting": True,
        "onlineMeetingProvider": "teamsForBusiness",
    }
    return {name: value for name, value in {**given, **changes}.items() if value is not None}


def attendee(address: str) -> Json:
    return {"type": "required", "emailAddress": {"address": address, "name": address}}


def at(event: Event, tail: str = "") -> str:
    return f"/users/{BOX}/events/{quote(event.id)}{tail}"
