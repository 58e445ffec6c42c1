"""A case meeting on the screen: the agenda, each item in turn, and what it came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cards.delivery import Button, Part, aside, headed, said, sheet
from cards.forms import message
from cards.plain import unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.case_meetings import CaseMeeting, ItemState, Point
from domain.journal import Note
from domain.notices import NoticeKind

MOST_LISTED = 40
MOST_OUTCOMES = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place on the agenda; without a point it is somebody else's."""

    point: Point | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one item: its place, how it ended, and what was noted how often."""

    place: Place
    state: ItemState
    notes: Mapping[Note, int]


def where(meeting: CaseMeeting) -> dict[str, Json]:
    return about("meeting", meeting.id, meeting.version)


def line(place: Place, *, number: int, say: Say) -> str:
    """Name a point by its number and why it is there; nothing more (AC-OUT-05)."""
    if place.point is None:
        return say("meeting.line_neutral", number=_bold(number))
    return say(
        "meeting.line",
        number=_bold(number),
        reference=place.point.reference,
        why=reasons(place.point, say),
    )


def _bold(number: int) -> str:
    return f"**{number}.**"


def reasons(point: Point, say: Say) -> str:
    return ", ".join(say(f"meeting.why_{each}") for each in point.why)


def agenda(group: str, places: Sequence[Place], *, buttons: Sequence[Button], say: Say) -> Shown:
    """Show what the group takes up now."""
    lines = [line(each, number=n, say=say) for n, each in enumerate(places, start=1)]
    left = len(lines) - MOST_LISTED
    parts: list[Part] = [
        said(say("meeting.agenda_count", count=len(places)))
        if places
        else said(say("meeting.none")),
        *map(said, lines[:MOST_LISTED]),
        *([aside(say("meeting.agenda_more", count=left))] if left > 0 else []),
    ]
    return sheet(
        say("meeting.agenda_title", group=unmarked(group)),
        parts,
        say=say,
        actions=[*buttons, *([] if buttons else [(say("button.help"), "help", {})])],
    )


def choose_group(groups: Sequence[tuple[str, str, Mapping[str, Json]]], *, say: Say) -> Shown:
    """Ask for which of several groups; each has its code, its name and what its button carries."""
    return message(
        say("meeting.choose_title"),
        say("meeting.choose_body"),
        *(f"**{code}** · {unmarked(name)}" for code, name, _ in groups),
        say=say,
        actions=[(code, "meeting.agenda_of", data) for code, _, data in groups],
    )


def item(
    meeting: CaseMeeting,
    place: Place,
    *,
    group: str,
    number: int,
    items: int,
    people: Sequence[str],
    say: Say,
) -> Shown:
    """Show the item that is being taken, and the ways on."""
    here = where(meeting)
    point = place.point
    parts = [
        said(say("meeting.place", number=number, items=items)),
        headed(say("meeting.neutral") if point is None else point.reference),
        *([] if point is None else [said(say("meeting.because", why=reasons(point, say)))]),
        aside(say("meeting.present", people=", ".join(map(unmarked, people)))),
    ]
    opens = [] if point is None else [_opens(point, place.version, say)]
    ways = ["meeting.next", "meeting.skip", *(["meeting.back"] if number > 1 else [])]
    return sheet(
        say("meeting.title", group=unmarked(group)),
        parts,
        say=say,
        actions=[
            *opens,
            *((say(f"button.{verb}"), verb, here) for verb in ways),
            (say("button.meeting.present"), "meeting.present", here),
            (say("button.meeting.sum_up"), "meeting.sum_up", here),
        ],
    )


def _opens(point: Point, version: int, say: Say) -> Button:
    if point.is_concern:
        return say("button.concern.open"), "concern.open", about("concern", point.about, version)
    return say("button.case.open"), "case.open", about("case", point.about, version)


def overview(
    meeting: CaseMeeting,
    outcomes: Sequence[Outcome],
    *,
    group: str,
    skipped: int,
    goes_on: bool,
    say: Say,
) -> Shown:
    """Show what a meeting came to, by reference; before it is ended, with the ways to do so.

    :param goes_on: there are items left to take.
    """
    ended = meeting.ended_at is not None
    here = where(meeting)
    buttons: list[Button] = []
    if ended:
        buttons.append((say("button.meeting.agenda"), "meeting.agenda", {}))
    else:
        buttons.append((say("button.meeting.end"), "meeting.end", here))
        if skipped:
            buttons.append((say("button.meeting.skipped"), "meeting.skipped", here))
        back = "meeting.stand" if goes_on else "meeting.back"
        buttons.append((say(f"button.{back}"), back, here))
    title, body = _headings(unmarked(group), ended=ended, goes_on=goes_on, say=say)
    lines = [_outcome(each, number=n, say=say) for n, each in enumerate(outcomes, start=1)]
    left = len(lines) - MOST_OUTCOMES
    return sheet(
        title,
        [
            said(body),
            *map(said, lines[:MOST_OUTCOMES]),
            *([aside(say("meeting.agenda_more", count=left))] if left > 0 else []),
        ],
        say=say,
        actions=buttons,
    )


def _headings(group: str, *, ended: bool, goes_on: bool, say: Say) -> tuple[str, str]:
    if ended:
        return say("meeting.over_title", group=group), say("meeting.over_body")
    if goes_on:
        return say("meeting.title", group=group), say("meeting.so_far")
    return say("meeting.through_title", group=group), say("meeting.through_body")


def _outcome(outcome: Outcome, *, number: int, say: Say) -> str:
    point = outcome.place.point
    if point is None:
        return say("meeting.line_neutral", number=_bold(number))
    noted = [
        _noted(note, count, say)
        for note, count in outcome.notes.items()
        if note is not Note.COORDINATION_BEGUN
    ]
    came = ", ".join(noted) or say(f"meeting.item_{outcome.state}")
    return say("meeting.line", number=_bold(number), reference=point.reference, why=came)


def _noted(note: Note, count: int, say: Say) -> str:
    what = say(f"note.{note.replace('.', '_').lower()}")
    return what if count == 1 else say("meeting.noted", what=what, count=count)


def letter(meeting: CaseMeeting, kind: NoticeKind, *, group: str, count: int, say: Say) -> Shown:
    """Tell how much somebody has promised, or that there is an overview; no content."""
    if kind is NoticeKind.MEETING_OWN:
        key, verb = ("own_one" if count == 1 else "own"), "duty.mine"
    else:
        key, verb = "decided", "meeting.stand"
    data = where(meeting) if verb == "meeting.stand" else {}
    return message(
        say(f"meeting.{key}_title", group=unmarked(group), count=count),
        say(f"meeting.{key}_body"),
        say=say,
        actions=[(say(f"button.{verb}"), verb, data)],
    )
