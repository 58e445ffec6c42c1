"""A committee's meeting on a card: when and where, one's answer, and who is expected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from cards.delivery import Button, Part, counted, said, sheet, warned
from cards.expected import by_name, by_slot, in_sum, lacking
from cards.forms import message
from cards.joining import joined
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.committee_meetings import CommitteeMeeting, DeadlineKind, MeetingState, Reply
from domain.dates import COPENHAGEN
from domain.expected import ExpectedSlot, Seated
from domain.notices import NoticeKind
from domain.people import Language, Person, PersonId

REPLIES: Mapping[str, Reply] = {
    "meet.coming": Reply.COMING,
    "meet.substitute": Reply.SUBSTITUTE,
    "meet.decline": Reply.DECLINED,
}
# The notices that ask for an answer, or for another one.
ASKING = frozenset(
    {
        NoticeKind.MEET_INVITED,
        NoticeKind.MEET_MOVED,
        NoticeKind.MEET_REMINDER,
        NoticeKind.MEET_STAND_IN,
        NoticeKind.MEET_NOBODY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCard:
    """What there is to say about a meeting to one person.

    :param reply: what they answered; None for who is not asked, or can answer no more.
    :param stands_for: the name of whose substitute they are asked as.
    :param stand_in: what the substitute says who comes instead of them, or is asked to.
    :param expected: by slot, for who leads it; for others the sum of it.
    :param seated: who they are and what they said, for who runs it.
    :param link: to the meeting in Teams; empty where there is none, or it is over.
    """

    meeting: CommitteeMeeting
    committee: str
    reply: Reply | None = None
    asked: bool = False
    stands_for: str = field(default="", repr=False)
    stand_in: Reply | None = None
    stand_in_name: str = field(default="", repr=False)
    expected: Sequence[ExpectedSlot] = ()
    by_slot: bool = False
    seated: Sequence[Seated] = ()
    people: Mapping[PersonId, Person] = field(default_factory=dict, repr=False)
    ways: Sequence[str] = ()
    link: str = field(default="", repr=False)


def about_meeting(meeting: CommitteeMeeting) -> dict[str, Json]:
    """Say what a button carries: which meeting, and which version was seen (AC-CARD-01)."""
    return about("committee_meeting", meeting.id, meeting.version)


def hour(at: time, say: Say) -> str:
    """Write a time of day as it is written in the language."""
    return f"{at:%H:%M}" if say.language is Language.EN else f"{at:%H.%M}"


def when(meeting: CommitteeMeeting, say: Say) -> str:
    """Write the day, and from when to when."""
    return say("meet.when", day=say.day(meeting.day), **_hours(meeting, say))


def _hours(meeting: CommitteeMeeting, say: Say) -> dict[str, str]:
    ends = meeting.ends_at.astimezone(COPENHAGEN).time()
    return {"starts": hour(meeting.starts, say), "ends": hour(ends, say)}


def _times(meeting: CommitteeMeeting, say: Say) -> list[tuple[str, str]]:
    """Write the day and the hours on a line each: a phone has no room for both on one."""
    return [
        (say("meet.day"), say.day(meeting.day)),
        (say("meet.time"), say("meet.hours", **_hours(meeting, say))),
    ]


def page(card: MeetingCard, *, say: Say) -> Shown:
    """Show a meeting as it stands, with what this person can do about it."""
    meeting = card.meeting
    stands_for = say("meet.stands_for", name=unmarked(card.stands_for))
    parts = [
        *([warned(say("meet.is_cancelled"))] if _is_off(meeting) else []),
        counted(_facts(card, say)),
        *([said(stands_for)] if card.stands_for else []),
        *_expected(card, say),
    ]
    replies, ways = _replies(card, say), _offered(card.ways, meeting, say)
    shown = sheet(
        say("meet.title", committee=unmarked(card.committee), reference=meeting.reference),
        parts,
        say=say,
        actions=[*replies, *ways] if card.reply is Reply.ASKED else [*ways, *replies],
    )
    words = say("calendar.join", link=card.link)
    return joined(shown, card.link, title=say("meet.join"), words=words)


def told(card: MeetingCard, kind: NoticeKind, *, say: Say, **facts: object) -> Shown:
    """Tell somebody of a meeting: which committee's, when, and no word of its agenda (MTG-20)."""
    name, meeting = kind.removeprefix("meet_"), card.meeting
    buttons = _replies(card, say) if kind in ASKING else []
    more = ["item.propose"] if kind is NoticeKind.MEET_CALL else []
    opens = _offered([*more, "meet.open"], meeting, say)
    short = [
        *lacking(card.expected, "missing", say=say),
        *lacking(card.expected, "unsure", say=say),
    ]
    return sheet(
        say(f"meet.{name}_title", committee=unmarked(card.committee)),
        [
            said(say(f"meet.{name}_body", **facts)),
            *(map(said, short) if kind is NoticeKind.MEET_MISSING else []),
            counted([*_times(meeting, say), *_place(meeting, say)]),
        ],
        say=say,
        actions=[*buttons, *opens],
    )


