"""Calendars: events made, changed, cancelled and read, and who is sent what about it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus

from localgraph import delta
from localgraph.event import Change, Event, attendees, times
from localgraph.feed import BORN, Feed
from localgraph.odata import matching, selected
from localgraph.outbox import Outbox
from localgraph.times import instant
from localgraph.wire import Answer, Asked, Json, Refused, not_found

PAGE = 10
OWN = frozenset(
    {"start", "end", "attendees", "transactionId", "isOnlineMeeting", "onlineMeetingProvider"}
)
"""What an event keeps in fields of its own; the rest stays as it was given."""


class Calendar:
    """The calendars of all mailboxes; `feed` is what delta queries read."""

    def __init__(self, outbox: Outbox, *, now: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._now = now
        self._made = 0
        self._homes: dict[str, str] = {}
        """Which mailbox each event is in, or was."""
        self.feed = Feed()
        self.events: dict[str, Event] = {}
        self.providers: Sequence[str] = ("teamsForBusiness",)
        self.duplicate_status = HTTPStatus.CREATED
        """What a second POST with a known transactionId gets: Microsoft does not tell."""
        self.links_missing = 0
        """So many of the next events come without a join link, although 201 is said."""
        self.links_late = 0
        """So many GETs pass until a missing link is there; 0: it never comes."""
        self._looked_at: dict[str, int] = {}

    # what is asked

    def create(self, asked: Asked, mailbox: str) -> Answer:
        given: Json = asked.body
        transaction = given.get("transactionId")
        if transaction is not None and (known := self._by_transaction(mailbox, transaction)):
            if self.duplicate_status == HTTPStatus.CREATED:
                return Answer(status=HTTPStatus.CREATED, body=self._shown(known, asked))
            raise Refused(self.duplicate_status, "ErrorDuplicateTransactionId")
        start, end, zone = _checked(given)
        self._made += 1
        now = self._now()
        event = Event(
            id=f"AAMkAD{BORN}{self._made:06d}_-=",
            number=self._made,
            mailbox=mailbox,
            given=_kept(given),
            start=start,
            end=end,
            zone=zone,
            attendees=attendees(given.get("attendees", ())),
            created=now,
            changed=now,
            transaction=transaction,
        )
        if given.get("isOnlineMeeting"):
            self._give_link(event)
        self.events[event.id] = event
        self._homes[event.id] = mailbox
        self.feed.note(event.id)
        self._send("invitation", event, [each.address for each in event.attendees])
        return Answer(status=HTTPStatus.CREATED, body=self._shown(event, asked))

    def update(self, asked: Asked, mailbox: str, id: str) -> Answer:
        given: Json = asked.body
        event = self._event(mailbox, id)
        if (tag := asked.headers.get("if-match")) not in {None, "*", f'W/"{event.change_key}"'}:
            raise Refused(
                HTTPStatus.PRECONDITION_FAILED, "ErrorIrresolvableConflict", f"stale {tag}"
            )
        before = list(event.attendees)
        start, end, zone = _checked({**event.shown(event.zone), **given})
        if "attendees" in given:
            event.attendees = attendees(given["attendees"], before)
        event.move(start, end)
        event.zone = zone if "start" in given else event.zone
        event.given.update(_kept(given))
        if "body" in given:
            event.lay_body(given["body"])
        elif given.get("isOnlineMeeting") and event.join_url is None:
            self._give_link(event)
        event.touch(self._now())
        self.feed.note(event.id)
        self._tell_of(event, Change.between(before, event.attendees), only=given.keys())
        return Answer(body=self._shown(event, asked))

    def get(self, asked: Asked, mailbox: str, id: str) -> Answer:
        event = self._event(mailbox, id)
        if id in self._looked_at:
            self._looked_at[id] -= 1
            if self._looked_at[id] <= 0:
                del self._looked_at[id]
                event.join_url = _join_url(event.number)
                event.touch(self._now())
                self.feed.note(id)
        return Answer(body=selected(self._shown(event, asked), asked.query.get("$select")))

    def delete(self, _: Asked, mailbox: str, id: str) -> Answer:
        """Delete an event; the organizer's deletion is a cancellation to those invited."""
        event = self._event(mailbox, id)
        self._remove(event, comment="")
        return Answer(status=HTTPStatus.NO_CONTENT)

    def cancel(self, asked: Asked, mailbox: str, id: str) -> Answer:
        given: Json = asked.body
        event = self._event(mailbox, id)
        if not event.attendees:
            raise Refused(
                HTTPStatus.BAD_REQUEST, "ErrorInvalidRequest", "The item is not a meeting."
            )
        self._remove(event, comment=str(given.get("Comment") or ""))
        return Answer(status=HTTPStatus.ACCEPTED)

    def listed(self, asked: Asked, mailbox: str) -> Answer:
        things = [self._shown(event, asked) for event in self.of(mailbox)]
        return self._page(asked, matching(things, asked.query.get("$filter")))

    def view(self, asked: Asked, mailbox: str) -> Answer:
        first, last = window(asked.query)
        things = [
            self._shown(event, asked)
            for event in sorted(self.of(mailbox), key=lambda event: event.start)
            if event.start < last and event.end > first
        ]
        return self._page(asked, matching(things, asked.query.get("$filter")))

    def view_delta(self, asked: Asked, mailbox: str) -> Answer:
        current = delta.opened(asked, self.feed)
        first, last = window(current.query)

        def shown(key: str) -> list[Json]:
            event = self.events.get(key)
            if self._homes[key] != mailbox:
                return []
            if event is not None and event.start < last and event.end > first:
                return [self._shown(event, asked)]
            return [] if current.since is None else [delta.removed(key)]

        size = int((asked.prefers("odata.maxpagesize") or "") or PAGE)
        return delta.answer(asked, self.feed, current, shown, size=size)

    def about(self, _: Asked, mailbox: str) -> Answer:
        body: Json = {
            "id": f"calendar-{mailbox}",
            "name": "Calendar",
            "isDefaultCalendar": True,
            "canEdit": True,
            "allowedOnlineMeetingProviders": list(self.providers),
            "defaultOnlineMeetingProvider": next(iter(self.providers), "unknown"),
            "owner": {"name": mailbox, "address": mailbox},
        }
        return Answer(body=body)

    def of(self, mailbox: str) -> list[Event]:
        return [event for event in self.events.values() if event.mailbox == mailbox]

    # what is changed by hand is in outlook.py; both go through these

    def changed_by_hand(self, event: Event) -> None:
        event.touch(self._now())
        self.feed.note(event.id)

    def gone(self, event: Event) -> None:
        del self.events[event.id]
        self.feed.note(event.id)

    # inside

    def _remove(self, event: Event, *, comment: str) -> None:
        event.cancelled = True
        self.gone(event)
        self._send(
            "cancellation", event, [each.address for each in event.attendees], comment=comment
        )

    def _event(self, mailbox: str, id: str) -> Event:
        event = self.events.get(id)
        if event is None or event.mailbox != mailbox:
            raise not_found()
        return event

    def _by_transaction(self, mailbox: str, transaction: str) -> Event | None:
        return next((each for each in self.of(mailbox) if each.transaction == transaction), None)

    def _give_link(self, event: Event) -> None:
        if "teamsForBusiness" not in self.providers:
            return
        if self.links_missing:
            self.links_missing -= 1
            if self.links_late:
                self._looked_at[event.id] = self.links_late
            return
        event.join_url = _join_url(event.number)

    def _shown(self, event: Event, asked: Asked) -> Json:
        return event.shown(asked.prefers("outlook.timezone") or "UTC")

    def _page(self, asked: Asked, things: Sequence[Json]) -> Answer:
        select = asked.query.get("$select")
        top = int(asked.query.get("$top", 10))
        skip = int(asked.query.get("$skip", 0))
        body: Json = {"value": [selected(each, select) for each in things[skip : skip + top]]}
        more = {**asked.query, "$skip": str(skip + top)}
        return Answer(
            body=body, links={"@odata.nextLink": more} if len(things) > skip + top else {}
        )

    def _tell_of(self, event: Event, change: Change, *, only: Collection[str]) -> None:
        """Send what Exchange sends: to the changed ones when only attendees were changed."""
        alone = set(only) == {"attendees"}
        self._send("invitation", event, change.added)
        self._send("cancellation", event, change.removed)
        self._send("update", event, change.altered if alone else change.kept)

    def _send(self, kind: str, event: Event, to: Sequence[str], *, comment: str = "") -> None:
        if to:
            self._outbox.send(
                kind,
                to,
                mailbox=event.mailbox,
                subject=event.subject,
                event=event.id,
                start=event.start,
                content=comment,
            )


def window(query: Mapping[str, str]) -> tuple[datetime, datetime]:
    """Read the window of a view.

    :raises Refused: 400 when it is missing or cannot be read.
    """
    try:
        first, last = (instant(query[each]) for each in ("startDateTime", "endDateTime"))
    except (KeyError, ValueError):
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            "ErrorInvalidParameter",
            "This request requires a time window specified by the query string parameters "
            "StartDateTime and EndDateTime.",
        ) from None
    return _aware(first), _aware(last)


def _aware(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _checked(given: Json) -> tuple[datetime, datetime, str]:
    start, end, zone = times(given)
    if end < start:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            "ErrorPropertyValidationFailure",
            "At least one property failed validation. End is before start.",
        )
    return start, end, zone


def _kept(given: Json) -> Json:
    return {name: value for name, value in given.items() if name not in OWN}


def _join_url(number: int) -> str:
    return (
        f"https://teams.microsoft.com/l/meetup-join/19%3ameeting_local{number:06d}%40thread.v2/0"
    )
