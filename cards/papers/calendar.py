"""Calendar files (.ics): one stable UID per meeting, invited, changed, cancelled or listed."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress
from icalendar.prop import vRecur

from cards.alert_words import drilled
from cards.plain import plain
from cards.words import Say
from domain.calendar_entries import CalendarEntry, Guest, GuestReply

PRODUCT = "-//SSP København//SSP-botten//DA"
ZONE = "Europe/Copenhagen"

_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)


def invitation(entry: CalendarEntry, *, stamped_at: datetime, say: Say) -> bytes:
    """Ask the guests to come, or tell them of a change: the entry's sequence says which.

    :raises ValueError: when there is nobody to ask.
    """
    guests = [guest for guest in entry.guests if guest.email]
    if not guests:
        raise ValueError(f"nobody to invite to {entry.reference}")
    return _file("REQUEST", [_event(entry, guests, stamped_at=stamped_at, say=say)])


def cancellation(entry: CalendarEntry, *, stamped_at: datetime, say: Say) -> bytes:
    """Tell those guests that the meeting is not held, or not for them."""
    guests = [guest for guest in entry.guests if guest.email]
    event = _event(entry, guests, stamped_at=stamped_at, say=say)
    event["STATUS"] = "CANCELLED"
    return _file("CANCEL", [event])


def published(entries: Iterable[CalendarEntry], *, stamped_at: datetime, say: Say) -> bytes:
    """List meetings for one's own calendar; nobody is asked to answer (RFC 5546 §3.2.1)."""
    events = [_event(entry, [], stamped_at=stamped_at, say=say) for entry in entries]
    return _file("PUBLISH", events)


def _file(method: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone())
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(
    entry: CalendarEntry, guests: Iterable[Guest], *, stamped_at: datetime, say: Say
) -> Event:
    event = Event()
    event.add("uid", str(entry.uid))
    event.add("dtstamp", stamped_at)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("dtstart", entry.begins_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", summary(entry, say))
    event.add("description", description(entry, say))
    if entry.link:
        event.add("url", entry.link)
    if entry.place:
        event.add("location", plain(entry.place))
    if entry.organizer.email:
        event.add("organizer", _address(entry.organizer))
    for guest in guests:
        event.add("attendee", _asked(guest))
    return event


def description(entry: CalendarEntry, say: Say) -> str:
    """Say what it is called, and how to join it; nothing of what it is about (MTG-20)."""
    said = say("calendar.description", reference=entry.reference)
    return f"{said}\n{say('calendar.join', link=entry.link)}" if entry.link else said


def summary(entry: CalendarEntry, say: Say) -> str:
    """Say whose meeting it is; of a readiness meeting its number, and no word of the alert."""
    if not entry.readiness:
        return say("calendar.summary", committee=plain(entry.committee))
    said = say("alertmeet.summary", reference=entry.reference)
    return drilled(said, drill=entry.drill, say=say)


def _asked(guest: Guest) -> vCalAddress:
    address = _address(guest)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = guest.reply.value
    if guest.reply is GuestReply.WAITING:
        address.params["RSVP"] = "TRUE"
    return address


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.email}")
    address.params["CN"] = " ".join(plain(guest.name).replace('"', "").split())
    return address


def _zone() -> Timezone:
    """Tell Copenhagen's clock by the European rule, valid for every year since 1996."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    for half, name, since, before, after, month in (
        (TimezoneDaylight(), "CEST", (date(1996, 3, 31), time(2)), _WINTER, _SUMMER, 3),
        (TimezoneStandard(), "CET", (date(1996, 10, 27), time(3)), _SUMMER, _WINTER, 10),
    ):
        half.add("dtstart", datetime.combine(*since))
        half.add("tzname", name)
        half.add("tzoffsetfrom", before)
        half.add("tzoffsetto", after)
        half.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        zone.add_component(half)
    return zone
