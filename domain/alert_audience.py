"""Whom an alert is for: the union of its audience, each once, and whose answer counts (BER-11)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.alerts import QUORUM, Audience, Recipient, Why
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.errors import RuleBroken
from domain.leadership import LEADING, Roster
from domain.people import AreaCode, Authority, Committee, CommitteeType, Person, PersonId, Seat
from domain.plan_measures import person_free
from domain.trials import tier_of

DEFAULT_AUTHORITIES = frozenset(QUORUM)  # probation is one tap away (BER-12)
STANDING = frozenset({Seat.MEMBER, Seat.CHAIR})
_LEADS = STANDING | {Seat.SUBSTITUTE}
_TYPES = frozenset({CommitteeType.LEADER, CommitteeType.COORDINATION})
_SEATED = frozenset(Seat) - {Seat.SUBSTITUTE}  # who stands in is asked when it is their turn


def default_audience(areas: frozenset[AreaCode]) -> Audience:
    """Name those of §7.3: five authorities' groups there, and the Secretariat (BER-12).

    :param areas: empty for the whole city, where those who lead SSP+ hear of it too.
    """
    types = _TYPES if areas else _TYPES | {CommitteeType.SSP_PLUS_LEADER}
    return Audience(
        areas=areas,
        authorities=DEFAULT_AUTHORITIES,
        types=types,
        offices=OF_THE_SECRETARIAT,
    )


def in_order(audience: Audience) -> Audience:
    """Let an audience pass when it says why others than the parties hear of it (BER-12).

    :raises RuleBroken: `alert.externals_reason`, `measure.cpr`, `measure.too_long`
    """
    because = person_free(audience.externals_because)
    if audience.externals and not because:
        raise RuleBroken("alert.externals_reason")
    named = tuple(map(person_free, audience.externals))
    return replace(audience, externals=named, externals_because=because)


def members(audience: Audience, roster: Roster) -> list[PersonId]:
    """List everybody it is for, each once (BER-11), by name."""
    chosen = {code for code, each in roster.committees.items() if _is_chosen(each, audience)}

    def is_meant(person: Person) -> bool:
        sits = any(
            each.committee in chosen and each.seat in _SEATED for each in roster.seats[person.id]
        )
        return (
            (sits and person.authority in audience.authorities)
            or person.id in audience.people
            or bool(person.offices & audience.offices)
        )

    return by_name(each for each in roster.people.values() if is_meant(each))


def counted(audience: Audience, roster: Roster) -> Mapping[Authority, tuple[PersonId, ...]]:
    """Name whose answer counts, for each authority that is there (BER-24, BER-25).

    Those are who leads, and who stands in for them; of an authority without any, all of it. The
    Secretariat takes part as such, and not for the authority that employs it.
    """
    people = members(audience, roster)
    leading = [each for each in people if roster.types_of(each, seats=_LEADS) & LEADING]
    others = [each for each in people if not roster.people[each].offices & OF_THE_SECRETARIAT]
    led, rest = of_each(leading, roster), of_each(others, roster)
    return {each: led.get(each, rest.get(each, ())) for each in of_each(people, roster)}


def recipients(
    audience: Audience, roster: Roster, *, alert: UUID, now: datetime
) -> list[Recipient]:
    """Make the first recipients of an alert: also of who is away, and is replaced at once."""
    counting = {each for people in counted(audience, roster).values() for each in people}
    return [
        Recipient(
            alert=alert,
            person=person,
            authority=roster.authority_of(person),
            areas=roster.areas_of(person),
            tier=tier_of(roster, person),
            why=Why.AUDIENCE,
            added_at=now,
            quorum=person in counting,
        )
        for person in members(audience, roster)
    ]


def by_name(people: Iterable[Person]) -> list[PersonId]:
    """Put people in the order in which they are listed and asked."""
    return [each.id for each in sorted(people, key=lambda each: (each.name.casefold(), each.id))]


def of_each(
    people: Iterable[PersonId], roster: Roster
) -> Mapping[Authority, tuple[PersonId, ...]]:
    """Divide people by authority, and leave out authorities without any."""
    listed = tuple(people)
    return {
        authority: those
        for authority in Authority
        if (those := tuple(each for each in listed if roster.authority_of(each) is authority))
    }


def _is_chosen(committee: Committee, audience: Audience) -> bool:
    is_there = (
        not audience.areas or not committee.areas or bool(audience.areas & set(committee.areas))
    )
    return committee.code in audience.committees or (committee.type in audience.types and is_there)
