"""The invitation that goes along with an e-mail about a meeting (MTG-19, RFC 6047).

It is sent from the Secretariat's mailbox, and so the Secretariat invites. The meeting keeps its
UID, a change has a higher sequence, and who need not come any more is let off.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from cards.mails import organizer
from cards.papers.calendar import cancellation, invitation
from cards.shown import Shown
from cards.words import speak
from domain.calendar_entries import CalendarEntry, Guest, GuestReply
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.notices import Medium, Notice, NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.ask_calendar import entry_for
from usecases.ask_readiness_calendar import readiness_page

_OFF: Final = frozenset(
    {
        NoticeKind.MEET_CANCELLED,
        NoticeKind.MEET_NOT_NEEDED,
        NoticeKind.READINESS_MEETING_OFF,
    }
)
_ON: Final = frozenset(
    {
        NoticeKind.MEET_INVITED,
        NoticeKind.MEET_MOVED,
        NoticeKind.MEET_REMINDER,
        NoticeKind.MEET_STAND_IN,
        NoticeKind.READINESS_MEETING,
        NoticeKind.READINESS_MEETING_LINK,
    }
)


async def with_calendar(
    tx: Transaction, shown: Shown | None, notice: Notice, *, invites_by: str, now: datetime
) -> Shown | None:
    """Let the meeting go along with an e-mail about it.

    :param invites_by: the mailbox it is sent from; empty where Outlook invites by itself.
    """
    by_mail = bool(invites_by) and notice.medium is Medium.EMAIL
    if shown is None or not by_mail or notice.kind not in _ON | _OFF or notice.person is None:
        return shown
    person = await tx.people.get(notice.person)
    entry = await _entry(tx, notice, person, now=now)
    if entry is None or not person.email:
        return shown
    say = speak(person.language)
    reply = entry.guests[0].reply if entry.guests else GuestReply.WAITING
    entry = replace(
        entry,
        organizer=Guest(name=organizer(say), email=invites_by, reply=GuestReply.ACCEPTED),
        guests=(Guest(name=person.name, email=person.email, reply=reply),),
    )
    off = entry.cancelled or notice.kind in _OFF
    written = (cancellation if off else invitation)(entry, stamped_at=now, say=say)
    return replace(shown, calendar=written)


async def _entry(
    tx: Transaction, notice: Notice, person: Person, *, now: datetime
) -> CalendarEntry | None:
    meeting = await tx.committee_meetings.find(notice.about)
    if meeting is not None:
        return await entry_for(tx, meeting, person)
    kind = ExportKind.READINESS_CALENDAR
    about = notice.about
    export = Export(id=about, kind=kind, about=about, reason=about, by=person.id, at=now)
    try:
        page = await readiness_page(tx, export)
    except RuleBroken:
        return None
    return None if page is None else page.entry
