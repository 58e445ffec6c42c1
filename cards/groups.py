"""Concern groups as they are shown: the list, the general part, and what is said in between."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cards import blocks
from cards.delivery import Button, Part, aside, counted, headed, sheet
from cards.forms import message
from cards.plain import plain
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.areas import area
from domain.concern_groups import ConcernGroup, GroupState
from domain.dates import local_date
from domain.notices import NoticeKind
from domain.screenings import Screening, Target, Verdict

MOST_LISTED = 20
MOST_BUTTONS = 3
WAYS = ("group.members", "group.screen", "group.add_member", "group.end")  # in this order


def about_group(group: ConcernGroup) -> dict[str, Json]:
    """Say what a button carries: which group, and which version was seen (AC-CARD-01)."""
    return about("group", group.id, group.version)


def area_names(group: ConcernGroup) -> str:
    return ", ".join(area(code).name for code in group.areas)


def listed(groups: Sequence[ConcernGroup], *, may_begin: bool, say: Say) -> Shown:
    """List groups by number, areas and the day they are to be looked at again."""
    begin: list[Button] = [(say("button.group.begin"), "group.begin", {})] if may_begin else []
    help_: Button = (say("button.help"), "help", {})
    if not groups:
        return message(say("groups.title"), say("groups.none"), say=say, actions=[*begin, help_])
    lines = [
        say(
            "groups.line",
            reference=each.reference,
            areas=area_names(each),
            date=say.day(each.review_on) if each.review_on else say("groups.no_review"),
        )
        for each in groups[:MOST_LISTED]
    ]
    left = len(groups) - MOST_LISTED
    more = [say("groups.more", count=left)] if left > 0 else []
    return message(
        say("groups.title"),
        *lines,
        *more,
        say("groups.typing"),
        say=say,
        actions=[
            *(
                (
                    say("button.groups.open", reference=each.reference),
                    "group.open",
                    about_group(each),
                )
                for each in groups[:MOST_BUTTONS]
            ),
            *begin,
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPage:
    """The general part of a group, laid out for somebody who may read it."""

    group: ConcernGroup
    screening: Screening = field(repr=False)
    screened_on: date | None
    coordinates: bool  # who took part in the screening is theirs to know
    police: bool
    ways: Collection[str]  # those of WAYS that they are offered


def opened(page: GroupPage, *, say: Say) -> Shown:
    """Show the general part of a group; it says nothing about one person (D13)."""
    group, found = page.group, page.screening
    parts = [
        *([_noticed(say("reading.police"))] if page.police else []),
        _noticed(say("reading.purpose")),
        counted(_facts(page, say)),
        *confided(
            [
                (say("group.alias.label"), found.alias),
                (say("group.behaviour.label"), found.behaviour),
                (say("screening.dynamics.label"), found.dynamics),
                (say("screening.online.label"), found.online),
                (say("screening.places.label"), found.places),
            ]
        ),
        *_measures(
            say("groups.existing"),
            [
                (say(f"groups.verdict_{verdict}"), what)
                for verdict in Verdict
                for what in found.existing.get(verdict, ())
            ],
        ),
        *_measures(
            say("groups.new"),
            [
                (say(f"groups.target_{target}"), what)
                for target in Target
                for what in found.new.get(target, ())
            ],
        ),
        *(_participants(found, say) if page.coordinates else [aside(say("groups.general_only"))]),
    ]
    return sheet(
        say("groups.opened_title", reference=group.reference),
        parts,
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, about_group(group)) for verb in WAYS if verb in page.ways
        ]
        or [(say("button.group.list"), "group.list", {})],
    )


def _facts(page: GroupPage, say: Say) -> list[tuple[str, str]]:
    group = page.group
    facts = [
        (say("groups.state"), say(f"groups.state_{group.state}")),
        (say("groups.areas"), area_names(group)),
        (say("group.known.label"), say("choice.yes" if group.known_before else "choice.no")),
        (say("groups.begun_on"), say.day(local_date(group.begun_at))),
    ]
    if page.screened_on:
        facts.append((say("groups.screened_on"), say.day(page.screened_on)))
    if group.review_on and group.state is GroupState.OPEN:
        facts.append((say("groups.review_on"), say.day(group.review_on)))
    return facts


def _measures(title: str, rows: Sequence[tuple[str, str]]) -> list[Part]:
    return [headed(title), *confided(rows)] if rows else []


def _participants(found: Screening, say: Say) -> list[Part]:
    if not found.participants:
        return []
    return confided([(say("screening.participants.label"), "; ".join(found.participants))])


def confided(pairs: Iterable[tuple[str, str]]) -> list[Part]:
    """Show what people wrote, each under its question; what was left out is not there."""
    return [
        Part(piece=blocks.answer(label, value), words=f"{label}: {plain(value)}")
        for label, value in pairs
        if value
    ]


def _noticed(text: str) -> Part:
    return Part(piece=blocks.notice(text), words=text)


def told(group: ConcernGroup, kind: NoticeKind, *, say: Say) -> Shown:
    """Tell somebody that a group waits for them, without a word of what is in it (AC-OUT-05)."""
    name = TASKS[kind]
    return message(
        say(f"groups.{name}_title", reference=group.reference),
        say(f"groups.{name}_body"),
        say=say,
        actions=[(say("button.group.open"), "group.open", about_group(group))],
    )


TASKS: Mapping[NoticeKind, str] = {
    NoticeKind.GROUP_SHARED: "shared",
    NoticeKind.GROUP_REVIEW: "review",
    NoticeKind.GROUP_LABELS: "labels",
    NoticeKind.MEMBER_RECUSAL: "recusal",
}


def confirmed(group: ConcernGroup, key: str, *, say: Say, **facts: object) -> Shown:
    """Confirm what was just done with a group, and lead back to it."""
    return message(
        say(f"groups.{key}_title", reference=group.reference),
        say(f"groups.{key}_body", **facts),
        say=say,
        actions=[
            (say("button.group.open"), "group.open", about_group(group)),
            (say("button.group.members"), "group.members", about_group(group)),
        ],
    )
