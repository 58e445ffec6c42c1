"""One's own meetings: the coming ones with one's answer, and the week's on Monday."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from cards.delivery import Button, Part, aside, headed, said, sheet
from cards.forms import message
from cards.meet import about_meeting, when
from cards.plain import unmarked
from cards.shown import Shown
from cards.words import Say
from domain.committee_meetings import CommitteeMeeting, Reply

PER_PAGE = 4
NOT_ASKED = "none"
PAGES = tuple(map(str, range(1, 31)))

Line = tuple[CommitteeMeeting, str, Reply | None]


def coming(meetings: Sequence[Line], *, page: int, say: Say) -> Shown:
    """List some of somebody's meetings: when, which committee's, and what they have answered."""
    pages = max(1, -(-len(meetings) // PER_PAGE))
    shown = meetings[(page - 1) * PER_PAGE : page * PER_PAGE]
    parts: list[Part] = []
    for meeting, committee, reply in shown:
        parts += [
            headed(f"{meeting.reference} · {unmarked(committee)}"),
            said(f"{when(meeting, say)} · {say(f'my_meetings.reply_{reply or NOT_ASKED}')}"),
        ]
    actions: list[Button] = [
        (
            say("button.my_meetings.open", reference=meeting.reference),
            "meet.open",
            about_meeting(meeting),
        )
        for meeting, _, _ in shown
    ]
    if page < pages:
        actions.append(
            (say("button.my_meetings.more"), "my_meetings.more", {"page": str(page + 1)})
        )
    way_out = "my_meetings.calendar" if shown else "help"  # a card has six buttons at most
    actions.append((say(f"button.{way_out}"), way_out, {}))
    return sheet(
        say("my_meetings.title"),
        [
            *(parts or [said(say("my_meetings.none"))]),
            *([aside(say("my_meetings.page", page=page, pages=pages))] if pages > 1 else []),
            *([aside(say("my_meetings.typing"))] if shown else []),
        ],
        say=say,
        actions=actions,
    )


def nothing_next(*, say: Say) -> Shown:
    return message(
        say("my_meetings.title"),
        say("my_meetings.none"),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def calendar_asked(*, say: Say) -> Shown:
    """Say that one's meetings are being written as a file."""
    return message(
        say("my_meetings.calendar_asked_title"),
        say("my_meetings.calendar_asked_body"),
        say=say,
        actions=[(say("button.my_meetings.list"), "my_meetings.list", {})],
    )


def week_ahead(days: Sequence[date], *, say: Say) -> Shown:
    """Say on Monday which days there are meetings, and not a word of what they are about."""
    counted = Counter(days)
    lines = [
        say("my_meetings.day", day=say.day(day), count=counted[day]) for day in sorted(counted)
    ]
    return message(
        say("my_meetings.week_title", count=len(days)),
        *lines,
        say("my_meetings.week_pause"),
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, {}) for verb in ("my_meetings.list", "reminders.pause")
        ],
    )
