"""A meeting as Outlook is to show it: in Danish, whoever comes, and no word of its agenda."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cards.papers.calendar import description, summary
from cards.plain import plain
from cards.words import speak
from domain.calendar_entries import CalendarEntry
from domain.outlook_events import OutlookGuest, WantedEvent
from domain.people import Language

LONGEST_SUBJECT: Final = 255  # Exchange keeps no more of it


def wanted_event(
    entry: CalendarEntry, guests: Sequence[OutlookGuest], *, made: str
) -> WantedEvent:
    """Say what of a meeting is to be in Outlook.

    A link that somebody pasted goes where the place stands: what stands in an event is never
    changed (MTG-15).

    :param made: the link that came with the event.
    """
    say = speak(Language.DA)
    pasted = entry.link if entry.link != made else ""
    return WantedEvent(
        meeting=entry.id,
        uid=entry.uid,
        subject=summary(entry, say)[:LONGEST_SUBJECT].strip(),
        said=description(replace(entry, link=""), say),
        place=" · ".join(each for each in (plain(entry.place).strip(), pasted) if each),
        begins_at=entry.begins_at,
        ends_at=entry.ends_at,
        guests=tuple(guests),
        online=not pasted,
        off=entry.cancelled,
    )


def called_off() -> str:
    """Say to those who were asked why the event goes."""
    return speak(Language.DA)("calendar.called_off")
