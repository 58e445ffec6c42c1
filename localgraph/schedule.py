"""When people are busy: what getSchedule answers, from the calendars that are kept here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus

from localgraph.calendar import Calendar
from localgraph.directory import Directory
from localgraph.times import read, shown
from localgraph.wire import Answer, Asked, Json, Refused

LONGEST = timedelta(days=62)
UNKNOWN = {"message": "Mailbox was not found.", "responseCode": "ErrorMailRecipientNotFound"}
Busy = tuple[datetime, datetime]


class Schedule:
    """Free and busy; `busy` is what people have besides our meetings."""

    def __init__(self, directory: Directory, calendar: Calendar) -> None:
        self._directory = directory
        self._calendar = calendar
        self.busy: dict[str, list[Busy]] = {}
        """Address to what else is in that calendar."""

    def get(self, asked: Asked, _: str) -> Answer:
        given: Json = asked.body
        addresses = [str(address) for address in given["Schedules"]]
        first, last = read(given["StartTime"]), read(given["EndTime"])
        step = int(given.get("AvailabilityViewInterval") or 30)
        if last - first >= LONGEST or last <= first:
            raise Refused(
                HTTPStatus.BAD_REQUEST,
                "ErrorInvalidParameter",
                "The requested time duration is not allowed.",
            )
        zone = asked.prefers("outlook.timezone") or "UTC"
        values = [
            self._one(address, first, last, timedelta(minutes=step), zone) for address in addresses
        ]
        return Answer(body={"value": values})

    def _one(
        self, address: str, first: datetime, last: datetime, step: timedelta, zone: str
    ) -> Json:
        person = self._directory.by_address(address)
        if person is None or person.guest:
            return {"scheduleId": address, "error": UNKNOWN}
        taken = self._taken(address.lower(), first, last)
        return {
            "scheduleId": address,
            "availabilityView": _view(taken, first, last, step),
            "scheduleItems": [
                {"status": "busy", "start": shown(start, zone), "end": shown(end, zone)}
                for start, end in taken
            ],
        }

    def _taken(self, address: str, first: datetime, last: datetime) -> list[Busy]:
        ours = [
            (event.start, event.end)
            for event in self._calendar.events.values()
            for attendee in event.attendees
            if attendee.address.lower() == address and attendee.response != "declined"
        ]
        return sorted(
            (start, end)
            for start, end in [*ours, *self.busy.get(address, ())]
            if start < last and end > first
        )


def _view(taken: Sequence[Busy], first: datetime, last: datetime, step: timedelta) -> str:
    digits = []
    while first < last:
        hit = any(start < first + step and end > first for start, end in taken)
        digits.append("2" if hit else "0")
        first += step
    return "".join(digits)