def late(card: MeetingCard, kind: DeadlineKind, *, missed: bool, say: Say) -> Shown:
    """Tell who runs a meeting what was done late, or can be done no more (MTG-21)."""
    meeting = card.meeting
    return sheet(
        say("meet.late_title", committee=unmarked(card.committee)),
        [
            said(_how_late(say(f"meet.due_{kind}"), missed=missed, say=say)),
            counted(_times(meeting, say)),
        ],
        say=say,
        actions=_offered(["meet.open"], meeting, say),
    )


def _how_late(what: str, *, missed: bool, say: Say) -> str:
    return say("meet.missed", what=what) if missed else say("meet.late_body", what=what)


def not_needed(card: MeetingCard, *, say: Say) -> Shown:
    """Tell a substitute that they need not come after all."""
    meeting = card.meeting
    return message(
        say("meet.not_needed_title", committee=unmarked(card.committee)),
        say("meet.not_needed_body", when=when(meeting, say)),
        say=say,
        actions=_offered(["meet.open"], meeting, say),
    )


def calendar_asked(card: MeetingCard, *, say: Say) -> Shown:
    """Say that the file is being made, and what it is good for."""
    meeting = card.meeting
    return message(
        say("meet.calendar_title", reference=meeting.reference),
        say("meet.calendar_body"),
        say=say,
        actions=_offered(["meet.open"], meeting, say),
    )


def changed(card: MeetingCard, key: str, *, but: Iterable[str] = (), say: Say) -> Shown:
    """Confirm that a meeting was called, moved or cancelled, and that the others hear it.

    :param but: what does not go as it should because of it.
    """
    meeting = card.meeting
    return message(
        say(f"meet.{key}_done", committee=unmarked(card.committee), reference=meeting.reference),
        when(meeting, say),
        *but,
        say("meet.they_hear"),
        say=say,
        actions=[
            *_offered(["meet.open", "meet.calendar"], meeting, say),
            *([(say("button.meet.call"), "meet.call", {})] if key == "cancel" else []),
        ],
    )


def more(card: MeetingCard, *, say: Say) -> Shown:
    """Offer what is seldom done with a meeting."""
    meeting = card.meeting
    return message(
        say("meet.title", committee=unmarked(card.committee), reference=meeting.reference),
        when(meeting, say),
        say=say,
        actions=_offered(["meet.move", "meet.cancel", "meet.calendar", "meet.open"], meeting, say),
    )


def unchanged(card: MeetingCard, *, say: Say) -> Shown:
    meeting = card.meeting
    return message(
        say("meet.stays", reference=meeting.reference),
        when(meeting, say),
        say=say,
        actions=_offered(["meet.open"], meeting, say),
    )


def _is_off(meeting: CommitteeMeeting) -> bool:
    return meeting.state is MeetingState.CANCELLED


def _facts(card: MeetingCard, say: Say) -> list[tuple[str, str]]:
    meeting = card.meeting
    facts = [*_times(meeting, say), *_place(meeting, say)]
    if meeting.purpose:
        facts.append((say("meet.purpose"), plain(meeting.purpose)))
    if card.reply is not None and not _is_off(meeting):
        facts.append((say("meet.your_answer"), _answer(card, card.reply, say)))
    return facts


def _answer(card: MeetingCard, reply: Reply, say: Say) -> str:
    """Say what they answered, and what came of asking their substitute."""
    if reply is not Reply.SUBSTITUTE:
        return say(f"meet.reply_{reply}")
    if card.stand_in is None:
        return say("meet.nobody_instead")
    name = plain(card.stand_in_name)
    if card.stand_in is Reply.COMING:
        return say("meet.instead", name=name)
    return say("meet.asked_instead", name=name)


def _place(meeting: CommitteeMeeting, say: Say) -> list[tuple[str, str]]:
    return [(say("meet.place"), plain(meeting.place))] if meeting.place else []


def _expected(card: MeetingCard, say: Say) -> list[Part]:
    """Say who is expected: by name to who runs it, by slot to who leads it, to others in sum."""
    if not card.expected or _is_off(card.meeting):
        return []
    if card.seated:
        return by_name(card.expected, card.seated, card.people, say=say)
    return (by_slot if card.by_slot else in_sum)(card.expected, say=say)


def _replies(card: MeetingCard, say: Say) -> list[Button]:
    """Offer the answers that would change something; a substitute has no substitute."""
    if not card.asked:
        return []
    offered = [
        verb
        for verb, answer in REPLIES.items()
        if answer is not card.reply and not (answer is Reply.SUBSTITUTE and card.stands_for)
    ]
    return _offered(offered, card.meeting, say)


def _offered(verbs: Iterable[str], meeting: CommitteeMeeting, say: Say) -> list[Button]:
    return [(say(f"button.{verb}"), verb, about_meeting(meeting)) for verb in verbs]
