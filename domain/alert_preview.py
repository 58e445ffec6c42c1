"""A look before an alert is sent: how many it reaches, and whom it does not (BER-05)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from domain.alert_audience import DEFAULT_AUTHORITIES, members
from domain.alerts import Audience
from domain.delivery import Known
from domain.leadership import Roster
from domain.people import AreaCode, Authority, Person, PersonId
from domain.reachability import UNREACHABLE, Lack, reach

T = TypeVar("T")


class Channel(StrEnum):
    """The first way by which somebody can be reached."""

    TEAMS = "teams"
    EMAIL = "email"
    PHONE = "phone"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How many can be written to in Teams and are not away, of how many."""

    reachable: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPreview:
    """Whom an alert would reach as things stand.

    :param areas: who sits for two areas is counted in both; None is for who sits for none.
    :param unreachable: who cannot be written to in Teams.
    :param red: the default authorities of which nobody can be reached, left out or not.
    """

    total: int
    authorities: Mapping[Authority, Reached]
    areas: Mapping[AreaCode | None, Reached]
    channels: Mapping[Channel, int]
    unreachable: Sequence[tuple[Person, Lack]] = field(repr=False)
    away: Sequence[Person] = field(repr=False)
    red: Sequence[Authority]


def preview(
    audience: Audience,
    roster: Roster,
    *,
    known: Mapping[PersonId, Known],
    away: Collection[PersonId],
    now: datetime,
) -> AlertPreview:
    """Count whom an alert would reach by authority, area and channel; nothing is sent."""
    people = [roster.people[each] for each in members(audience, roster)]
    lacking = {each.id: reach(known.get(each.id), now=now) for each in people}
    there = {
        each.id for each in people if lacking[each.id] not in UNREACHABLE and each.id not in away
    }
    authorities = _reached(((each.authority, each.id) for each in people), there)
    areas = _reached(
        ((area, each.id) for each in people for area in _areas(each, roster, audience)),
        there,
    )
    return AlertPreview(
        total=len(people),
        authorities={each: authorities[each] for each in Authority if each in authorities},
        areas={each: areas[each] for each in sorted(areas, key=lambda each: each or "~")},
        channels=Counter(_channel(each, lacking[each.id]) for each in people),
        unreachable=[(each, lack) for each in people if (lack := lacking[each.id]) in UNREACHABLE],
        away=[each for each in people if each.id in away],
        red=[
            each
            for each in Authority
            if each in DEFAULT_AUTHORITIES
            and (each not in authorities or not authorities[each].reachable)
        ],
    )


def _areas(person: Person, roster: Roster, audience: Audience) -> Sequence[AreaCode] | tuple[None]:
    """Name the areas of the alert that somebody sits for."""
    held = roster.areas_of(person.id)
    return sorted(held & audience.areas if audience.areas else held) or (None,)


def _reached(
    people: Iterable[tuple[T, PersonId]], there: Collection[PersonId]
) -> Mapping[T, Reached]:
    listed = list(people)
    total = Counter(group for group, _ in listed)
    reachable = Counter(group for group, person in listed if person in there)
    return {
        group: Reached(reachable=reachable[group], total=count) for group, count in total.items()
    }


def _channel(person: Person, lack: Lack | None) -> Channel:
    if lack not in UNREACHABLE:
        return Channel.TEAMS
    if person.email:
        return Channel.EMAIL
    return Channel.PHONE if person.phone else Channel.NONE
