"""Minutes on a card: written item by item, read, commented on and approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cards import blocks
from cards.agendas import proposal, quoted
from cards.delivery import Button, Part, aside, headed, named, said, sheet
from cards.forms import message
from cards.meet import about_meeting, when
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.committee_meetings import CommitteeMeeting, Presence
from domain.dates import local_date
from domain.decision_tasks import DecisionTask
from domain.minutes import Attended, MinutedItem, Minutes, MinutesComment, MinutesState
from domain.notices import NoticeKind
from domain.papers import ProposalPart
from domain.people import Person, PersonId

CHOSEN = "minuted"  # the input that says which item is to be opened
ROOM = 5_000  # characters of decisions on one card
LEAST = 150
MOST_COMMENTS = 8
MOST_ATTENDED = 40
MOST_TASKS = 2  # buttons
LETTERS: Mapping[NoticeKind, str] = {
    NoticeKind.MINUTES_TO_WRITE: "to_write",
    NoticeKind.MINUTES_OUT: "out",
    NoticeKind.MINUTES_COMMENTED: "commented",
    NoticeKind.MINUTES_TO_APPROVE: "to_approve",
    NoticeKind.MINUTES_SENT: "sent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Minutes, laid out for one person.

    :param stamp: what a press on them carries as their version.
    :param ways: the verbs about the minutes that are offered, in this order.
    """

    meeting: CommitteeMeeting
    committee: str = field(repr=False)
    minutes: Minutes = field(repr=False)
    stamp: int
    comments: Sequence[MinutesComment] = field(default=(), repr=False)
    people: Mapping[PersonId, Person] = field(default_factory=dict, repr=False)
    waiting: int = 0
    ways: Sequence[str] = field(default=(), repr=False)


def here(page: Page) -> dict[str, Json]:
    """Say what a button about minutes carries: whose, and which state of them was seen."""
    return about("minutes", page.meeting.id, page.stamp)


def title(page: Page, say: Say) -> str:
    return say(
        "minutes.title", committee=unmarked(page.committee), reference=page.meeting.reference
    )


