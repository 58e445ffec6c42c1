"""The members of a concern group as they are shown: first names alone, then one by one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cards import blocks
from cards.delivery import Button, Part, aside, counted, said, sheet
from cards.forms import message
from cards.groups import about_group, confided
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.areas import area
from domain.concern_groups import ConcernGroup, Member, MemberRole

WHICH = "which"  # the input that names a member
# What can be done with a member, in this order: on the card, and behind "more".
WAYS = (
    *("member.label", "member.assess", "member.measure", "member.make_case"),
    *("member.step_aside", "member.more"),
)
MORE = (
    *("member.share", "member.stop_sharing", "member.link", "member.recuse"),
    *("member.lift", "member.let_go"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One member in a list: the number they are typed by, and as much as may be shown."""

    number: int
    member: Member
    name: str = field(repr=False)
    role: MemberRole = MemberRole.UNKNOWN


def about_member(member: Member) -> dict[str, Json]:
    """Say what a button carries: which member, and which version was seen (AC-CARD-01)."""
    return about("member", member.id, member.version)


def relation_question(group: ConcernGroup, lines: Sequence[Line], *, say: Say) -> Shown:
    """Ask for near relations before anything about the members is read; names alone (INH-2)."""
    reference = group.reference
    names = [
        Part(
            piece=blocks.name(f"{line.number} · {line.name}"),
            words=f"{line.number}. {plain(line.name)}",
        )
        for line in lines
    ]
    return sheet(
        say("members.relation_title", reference=reference),
        [
            said(say("members.relation_body")),
            *names,
            _which(lines, say("members.relation_which"), say=say),
            aside(say("members.relation_typing", reference=reference)),
        ],
        say=say,
        actions=[
            (say("button.group.clear"), "group.clear", about_group(group)),
            (say("button.group.near"), "group.near", about_group(group)),
        ],
        asking="group.near",
    )


def listed(group: ConcernGroup, lines: Sequence[Line], *, may_add: bool, say: Say) -> Shown:
    """List the members somebody sees; of the others there is no trace, and no number (GRP-6)."""
    back: Button = (say("button.group.open"), "group.open", about_group(group))
    add: list[Button] = (
        [(say("button.group.add_member"), "group.add_member", about_group(group))]
        if may_add
        else []
    )
    if not lines:
        return message(
            say("members.title", reference=group.reference),
            say("members.none"),
            say=say,
            actions=[*add, back],
        )
    rows = [
        say(
            "members.line",
            number=line.number,
            name=unmarked(line.name),
            area=area(line.member.area).name,
            role=say(f"members.role.{line.role}"),
        )
        for line in lines
    ]
    pick: Button = (say("button.group.member"), "group.member", about_group(group))
    return sheet(
        say("members.title", reference=group.reference),
        [
            *(said(row) for row in rows),
            _which(lines, say("members.which"), say=say),
            aside(say("members.typing", reference=group.reference)),
        ],
        say=say,
        actions=[pick, *add, back],
        asking="group.member",
    )


def _which(lines: Sequence[Line], label: str, *, say: Say) -> Part:
    choices = {str(each.member.id): f"{each.number} · {plain(each.name)}" for each in lines}
    hint = say("members.choose")
    return Part(piece=blocks.choice_input(WHICH, label, choices, value="", hint=hint), words="")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPage:
    """One member, laid out for somebody who sees them."""

    reference: str
    line: Line
    born: date | None = field(repr=False)
    source: str = field(repr=False)
    noted_on: date | None
    expires_on: date | None
    measures: Sequence[str] = field(repr=False)
    assessed: Mapping[str, str] | None = field(repr=False)
    shared: Sequence[tuple[str, date]] = field(repr=False)  # with whom, and until when
    recused: Sequence[str] = field(repr=False)  # for who decides about it
    police: bool
    ways: Collection[str]  # those of WAYS that they are offered


def opened(page: MemberPage, *, say: Say) -> Shown:
    """Show one member to somebody who sees them."""
    member = page.line.member
    assessed = page.assessed or {}
    parts = [
        *([_noticed(say("reading.police"))] if page.police else []),
        _noticed(say("members.no_case")),
        *confided(
            [
                (say("member.name.label"), page.line.name),
                (say("member.born.label"), say.day(page.born) if page.born else ""),
            ]
        ),
        counted(
            [
                (say("member.area.label"), area(member.area).name),
                (say("member.role.label"), say(f"members.role.{page.line.role}")),
                *_dates(page, say),
            ]
        ),
        *confided([(say("member.source.label"), page.source)]),
        *confided([(say("members.measure"), what) for what in page.measures]),
        *confided(
            [
                (say("member_view.risk.label"), assessed.get("risk", "")),
                (say("member_view.protective.label"), assessed.get("protective", "")),
                (say("member_view.leads_to.label"), _leads_to(assessed, say)),
            ]
        ),
        *confided(
            [(say("members.shared"), f"{who}, {say.day(until)}") for who, until in page.shared]
        ),
        *confided([(say("members.recused"), who) for who in page.recused]),
    ]
    return sheet(
        say("members.opened_title", reference=page.reference, number=page.line.number),
        parts,
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, about_member(member))
            for verb in WAYS
            if verb in page.ways
        ],
    )


def _dates(page: MemberPage, say: Say) -> list[tuple[str, str]]:
    found = [
        (say("member.noted_on.label"), page.noted_on),
        (say("members.expires_on"), page.expires_on),
    ]
    return [(label, say.day(day)) for label, day in found if day]


def _leads_to(assessed: Mapping[str, str], say: Say) -> str:
    chosen = assessed.get("leads_to")
    return say(f"member_view.leads_to.{chosen}") if chosen else ""


def _noticed(text: str) -> Part:
    return Part(piece=blocks.notice(text), words=text)


def more(reference: str, number: int, member: Member, ways: Collection[str], *, say: Say) -> Shown:
    """Offer what is done less often with a member."""
    return message(
        say("members.opened_title", reference=reference, number=number),
        say("members.more_body"),
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, about_member(member)) for verb in MORE if verb in ways
        ],
    )
