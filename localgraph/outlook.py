"""What people do in Outlook: answer invitations, and move or delete an event by hand."""

from collections.abc import Callable
from datetime import datetime

from localgraph.calendar import Calendar
from localgraph.event import Attendee, Event
from localgraph.outbox import Outbox

ANSWERS = frozenset({"accepted", "tentativelyAccepted", "declined", "none", "notResponded"})


class Outlook:
    def __init__(self, calendar: Calendar, outbox: Outbox, *, now: Callable[[], datetime]) -> None:
        self._calendar = calendar
        self._outbox = outbox
        self._now = now

    def answer(self, event: Event | str, address: str, response: str = "accepted") -> None:
        """Let one who was invited answer; only the organizer's copy is kept here.

        :raises ValueError: for an answer that Outlook does not have.
        :raises LookupError: for somebody who is not invited.
        """
        if response not in ANSWERS:
            raise ValueError(response)
        event = self._found(event)
        attendee = {each.address.lower(): each for each in event.attendees}[address.lower()]
        attendee.response, attendee.answered = response, self._now()
        self._calendar.changed_by_hand(event)

    def move(self, event: Event | str, *, start: datetime, end: datetime) -> None:
        """Move an event in the secretariat's calendar; everybody gets an update."""
        event = self._found(event)
        event.move(start, end)
        self._calendar.changed_by_hand(event)
        self._send("update", event)

    def rename(self, event: Event | str, subject: str) -> None:
        event = self._found(event)
        event.given["subject"] = subject
        self._calendar.changed_by_hand(event)
        self._send("update", event)

    def invite(self, event: Event | str, address: str) -> None:
        """Add somebody by hand, whom we do not know of."""
        event = self._found(event)
        event.attendees = [*event.attendees, Attendee(address=address, name=address)]
        self._calendar.changed_by_hand(event)
        self._outbox.send(
            "invitation",
            [address],
            mailbox=event.mailbox,
            subject=event.subject,
            event=event.id,
            start=event.start,
        )

    def delete(self, event: Event | str, *, telling: bool = True) -> None:
        """Delete an event; Outlook asks whether those invited are to be told."""
        event = self._found(event)
        self._calendar.gone(event)
        if telling:
            self._send("cancellation", event)

    def _found(self, event: Event | str) -> Event:
        return event if isinstance(event, Event) else self._calendar.events[event]

    def _send(self, kind: str, event: Event) -> None:
        self._outbox.send(
            kind,
            [attendee.address for attendee in event.attendees],
            mailbox=event.mailbox,
            subject=event.subject,
            event=event.id,
            start=event.start,
        )
