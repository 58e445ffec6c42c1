"""Events in the Secretariat's mailbox: what is said to Graph, and what it shows."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from domain.dates import COPENHAGEN
from domain.outlook_events import ActualEvent, Attendee, OutlookEvent, Response, WantedEvent
from domain.outlook_steps import Part, added_by_hand
from domain.readiness_meetings import is_link
from graph.calls import Call, Came, GraphTrouble, Json, Method, Page, Sends, path
from graph.client import Graph
from graph.needs import Need

ZONE: Final = "Romance Standard Time"  # Windows' name for Copenhagen
TEAMS: Final = "teamsForBusiness"
_ZONES: Final[Mapping[str, ZoneInfo]] = {
    "UTC": ZoneInfo("UTC"),
    ZONE: COPENHAGEN,
    "Europe/Copenhagen": COPENHAGEN,
}
# An event keeps its id wherever it is moved in the mailbox; hours are told in UTC.
_PREFER: Final = 'IdType="ImmutableId", outlook.timezone="UTC"'
_PAGE: Final = 100
SHOWN: Final = (
    "id,changeKey,transactionId,subject,location,start,end,isCancelled,attendees,onlineMeeting"
)


class Calendar:
    """The calendar of one mailbox, as its owner.

    The calls that it makes carry no agenda and nobody's case (MTG-20), and none that changes an
    event has a body: Exchange would take the link to Teams away (MTG-15).
    """

    def __init__(self, graph: Graph, *, mailbox: str) -> None:
        self._graph = graph
        self._mailbox = mailbox

    async def do(self, calls: Sequence[Call]) -> list[Came]:
        """Send calls together and give what came of each, in their order.

        One for which somebody waits goes by itself, and is answered soon or not at all.
        """
        if len(calls) != 1 or calls[0].sends is not Sends.AT_ONCE:
            return await self._graph.batch(calls) if calls else []
        try:
            return [await self._graph.call(replace(calls[0], hurried=True))]
        except GraphTrouble as trouble:
            return [trouble]

    def create(self, wanted: WantedEvent, *, revision: int, sends: Sends) -> Call:
        """Make an event, once however often it is told to (MTG-13); invitations go out."""
        online: Json = (
            {"isOnlineMeeting": True, "onlineMeetingProvider": TEAMS} if wanted.online else {}
        )
        body = {
            **_said(wanted, {Part.SUBJECT, Part.PLACE, Part.HOUR}),
            "body": {"contentType": "text", "content": wanted.said},
            "attendees": [_asked(each.address, each.name) for each in wanted.guests],
            "allowNewTimeProposals": False,
            "responseRequested": True,
            "transactionId": str(wanted.transaction(revision)),
            **online,
        }
        return self._call("POST", body=body, sends=sends, once=True)

    def look(self, row: OutlookEvent) -> Call:
        return self._call("GET", row.graph_id, params={"$select": SHOWN})

    def find(self, row: OutlookEvent) -> Call:
        """Look at what there is at the hour at which its making was tried.

        :raises ValueError: when nobody has tried.
        """
        if row.begins_at is None or row.ends_at is None:
            raise ValueError("nothing was tried")
        return self._view(row.begins_at, row.ends_at)

    def change(
        self,
        wanted: WantedEvent,
        actual: ActualEvent,
        parts: Collection[Part],
        *,
        ours: Collection[str],
        sends: Sends,
    ) -> Call:
        """Change what differs, and nothing else; who was put there by hand stays (MTG-16).

        It is about the event as it was looked at: told twice, Exchange takes it once, and nobody
        gets a second update because an answer was lost.
        """
        body = dict(_said(wanted, parts))
        if Part.GUESTS in parts:
            body["attendees"] = [
                *(_asked(each.address, each.name) for each in wanted.guests),
                *(
                    _asked(each.address, each.name, each.kind)
                    for each in added_by_hand(wanted, actual, ours=ours)
                ),
            ]
        return self._call("PATCH", actual.id, body=body, sends=sends, seen=actual.change_key)

    def ask_for_link(self, row: OutlookEvent) -> Call:
        """Ask once more for the link to Teams that did not come with the event (MTG-15)."""
        body = {"isOnlineMeeting": True, "onlineMeetingProvider": TEAMS}
        return self._call("PATCH", row.graph_id, body=body, sends=Sends.IN_TURN)

    def cancel(self, row: OutlookEvent, *, said: str, sends: Sends) -> Call:
        """Call a meeting off; told again, Graph knows it no more, which does no harm.

        A meeting to which nobody is asked cannot be called off, only deleted.
        """
        if not row.guests:
            return self.remove(row)
        body = {"Comment": said}
        return self._call("POST", row.graph_id, "cancel", body=body, sends=sends, once=True)

    def remove(self, row: OutlookEvent) -> Call:
        """Take an event away; who was asked to it hears that it is off."""
        return self._call("DELETE", row.graph_id, sends=Sends.IN_TURN)

    async def between(self, first: datetime, last: datetime) -> list[ActualEvent]:
        """List everything in the calendar between two hours.

        :raises GraphTrouble:
        """
        call = self._view(first, last)
        return [
            actual
            async for page in self._graph.pages(call)
            for each in page.items
            if (actual := actual_of(each)) is not None
        ]

    def changes(self, link: str, *, first: datetime, last: datetime) -> AsyncIterator[Page]:
        """Read what has changed since a link was given, or everything where there is none.

        A link is bound to the hours it was begun with; no `$select` goes with it.
        """
        following = Call(
            need=Need.CALENDAR,
            method="GET",
            path=link or path("users", self._mailbox, "calendarView", "delta"),
            params={} if link else _hours(first, last),
            headers={"Prefer": f"{_PREFER}, odata.maxpagesize={_PAGE}"},
        )
        return self._graph.pages(following)

    def _view(self, first: datetime, last: datetime) -> Call:
        return Call(
            need=Need.CALENDAR,
            method="GET",
            path=path("users", self._mailbox, "calendarView"),
            params={**_hours(first, last), "$select": SHOWN, "$top": str(_PAGE)},
            headers={"Prefer": _PREFER},
        )

    def _call(
        self,
        method: Method,
        *below: str,
        body: Json | None = None,
        params: Mapping[str, str] | None = None,
        sends: Sends = Sends.NOTHING,
        once: bool = False,
        seen: str = "",
    ) -> Call:
        match = {"If-Match": f'W/"{seen}"'} if seen else {}
        return Call(
            need=Need.CALENDAR,
            method=method,
            path=path("users", self._mailbox, "events", *below),
            body=body,
            params=params or {},
            headers={"Prefer": _PREFER, **match},
            sends=sends,
            once=once,
        )


def actual_of(shown: Json) -> ActualEvent | None:
    """Read an event that Graph shows; None for what is no event, or no more."""
    try:
        return ActualEvent(
            id=str(shown["id"]),
            change_key=str(shown.get("changeKey") or ""),
            transaction=str(shown.get("transactionId") or ""),
            subject=str(shown.get("subject") or ""),
            place=str((shown.get("location") or {}).get("displayName") or ""),
            begins_at=_moment(shown["start"]),
            ends_at=_moment(shown["end"]),
            attendees=tuple(map(_attendee, shown.get("attendees") or ())),
            join_link=_link(str((shown.get("onlineMeeting") or {}).get("joinUrl") or "")),
            off=bool(shown.get("isCancelled")),
            changed_at=_stamp(str(shown.get("lastModifiedDateTime") or "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def events_of(listed: Json) -> list[ActualEvent]:
    """Read the events of a list."""
    return [actual for each in listed.get("value") or () if (actual := actual_of(each))]


def _link(said: str) -> str:
    """Let a link pass that leads where it shows."""
    return said if is_link(said) else ""


def _attendee(shown: Json) -> Attendee:
    status, mail = shown.get("status") or {}, shown.get("emailAddress") or {}
    said = str(status.get("response") or "none")
    at = str(status.get("time") or "")
    return Attendee(
        address=str(mail.get("address") or ""),
        name=str(mail.get("name") or ""),
        kind=str(shown.get("type") or "required"),
        response=Response(said) if said in set(Response) else Response.NONE,
        answered_at=_stamp(at),
    )


def _said(wanted: WantedEvent, parts: Collection[Part]) -> Json:
    said: dict[str, Any] = {}
    if Part.SUBJECT in parts:
        said["subject"] = wanted.subject
    if Part.PLACE in parts:
        said["location"] = {"displayName": wanted.place}
    if Part.HOUR in parts:
        said["start"] = _local(wanted.begins_at)
        said["end"] = _local(wanted.ends_at)
    return said


def _asked(address: str, name: str, kind: str = "required") -> Json:
    return {"emailAddress": {"address": address, "name": name or address}, "type": kind}


def _local(at: datetime) -> Json:
    """Tell an hour as it is on the wall in Copenhagen.

    The hour that comes twice, when summer time ends, would be read as the first; so it is told
    in UTC.
    """
    wall = at.astimezone(COPENHAGEN)
    zone = "UTC" if wall.fold else ZONE
    told = at.astimezone(UTC) if wall.fold else wall
    return {"dateTime": f"{told:%Y-%m-%dT%H:%M:%S}", "timeZone": zone}


def _moment(shown: Json) -> datetime:
    zone = _ZONES[str(shown.get("timeZone") or "UTC")]
    at = _instant(str(shown["dateTime"]))
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _stamp(said: str) -> datetime | None:
    """Read when something happened; the first year is Graph's way to say that it did not."""
    return None if not said or said.startswith("0001-") else _instant(said)


def _instant(said: str) -> datetime:
    """Read a time of Graph's, which has seven decimals of a second."""
    whole, dot, rest = said.partition(".")
    zone = rest.lstrip("0123456789") if dot else ""
    return datetime.fromisoformat(f"{whole}{zone}")


def _hours(first: datetime, last: datetime) -> dict[str, str]:
    return {
        "startDateTime": f"{first.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "endDateTime": f"{last.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