def overview(page: Page, *, top: str = "", say: Say) -> Shown:
    """Show minutes from one end to the other, long decisions by their beginning."""
    minutes = page.minutes
    room = max(ROOM // max(len(minutes.items), 1), LEAST)
    parts: list[Part] = [
        *([said(top)] if top else []),
        said(when(page.meeting, say)),
        said(_state(page, say)),
        *([said(say("minutes.why")), quoted(minutes.why)] if minutes.why else []),
        headed(say("minutes.attendance")),
        *_attended(minutes.attended, say),
        *(part for each in minutes.items for part in _item(minutes, each, room, say)),
        *_comments(page, say),
        *_choose(minutes, say),
    ]
    opens: list[Button] = [(say("button.minutes.choose"), "minutes.choose", here(page))]
    ways = [(say(f"button.{verb}"), verb, here(page)) for verb in page.ways]
    writing = minutes.state is MinutesState.DRAFT
    papers = [
        (say(f"button.{verb}"), verb, about_meeting(page.meeting))
        for verb in ("minutes.pdf", "minutes.docx")
    ]
    return sheet(
        title(page, say),
        parts,
        say=say,
        actions=[
            *([*opens, *ways] if writing else [*ways, *opens]),
            *papers,
        ],
        asking="minutes.choose",
    )


def _state(page: Page, say: Say) -> str:
    minutes = page.minutes
    if minutes.approved_at is not None:
        day = say.day(local_date(minutes.approved_at))
        return say("minutes.state_approved", number=minutes.number, date=day)
    if minutes.state is MinutesState.APPROVAL and page.waiting:
        return say("minutes.state_waiting", number=minutes.number, count=page.waiting)
    return say(f"minutes.state_{minutes.state}", number=minutes.number)


def _attended(attended: Sequence[Attended], say: Say) -> list[Part]:
    """Name everybody with how they were there, substitutes with whom they stood in for."""
    if not attended:
        return [said(say("minutes.nobody_noted"))]
    lines = [presence(each, say) for each in attended[:MOST_ATTENDED]]
    left = len(attended) - len(lines)
    more = [aside(say("agenda.more", count=left))] if left > 0 else []
    return [quoted("\n".join(lines)), *more]


def presence(each: Attended, say: Say) -> str:
    stood_in = each.how in {Presence.SUBSTITUTE, Presence.CALLED} and bool(each.stands_for_name)
    member = plain(each.stands_for_name)
    how = (
        say(f"minutes.was_{each.how}_for", member=member)
        if stood_in
        else say(f"minutes.was_{each.how}")
    )
    return f"{plain(each.name)} ({each.authority}): {how}"


def _item(minutes: Minutes, each: MinutedItem, room: int, say: Say) -> list[Part]:
    number = minutes.place[each.id]
    decision = each.decision or say("minutes.undecided")
    short = decision if len(decision) <= room else f"{decision[:room].rstrip()} …"
    return [
        named(f"{number}. {each.item.title}"),
        quoted(short),
        *([quoted("\n".join(task_lines(each, say)))] if each.tasks else []),
    ]


def task_lines(each: MinutedItem, say: Say) -> list[str]:
    return [
        say(
            "minutes.task",
            owner=plain(task.owner),
            words=plain(task.words),
            date=_day(task.due_on),
        )
        for task in each.tasks
    ]


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _comments(page: Page, say: Say) -> list[Part]:
    if not page.comments:
        return []
    latest = page.comments[-MOST_COMMENTS:]
    return [
        headed(say("minutes.comments", count=len(page.comments))),
        *(quoted(f"{page.people[each.by].name}: {each.words}") for each in latest),
    ]


def _choose(minutes: Minutes, say: Say) -> list[Part]:
    choices = {
        str(each.id): plain(f"{minutes.place[each.id]}. {each.item.title}")
        for each in minutes.items
    }
    first = next(
        (str(each.id) for each in minutes.items if not each.decision), next(iter(choices))
    )
    asked = blocks.choice_input(CHOSEN, say("agenda.choose"), choices, value=first, narrow=True)
    return [Part(piece=asked, words="")]


def item(
    page: Page,
    minuted: MinutedItem,
    tasks: Sequence[DecisionTask],
    *,
    writes: bool,
    top: str = "",
    say: Say,
) -> Shown:
    """Show one item of the minutes, and the ways on."""
    minutes, number = page.minutes, page.minutes.place[minuted.id]
    recommended = minuted.item.proposal.get(ProposalPart.RECOMMENDATION, "")
    parts: list[Part] = [
        *([said(top)] if top else []),
        said(say("minutes.place", number=number, items=len(minutes.items))),
        named(minuted.item.title),
        aside(say(f"item_kind.{minuted.item.kind}")),
        *(proposal({ProposalPart.RECOMMENDATION: recommended}, say) if recommended else []),
        headed(say("minutes.decision")),
        quoted(minuted.decision or say("minutes.undecided")),
        *_tasks(minuted, tasks, page.people, writes=writes, say=say),
    ]
    own = about("minuted", minuted.id, minuted.version)
    writing = ("minutes.decide", "task.add") if writes else ()
    return sheet(
        title(page, say),
        parts,
        say=say,
        actions=[
            *((say(f"button.{verb}"), verb, own) for verb in writing),
            *_neighbours(minutes, number, say),
            *(_open_task(each, n, say) for n, each in enumerate(tasks[:MOST_TASKS], start=1)),
            (say("button.minutes.show"), "minutes.show", about_meeting(page.meeting)),
        ],
    )


def _tasks(
    minuted: MinutedItem,
    tasks: Sequence[DecisionTask],
    people: Mapping[PersonId, Person],
    *,
    writes: bool,
    say: Say,
) -> list[Part]:
    """List the tasks as they stand now to who writes, to others as they were sent out."""
    lines = (
        [
            say(
                "minutes.task",
                owner=plain(people[each.owner].name),
                words=plain(each.words),
                date=_day(each.due_on),
            )
            for each in tasks
        ]
        if writes
        else task_lines(minuted, say)
    )
    return [headed(say("minutes.tasks")), quoted("\n".join(lines))] if lines else []


def _open_task(task: DecisionTask, number: int, say: Say) -> Button:
    words = say("button.task.numbered", number=number)
    return words, "task.open", about("task", task.id, task.version)


def _neighbours(minutes: Minutes, number: int, say: Say) -> list[Button]:
    found: list[Button] = []
    for key, place in (("next", number + 1), ("previous", number - 1)):
        if 1 <= place <= len(minutes.items):
            each = minutes.items[place - 1]
            data = about("minuted", each.id, each.version)
            found.append((say(f"button.minutes.{key}"), "minutes.item", data))
    return found


def none_yet(meeting: CommitteeMeeting, *, committee: str, say: Say) -> Shown:
    """Offer to begin the minutes of a meeting that has none."""
    return message(
        say("minutes.title", committee=unmarked(committee), reference=meeting.reference),
        when(meeting, say),
        say("minutes.none_yet"),
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, about_meeting(meeting))
            for verb in ("minutes.begin", "agenda.show")
        ],
    )


def letter(
    meeting: CommitteeMeeting,
    kind: NoticeKind,
    *,
    committee: str,
    by_mail: bool = False,
    say: Say,
) -> Shown:
    """Tell of minutes by the meeting's number, and no word of them (MTG-20).

    :param by_mail: where they cannot be opened, and do not come along (NOT-3).
    """
    key = LETTERS[kind]
    told = {"reference": meeting.reference, "when": when(meeting, say)}
    body = say("minutes.by_mail", **told) if by_mail else say(f"minutes.{key}_body", **told)
    return message(
        say(f"minutes.{key}_title", committee=unmarked(committee)),
        body,
        say=say,
        actions=[(say("button.minutes.show"), "minutes.show", about_meeting(meeting))],
    )
