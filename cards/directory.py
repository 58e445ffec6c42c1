"""What Entra says of people, as the data stewards see it: numbers, differences, and groups."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from cards.delivery import Button, Part, aside, counted, headed, said, sheet
from cards.forms import message
from cards.plain import plain, unmarked
from cards.shown import Shown
from cards.words import Say
from domain.dates import COPENHAGEN, local_date
from domain.directory import CORRECTING, ENDING, TO_ENTER, Difference
from domain.directory_changes import DirectoryState, Found, GroupLink
from domain.people import Committee, CommitteeCode

PER_PAGE = 8
PAGES = tuple(map(str, range(1, 61)))
CLASSES = ("ending", "correcting", "placing")  # in the order in which they matter
SOON = timedelta(minutes=5)  # by then somebody has begun to read, where anybody can
FIGURES = ("groups", "members", "accounts", "guests", "done")


def class_of(difference: Difference) -> str:
    """Name what is done with it: an end, a correction, or somebody to place."""
    if difference.kind in ENDING:
        return "ending"
    return "correcting" if difference.kind in CORRECTING else "placing"


def counts(waiting: Sequence[Found]) -> Mapping[str, int]:
    """Count what waits, by class."""
    classes = [class_of(each.difference) for each in waiting]
    return {each: classes.count(each) for each in CLASSES}


def in_order(waiting: Iterable[Found]) -> list[Found]:
    """Put those first who lose something."""
    return sorted(waiting, key=lambda each: CLASSES.index(class_of(each.difference)))


def overview(
    state: DirectoryState,
    waiting: Sequence[Found],
    *,
    agreed: int,
    without_group: int,
    keeps: bool,
    now: datetime,
    top: str = "",
    say: Say,
) -> Shown:
    """Show how the last reading went, what it found, and what can be done."""
    count = counts(waiting)
    figures = [
        (say(f"directory.figure.{each}"), str(state.figures.get(each, 0))) for each in FIGURES
    ]
    parts = [
        *([said(top)] if top else []),
        said(_when(state, say)),
        *_troubled(state, now, say),
        *([counted(figures)] if state.read_at else []),
        counted(
            [
                *((say(f"directory.class.{each}"), str(count[each])) for each in CLASSES),
                *([(say("directory.class.agreed"), str(agreed))] if agreed else []),
            ]
        ),
        *([aside(say("directory.without_group", count=without_group))] if without_group else []),
    ]
    verbs: list[str] = ["directory.list"] if waiting else []
    if keeps:
        decidable = count["ending"] + count["correcting"]
        verbs += ["directory.agree"] if decidable else []
        verbs += ["directory.aside"] if waiting else []
        entering = any(each.difference.kind in TO_ENTER for each in waiting)
        verbs += ["directory.enter"] if entering else []
        verbs.append("directory.read")
    verbs.append("directory.groups")
    return sheet(
        say("directory.title"), parts, say=say, actions=[_way(each, say) for each in verbs]
    )


def _way(verb: str, say: Say) -> Button:
    carried = {"page": PAGES[0]} if verb == "directory.list" else {}
    return say(f"button.{verb}"), verb, carried


def _when(state: DirectoryState, say: Say) -> str:
    if state.read_at is None:
        return say("directory.never")
    return say(
        "directory.read_at", day=say.day(local_date(state.read_at)), time=_at(state.read_at)
    )


def _troubled(state: DirectoryState, now: datetime, say: Say) -> list[Part]:
    if state.trouble is not None and state.trouble_at is not None:
        again = (
            say("directory.again_at", time=_at(state.next_at))
            if state.next_at is not None
            else say("directory.again_asked")
        )
        told = say("directory.trouble", time=_at(state.trouble_at), code=unmarked(state.trouble))
        return [said(told), aside(again)]
    if state.asked_at is None:
        return []
    if state.tries == 0 and now - state.asked_at > SOON:
        return [said(say("directory.unconnected"))]
    return [aside(say("directory.asked"))]


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(COPENHAGEN):%H.%M}"


def differences(waiting: Sequence[Found], *, page: int, say: Say) -> Shown:
    """List some of what waits, those who lose something first."""
    ordered = in_order(waiting)
    pages = max(1, -(-len(ordered) // PER_PAGE))
    page = min(page, pages)
    parts: list[Part] = []
    heading = ""
    for each in ordered[(page - 1) * PER_PAGE : page * PER_PAGE]:
        if class_of(each.difference) != heading:
            heading = class_of(each.difference)
            parts.append(headed(say(f"directory.class.{heading}")))
        parts.append(said(line(each.difference, say)))
    further: list[Button] = (
        [(say("button.directory.more"), "directory.list", {"page": PAGES[page]})]
        if page < min(pages, len(PAGES))
        else []
    )
    return sheet(
        say("directory.differences"),
        [
            *(parts or [said(say("directory.none"))]),
            *([aside(say("directory.page", page=page, pages=pages))] if pages > 1 else []),
            *([aside(say("directory.place_how"))] if heading == "placing" else []),
        ],
        say=say,
        actions=[*further, (say("button.directory.see"), "directory.see", {})],
    )


def line(difference: Difference, say: Say, *, marked: bool = True) -> str:
    """Say one difference in a sentence."""

    def shown(said_by_others: str) -> str:
        return unmarked(said_by_others) if marked else plain(said_by_others)

    told = say(
        f"directory.line.{difference.kind}",
        name=shown(difference.name or difference.aad_id),
        committees=", ".join(difference.committees),
        was=shown(difference.was),
        becomes=shown(difference.becomes),
    )
    return f"{told} {say('directory.guest')}" if difference.guest else told


def groups(
    committees: Sequence[Committee], links: Mapping[CommitteeCode, GroupLink], *, say: Say
) -> Shown:
    """List which committee has which Entra group."""
    lines = [
        said(
            say(
                "directory.group",
                code=each.code,
                name=unmarked(each.name),
                group=_named(links.get(each.code), say),
            )
        )
        for each in committees
    ]
    return sheet(
        say("directory.groups"),
        [*lines, aside(say("directory.groups_how"))],
        say=say,
        actions=[(say("button.directory.see"), "directory.see", {})],
    )


def _named(link: GroupLink | None, say: Say) -> str:
    if link is None:
        return say("directory.group_none")
    return say("directory.group_gone", group=link.group) if link.gone_at else link.group


def changed_told(waiting: Sequence[Found], done: int, *, say: Say) -> Shown:
    """Tell a data steward that Entra says otherwise: as numbers."""
    count = counts(waiting)
    return message(
        say("directory.told_title"),
        *(say(f"directory.told_{each}", count=count[each]) for each in CLASSES if count[each]),
        *([say("directory.told_done", count=done)] if done else []),
        say=say,
        actions=[(say("button.directory.see"), "directory.see", {})],
    )
