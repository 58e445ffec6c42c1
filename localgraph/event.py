"""One event in a mailbox's calendar: how it is kept, and how Graph shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from localgraph.times import read, shown, stamp
from localgraph.wire import Json

NEVER = "0001-01-01T00:00:00Z"
TEAMS = "teamsForBusiness"


@dataclass(slots=True, kw_only=True)
class Attendee:
    address: str
    name: str
    type: str = "required"
    response: str = "none"
    answered: datetime | None = None

    def shown(self) -> Json:
        time = NEVER if self.answered is None else stamp(self.answered)
        return {
            "type": self.type,
            "status": {"response": self.response, "time": time},
            "emailAddress": {"name": self.name, "address": self.address},
        }


@dataclass(slots=True, kw_only=True)
class Event:
    id: str
    number: int
    mailbox: str
    given: Json
    """What the client set and the stand-in only keeps."""
    start: datetime
    end: datetime
    zone: str
    attendees: list[Attendee]
    created: datetime
    changed: datetime
    join_url: str | None = None
    transaction: str | None = None
    version: int = 1
    cancelled: bool = False

    @property
    def subject(self) -> str:
        return str(self.given.get("subject", ""))

    @property
    def change_key(self) -> str:
        return f"CK{self.number:05d}v{self.version:04d}=="

    def touch(self, now: datetime) -> None:
        self.version += 1
        self.changed = now

    def move(self, start: datetime, end: datetime) -> None:
        """Set when it is; Exchange forgets the answers that were given for another time."""
        if (start, end) != (self.start, self.end):
            self.start, self.end = start, end
            for attendee in self.attendees:
                attendee.response, attendee.answered = "none", None

    def lay_body(self, body: Json) -> None:
        """Take a new body: without what Exchange put into the old one, the meeting is none."""
        mark, content = blob(self.join_url), str(body.get("content", ""))
        if mark not in content:
            self.join_url = None
        self.given["body"] = {**body, "content": content.replace(mark, "")}

    def shown(self, zone: str) -> Json:
        body = self.given.get("body", {"contentType": "text", "content": ""})
        thing = {
            "@odata.etag": f'W/"{self.change_key}"',
            "id": self.id,
            "createdDateTime": stamp(self.created),
            "lastModifiedDateTime": stamp(self.changed),
            "changeKey": self.change_key,
            "iCalUId": f"040000008200E00074C5B7101A82E008{self.number:024X}",
            "categories": [],
            "transactionId": self.transaction,
            "importance": "normal",
            "sensitivity": "normal",
            "showAs": "busy",
            "type": "singleInstance",
            "isAllDay": False,
            "isReminderOn": True,
            "reminderMinutesBeforeStart": 15,
            "responseRequested": True,
            "allowNewTimeProposals": True,
            "hideAttendees": False,
            "hasAttachments": False,
            "locations": [],
            "location": {"displayName": ""},
            **self.given,
            "subject": self.subject,
            "bodyPreview": str(body.get("content", ""))[:255],
            "body": {**body, "content": f"{body.get('content', '')}{blob(self.join_url)}"},
            "start": shown(self.start, zone),
            "end": shown(self.end, zone),
            "originalStartTimeZone": self.zone,
            "originalEndTimeZone": self.zone,
            "isCancelled": self.cancelled,
            "isOrganizer": True,
            "isDraft": False,
            "recurrence": None,
            "seriesMasterId": None,
            "isOnlineMeeting": self.join_url is not None,
            "onlineMeetingProvider": TEAMS if self.join_url else "unknown",
            "onlineMeeting": {"joinUrl": self.join_url} if self.join_url else None,
            "onlineMeetingUrl": None,
            "responseStatus": {"response": "organizer", "time": NEVER},
            "attendees": [attendee.shown() for attendee in self.attendees],
            "organizer": {"emailAddress": {"name": self.mailbox, "address": self.mailbox}},
            "webLink": f"https://outlook.office365.com/owa/?itemid={self.id}",
        }
        if self.transaction is None:
            del thing["transactionId"]
        return thing


def blob(join_url: str | None) -> str:
    """Write what Exchange puts into the body of a Teams meeting, and cannot do without."""
    if join_url is None:
        return ""
    return f'<div class="me-email-text"><a href="{join_url}">Join the meeting now</a></div>'


def attendees(given: Sequence[Json], before: Sequence[Attendee] = ()) -> list[Attendee]:
    """Read attendees; who was there before keeps the answer that was given."""
    known = {attendee.address.lower(): attendee for attendee in before}
    read_now: dict[str, Attendee] = {}
    for each in given:
        address = str(each["emailAddress"]["address"])
        old = known.get(address.lower())
        read_now[address.lower()] = Attendee(
            address=address,
            name=str(each["emailAddress"].get("name") or address),
            type=str(each.get("type", "required")),
            response=old.response if old else "none",
            answered=old.answered if old else None,
        )
    return list(read_now.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who was there before a change and who is now, for telling who gets which mail."""

    added: Sequence[str] = field(default=())
    removed: Sequence[str] = field(default=())
    kept: Sequence[str] = field(default=())
    altered: Sequence[str] = field(default=())
    """Kept, but as something else: optional instead of required."""

    @classmethod
    def between(cls, before: Sequence[Attendee], after: Sequence[Attendee]) -> "Change":
        old = {attendee.address.lower(): attendee for attendee in before}
        new = {attendee.address.lower(): attendee for attendee in after}
        return cls(
            added=[address for address in new if address not in old],
            removed=[address for address in old if address not in new],
            kept=[address for address in new if address in old],
            altered=[
                address
                for address in new
                if address in old and new[address].type != old[address].type
            ],
        )


def times(given: Json) -> tuple[datetime, datetime, str]:
    """Read when an event is, and in which zone it was said.

    :raises Refused: 400 when Exchange would not understand it.
    """
    return read(given["start"]), read(given["end"]), str(given["start"].get("timeZone", "UTC"))
