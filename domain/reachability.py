"""Who could be reached if it mattered: counted per authority and area (BER-16, BER-19)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from domain.delivery import DeliveryState, Known
from domain.installing import FAILED, Install
from domain.leadership import Roster
from domain.people import AreaCode, Authority, CommitteeCode, Person, PersonId, Seat

SILENT_AFTER = timedelta(days=60)


class Lack(StrEnum):
    """What stands between somebody and a message that matters."""

    APP_MISSING = "app_missing"  # there is no conversation we could write to
    BLOCKED = "blocked"
    SILENT = "silent"  # reachable, but not heard from for a long time
    NO_SUBSTITUTE = "no_substitute"  # holds a seat that nobody stands in for
    NO_EMAIL = "no_email"  # there is no second way


UNREACHABLE = frozenset({Lack.APP_MISSING, Lack.BLOCKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCall:
    """Somebody who must be telephoned about one matter, why, and since when."""

    person: PersonId
    about: UUID
    why: DeliveryState
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The people of one authority, in all or in one area."""

    authority: Authority
    area: AreaCode | None
    people: Sequence[PersonId]


def reach(known: Known | None, *, now: datetime) -> Lack | None:
    """Say what keeps us from writing to somebody in Teams, if anything."""
    if known is None or known.blocked_why not in {None, DeliveryState.BLOCKED.value}:
        return Lack.APP_MISSING
    if known.blocked_why is not None:
        return Lack.BLOCKED
    silent = known.heard_at is None or known.heard_at < now - SILENT_AFTER
    return Lack.SILENT if silent else None


def lacks(
    roster: Roster, known: Mapping[PersonId, Known], *, now: datetime
) -> Mapping[PersonId, frozenset[Lack]]:
    """Say of everybody what they lack."""
    stood_in_for = {
        (each.committee, each.slot)
        for seats in roster.seats.values()
        for each in seats
        if each.seat is Seat.SUBSTITUTE
    }
    found: dict[PersonId, frozenset[Lack]] = {}
    for person in roster.people.values():
        lack = reach(known.get(person.id), now=now)
        held = {lack} if lack else set[Lack]()
        if not person.email:
            held.add(Lack.NO_EMAIL)
        if _seats(roster, person.id) - stood_in_for:
            held.add(Lack.NO_SUBSTITUTE)
        found[person.id] = frozenset(held)
    return found


def _seats(roster: Roster, person: PersonId) -> set[tuple[CommitteeCode, str]]:
    held = roster.seats[person]
    return {(each.committee, each.slot) for each in held if each.seat is Seat.MEMBER}


def groups(roster: Roster) -> list[Group]:
    """Divide everybody by authority, and again by area; in the order of the authorities.

    Who sits for two areas is in both, so the areas of an authority may add up to more than it.
    """
    whole: defaultdict[Authority, list[PersonId]] = defaultdict(list)
    parts: defaultdict[tuple[Authority, AreaCode], list[PersonId]] = defaultdict(list)
    for person in roster.people.values():
        whole[person.authority].append(person.id)
        for area in roster.areas_of(person.id):
            parts[person.authority, area].append(person.id)
    return [
        group
        for authority in Authority
        if authority in whole
        for group in (
            Group(authority=authority, area=None, people=whole[authority]),
            *(
                Group(authority=authority, area=area, people=people)
                for (of, area), people in sorted(parts.items())
                if of is authority
            ),
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many of a group can be reached, and how many lack what; their ids on request only.

    `failed` counts why the app could not be put into the Teams of those who lack it.
    """

    authority: Authority
    area: AreaCode | None
    total: int
    reachable: int
    counts: Mapping[Lack, int]
    lacking: Mapping[Lack, Sequence[PersonId]]
    failed: Mapping[Install, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one reader may see of it: all authorities as counts, or their own with names."""

    groups: Sequence[Counted]
    people: Mapping[PersonId, Person] = field(repr=False)
    installs: Mapping[PersonId, Install] = field(default_factory=dict)


def counted(
    group: Group,
    found: Mapping[PersonId, frozenset[Lack]],
    *,
    with_names: bool,
    installs: Mapping[PersonId, Install] = MappingProxyType({}),
) -> Counted:
    """Count a group; who can be reached and who cannot add up to its total."""
    lacking = {
        lack: people
        for lack in Lack
        if (people := [each for each in group.people if lack in found[each]])
    }
    return Counted(
        authority=group.authority,
        area=group.area,
        total=len(group.people),
        reachable=sum(not found[each] & UNREACHABLE for each in group.people),
        counts={lack: len(people) for lack, people in lacking.items()},
        lacking=lacking if with_names else {},
        failed=Counter(
            installs[each]
            for each in lacking.get(Lack.APP_MISSING, ())
            if installs.get(each) in FAILED
        ),
    )
