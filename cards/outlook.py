"""What the Secretariat hears of its calendar in Outlook: what is amiss, and what was put back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cards.delivery import counted, lined, moment, said, sheet
from cards.meet import about_meeting
from cards.plain import plain
from cards.shown import Shown
from cards.words import Say
from domain.calendar_entries import CalendarEntry
from domain.committee_meetings import CommitteeMeeting
from domain.outlook_events import ByHand

MOST = 8  # meetings on a card

NO_LINK = "no_link"
REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """A meeting that somebody had deleted or moved in Outlook."""

    entry: CalendarEntry = field(repr=False)
    by_hand: ByHand


def amiss(
    entry: CalendarEntry,
    what: str,
    *,
    code: str = "",
    opens: CommitteeMeeting | None = None,
    say: Say,
) -> Shown:
    """Say that an event has no link to Teams, or that Outlook does not take it (MTG-15).

    :param what: `no_link` or `refused`.
    :param code: what Microsoft calls it.
    :param opens: the committee's meeting that it is.
    """
    facts = [
        (say("outlook.meeting"), _named(entry, say)),
        (say("outlook.held"), moment(entry.begins_at, say)),
        *([(say("outlook.code"), code)] if code else []),
    ]
    return sheet(
        say(f"outlook.{what}_title", reference=entry.reference),
        [said(say(f"outlook.{what}_body")), counted(facts)],
        say=say,
        actions=[(say("button.meet.open"), "meet.open", about_meeting(opens))] if opens else [],
    )


def put_back(found: Sequence[PutBack], *, say: Say) -> Shown:
    """List what was not in Outlook as it is here, and why that was undone."""
    lines = [
        (
            _named(each.entry, say),
            say(f"outlook.{each.by_hand}", when=moment(each.entry.begins_at, say)),
        )
        for each in found[:MOST]
    ]
    left = len(found) - MOST
    return sheet(
        say("outlook.put_back_title"),
        [
            said(say("outlook.put_back_body")),
            *lined(lines),
            *([said(say("outlook.more", count=left))] if left > 0 else []),
        ],
        say=say,
        actions=[],
    )


def _named(entry: CalendarEntry, say: Say) -> str:
    if entry.readiness:
        return say("outlook.readiness", reference=entry.reference)
    return say("outlook.named", reference=entry.reference, committee=plain(entry.committee))
