"""The committees as the Secretariat reads them: slots, who sits there, gaps, and since when."""

from collections.abc import Mapping, Sequence

from cards import blocks
from cards.delivery import Button, Part, aside, headed, said, sheet
from cards.forms import message
from cards.plain import plain, unmarked
from cards.shown import Json, Shown
from cards.words import Say
from domain.dates import local_date
from domain.people import (
    Committee,
    CommitteeCode,
    CommitteeType,
    Institution,
    Membership,
    Person,
    PersonId,
    Seat,
    committee_id,
)
from domain.representation import (
    Gap,
    RequiredSlot,
    Slot,
    facilitating_slot,
    optional_slot,
    slot_named,
)
from domain.seating import SeatChange

WHICH = "which"  # the input that names a committee
MOST_FOUND = 5
MOST_GAPS = 40  # a card with more would be too large for some ways of sending


def about(committee: Committee) -> dict[str, Json]:
    return {"committee": str(committee_id(committee.code))}


def titled(person: Person, say: Say) -> str:
    authority = say(f"authority.{person.authority}")
    return f"{plain(person.name)}, {plain(person.function)} ({authority})"


def slot_title(code: str, say: Say) -> str:
    """Name a slot by its code, whose it is, and its profile; one that asks for none by its use."""
    slot = slot_named(code)
    if slot is not None:
        return f"{code} · {_whose(slot, say)} · {slot.profile}"
    key = "committee.slot_fac" if code.endswith(".fac") else "committee.slot_opt"
    return say(key)


def _whose(slot: Slot, say: Say) -> str:
    return say(f"authority.{slot.authority}") if slot.authority else say("committee.secretariat")


def every(
    committees: Sequence[Committee],
    missing: Mapping[CommitteeCode, int],
    *,
    keeps: bool,
    say: Say,
) -> Shown:
    """List the committees by code, and how many people each lacks."""
    lines = [
        said(f"**{each.code}** · {unmarked(each.name)}{_lacks(missing.get(each.code, 0), say)}")
        for each in committees
    ]
    choices = {str(each.code): f"{each.code} · {plain(each.name)}" for each in committees}
    chosen = Part(
        piece=blocks.choice_input(WHICH, say("committee.which"), choices, value=""), words=""
    )
    own = ["colleague.add"] if keeps else []
    verbs = ["committee.pick", "gaps.see", *own, "register.export"]
    return sheet(
        say("committee.all"),
        [*lines, chosen, aside(say("committee.typing"))],
        say=say,
        actions=[(say(f"button.{verb}"), verb, {}) for verb in verbs],
        asking="committee.pick",
    )


def _lacks(count: int, say: Say) -> str:
    return f" · {say('committee.lacks', count=count)}" if count else ""


def found(committees: Sequence[Committee], *, say: Say) -> Shown:
    """Offer the committees that a name may mean."""
    if not committees:
        return message(
            say("committee.found_none"),
            say("committee.typing"),
            say=say,
            actions=[(say("button.committee.list"), "committee.list", {})],
        )
    actions: list[Button] = [
        (say("button.committee.open_one", code=each.code), "committee.open", about(each))
        for each in committees[:MOST_FOUND]
    ]
    return sheet(
        say("committee.found"),
        [said(f"**{each.code}** · {unmarked(each.name)}") for each in committees],
        say=say,
        actions=actions,
    )


def seating(
    committee: Committee,
    required: Sequence[RequiredSlot],
    members: Sequence[tuple[Membership, Person]],
    gaps: Sequence[Gap],
    *,
    keeps: bool,
    say: Say,
) -> Shown:
    """Show every slot with its profile and minimum, who sits there, and what is missing."""
    lacking = {gap.slot.code: gap for gap in gaps}
    parts: list[Part] = []
    for each in required:
        code = each.slot.code
        title = slot_title(code, say)
        least = say("committee.slot", slot=title, least=each.least) if each.least else title
        parts.append(headed(least))
        parts += _seated(members, {code}, say)
        if code in lacking:
            parts.append(said(say("committee.gap", count=lacking[code].missing)))
    named = {each.slot.code for each in required}
    beyond = {seat.slot for seat, _ in members} - named
    extra = [facilitating_slot(committee.type), optional_slot(committee.type)]
    for code in [*extra, *sorted(beyond - set(extra))]:
        own = _seated(members, {code}, say)
        if own:
            parts += [headed(slot_title(code, say)), *own]
    verbs = ["seat.give", "seat.take", "directory.link"] if keeps else []
    if keeps and committee.type is CommitteeType.LOCAL:
        verbs.append("place.list")
    actions: list[Button] = [
        *((say(f"button.{verb}"), verb, about(committee)) for verb in verbs),
        (say("button.committee.history"), "committee.history", about(committee)),
        (say("button.committee.list"), "committee.list", {}),
    ]
    title = say("committee.title", code=committee.code, name=unmarked(committee.name))
    return sheet(title, parts, say=say, actions=actions)


