"""A committee's agenda on a card, and one item of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import blocks
from cards.delivery import Button, Part, aside, counted, headed, named, said, sheet, warned
from cards.forms import message
from cards.meet import about_meeting, when
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.agendas import AgendaVersion, mark
from domain.committee_meetings import CommitteeMeeting
from domain.dates import local_date
from domain.meeting_items import ItemState, MeetingItem
from domain.notices import NoticeKind
from domain.papers import ProposalPart

CHOSEN = "item"  # the input that says which item is to be opened
SENDS = ("agenda.provisional", "agenda.final")  # as it was seen (AC-CARD-04)
MOST_LISTED = 25
MOST_BUTTONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An agenda, laid out for one person.

    :param status: what was sent last and what is sent next, in sentences.
    :param unqualified: items the managers' group has not had (SGF-7).
    :param ways: the verbs that are offered, in this order.
    """

    meeting: CommitteeMeeting
    committee: str = field(repr=False)
    items: Sequence[MeetingItem] = field(repr=False)
    status: Sequence[str] = field(repr=False)
    unqualified: Collection[UUID] = ()
    ways: Sequence[str] = field(default=(), repr=False)


def about_item(item: MeetingItem) -> dict[str, Json]:
    """Say what a button carries: which item, and which version was seen (AC-CARD-01)."""
    return about("item", item.id, item.version)


def quoted(text: str) -> Part:
    """Show what somebody wrote, as it was written (AC-OUT-01)."""
    return Part(piece=blocks.quote(text), words=plain(text))


def place(item: MeetingItem, say: Say) -> str:
    """Name an item by its place, or by what it waits for."""
    if item.state is ItemState.ACCEPTED:
        return say("agenda.place", number=item.position)
    return say(f"agenda.state_{item.state}")


def line(item: MeetingItem, say: Say) -> str:
    sudden = f" {say('agenda.sudden')}" if item.sudden else ""
    kind = say(f"item_kind.{item.kind}")
    return f"{place(item, say)} · {kind}{sudden} · {item.title}"


def page(seen: Page, *, say: Say) -> Shown:
    """Show an agenda as it is, and what this person can do with it."""
    items = seen.items[:MOST_LISTED]
    left = len(seen.items) - len(items)
    parts: list[Part] = [
        said(when(seen.meeting, say)),
        *(aside(each) for each in seen.status),
        *([] if items else [said(say("agenda.none"))]),
        *(quoted(line(each, say)) for each in items),
        *([aside(say("agenda.more", count=left))] if left > 0 else []),
        *_unqualified(seen, say),
        *_choose(items, say),
    ]
    here = about_meeting(seen.meeting)
    whole = about("meeting_agenda", seen.meeting.id, mark(seen.meeting, seen.items))
    opens: list[Button] = [(say("button.item.choose"), "item.choose", here)] if items else []
    return sheet(
        title(seen.committee, seen.meeting, say),
        parts,
        say=say,
        actions=[
            *opens,
            *((say(f"button.{way}"), way, whole if way in SENDS else here) for way in seen.ways),
        ],
        asking="item.choose",
    )


def title(committee: str, meeting: CommitteeMeeting, say: Say) -> str:
    return say("agenda.title", committee=unmarked(committee), reference=meeting.reference)


def _unqualified(seen: Page, say: Say) -> list[Part]:
    """Say which of the steering group's items the managers' group should have had (SGF-7)."""
    which = [
        place(each, say) if each.state is ItemState.ACCEPTED else f"»{unmarked(each.title)}«"
        for each in seen.items
        if each.id in seen.unqualified
    ]
    return [warned(say("agenda.unqualified", items=", ".join(which)))] if which else []


def _choose(items: Sequence[MeetingItem], say: Say) -> list[Part]:
    if not items:
        return []
    choices = {str(each.id): plain(line(each, say)) for each in items}
    asked = blocks.choice_input(
        CHOSEN, say("agenda.choose"), choices, value=str(items[0].id), narrow=True
    )
    return [Part(piece=asked, words="")]


def status(sent: AgendaVersion | None, due: str, say: Say) -> list[str]:
    """Say what was sent last, and when what follows is."""
    told = [
        say("agenda.not_sent")
        if sent is None
        else say(
            f"agenda.sent_{sent.kind}", number=sent.number, date=say.day(local_date(sent.made_at))
        )
    ]
    return [*told, due] if due else told