def _seated(members: Sequence[tuple[Membership, Person]], slots: set[str], say: Say) -> list[Part]:
    return [
        said(
            say(
                "committee.person",
                person=unmarked(titled(person, say)),
                seat=say(f"role.seat.{seat.seat}"),
            )
        )
        for seat, person in sorted(members, key=_members_first)
        if seat.slot in slots
    ]


def _members_first(member: tuple[Membership, Person]) -> tuple[bool, str]:
    seat, person = member
    return seat.seat is Seat.SUBSTITUTE, person.name


def history(
    committee: Committee,
    changes: Sequence[SeatChange],
    people: Mapping[PersonId, Person],
    *,
    say: Say,
) -> Shown:
    """Show who was given a seat and who lost one, the latest first."""
    lines = [said(_change(each, people, say)) for each in changes]
    return sheet(
        say("committee.history_title", name=unmarked(committee.name)),
        lines or [said(say("committee.history_none"))],
        say=say,
        actions=[(say("button.committee.open"), "committee.open", about(committee))],
    )


def _change(change: SeatChange, people: Mapping[PersonId, Person], say: Say) -> str:
    by = say("committee.by_file") if change.by is None else people[change.by].name
    return say(
        "committee.given" if change.given else "committee.taken",
        date=say.day(local_date(change.at)),
        name=unmarked(people[change.person].name),
        seat=say(f"role.seat.{change.seat}"),
        slot=change.slot,
        by=unmarked(by),
    )


def gaps(
    found: Sequence[Gap], committees: Mapping[CommitteeCode, Committee], *, say: Say
) -> Shown:
    """List what is missing, committee by committee, to somebody who can see to it."""
    lines: list[Part] = []
    heading = CommitteeCode("")
    for gap in found[:MOST_GAPS]:
        if gap.committee != heading:
            heading = gap.committee
            lines.append(headed(f"{heading} · {unmarked(committees[heading].name)}"))
        lines.append(
            said(
                say(
                    "gaps.line",
                    slot=slot_title(gap.slot.code, say),
                    filled=gap.filled,
                    least=gap.least,
                )
            )
        )
    more = len(found) - MOST_GAPS
    return sheet(
        say("gaps.title"),
        [
            *(lines or [said(say("gaps.none"))]),
            *([aside(say("waiting.more", count=more))] if more > 0 else []),
            *([aside(say("gaps.what_now"))] if found else []),
        ],
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def gaps_told(count: int, committees: int, *, say: Say) -> Shown:
    """Tell somebody who appoints, once a month, how much is missing: as numbers."""
    return message(
        say("gaps.told_title"),
        say("gaps.told_body", count=count, committees=committees),
        say("gaps.told_pause"),
        say=say,
        actions=[(say(f"button.{verb}"), verb, {}) for verb in ("gaps.see", "reminders.pause")],
    )


def places(committee: Committee, found: Sequence[Institution], *, say: Say) -> Shown:
    """List the schools and leisure centres that a local committee must represent (LU.3, LU.4)."""
    verbs = ["place.add", *(["place.rename", "place.drop"] if found else [])]
    return sheet(
        say("place.title", name=unmarked(committee.name)),
        [
            *(said(f"{say(f'place.kind.{each.kind}')} · {unmarked(each.name)}") for each in found),
            aside(say("place.what_for")),
        ],
        say=say,
        actions=[
            *((say(f"button.{verb}"), verb, about(committee)) for verb in verbs),
            (say("button.committee.open"), "committee.open", about(committee)),
        ],
    )


def register_asked(*, say: Say) -> Shown:
    return message(
        say("register.export_title"),
        say("register.export_body"),
        say=say,
        actions=[(say("button.committee.list"), "committee.list", {})],
    )


def register_laid(file: str | None, why_not: str, *, say: Say) -> Shown:
    """Tell somebody where the register lies as files, or why it does not."""
    ready = file is not None
    return message(
        say("register.ready_title" if ready else "register.not_made_title"),
        say("register.ready_body", file=file) if ready else say(f"export.not_made_{why_not}"),
        say=say,
        actions=[(say("button.committee.list"), "committee.list", {})],
    )