def meetings(
    listed: Sequence[tuple[CommitteeMeeting, str]], *, verb: str, key: str, say: Say
) -> Shown:
    """List meetings, each with a button that does the same with it."""
    lines = [
        say(
            "agenda.meeting_line",
            reference=each.reference,
            committee=unmarked(name),
            when=when(each, say),
        )
        for each, name in listed
    ]
    if not lines:
        return message(
            say(f"agenda.{key}_title"),
            say("agenda.no_meetings"),
            say=say,
            actions=[(say("button.help"), "help", {})],
        )
    return message(
        say(f"agenda.{key}_title"),
        *lines,
        say=say,
        actions=[
            (say("button.agenda.of", reference=each.reference), verb, about_meeting(each))
            for each, _ in listed[:MOST_BUTTONS]
        ],
    )


def item(
    item: MeetingItem,
    meeting: CommitteeMeeting,
    *,
    committee: str,
    proposer: str,
    ways: Sequence[str],
    say: Say,
    top: str = "",
) -> Shown:
    """Show an item whole, under what has just been done if anything."""
    here = about_item(item)
    parts: list[Part] = [
        *([said(top)] if top else []),
        named(item.title),
        counted(_facts(item, proposer, say)),
        *_answers(item, say),
        *([quoted(item.words)] if item.words else []),
        *proposal(item.proposal, say),
        *annexes(item, say),
        *_comments(item, say),
    ]
    return sheet(
        say("agenda.item_title", committee=unmarked(committee), reference=meeting.reference),
        parts,
        say=say,
        actions=[
            *((say(f"button.{verb}"), verb, here) for verb in ways),
            (say("button.agenda.back"), "agenda.show", about_meeting(meeting)),
        ],
    )


def _facts(item: MeetingItem, proposer: str, say: Say) -> list[tuple[str, str]]:
    return [
        (say("agenda.kind"), say(f"item_kind.{item.kind}")),
        (say("agenda.stands"), place(item, say)),
        (say("agenda.proposed_by"), unmarked(proposer)),
    ]


def _answers(item: MeetingItem, say: Say) -> list[Part]:
    told: list[Part] = []
    if item.sudden:
        told += [said(say("agenda.sudden_because")), quoted(item.because)]
    if item.returned:
        told += [said(say("agenda.returned_because")), quoted(item.returned)]
    return told


def proposal(parts: Mapping[ProposalPart, str], say: Say) -> list[Part]:
    """Write a proposal under the headings of its template, in their order (SGF-6)."""
    return [
        piece
        for part in ProposalPart
        if parts.get(part)
        for piece in (headed(say(f"proposal.{part}")), quoted(parts[part]))
    ]


def annexes(item: MeetingItem, say: Say) -> list[Part]:
    """List annexes as they were typed; a link is followed from the document."""
    if not item.annexes:
        return []
    lines = "\n".join(f"{each.title}: {each.url}" for each in item.annexes)
    return [headed(say("agenda.annexes")), quoted(lines)]


def _comments(item: MeetingItem, say: Say) -> list[Part]:
    if not item.comments:
        return []
    latest = item.comments[-5:]
    return [
        headed(say("agenda.comments", count=len(item.comments))),
        *(quoted(f"{each.name}: {each.words}") for each in latest),
    ]


LETTERS: Mapping[NoticeKind, str] = {
    NoticeKind.ITEM_PROPOSED: "proposed",
    NoticeKind.ITEM_COMMENTED: "commented",
}


def item_letter(
    item: MeetingItem, meeting: CommitteeMeeting | None, key: str, *, committee: str, say: Say
) -> Shown:
    """Tell of an item by the meeting's number, and no word of it (MTG-20)."""
    reference = "" if meeting is None else meeting.reference
    opens: Button = (
        (say("button.item.open"), "item.open", about_item(item))
        if meeting is not None
        else (say("button.help"), "help", {})
    )
    return message(
        say(f"agenda.{key}_title", committee=unmarked(committee), reference=reference),
        say(f"agenda.{key}_body"),
        say=say,
        actions=[opens],
    )


def sent(
    meeting: CommitteeMeeting, kind: str, *, committee: str, by_mail: bool = False, say: Say
) -> Shown:
    """Tell those of a meeting that there is an agenda, or another one (SGF-1, SGF-3).

    :param by_mail: where it cannot be opened, and does not come along (NOT-3).
    """
    told = {"reference": meeting.reference, "when": when(meeting, say)}
    body = say("agenda.by_mail", **told) if by_mail else say(f"agenda.letter_{kind}_body", **told)
    return message(
        say(f"agenda.letter_{kind}_title", committee=unmarked(committee)),
        body,
        say=say,
        actions=[(say("button.agenda.show"), "agenda.show", about_meeting(meeting))],
    )


def due(kind: str, at: str, say: Say) -> str:
    return say(f"agenda.due_{kind}", at=at)
