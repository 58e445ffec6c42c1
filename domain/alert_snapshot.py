"""What an alert freezes when it is activated: whom escalation may ask, and in which order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.alert_audience import STANDING, by_name, counted, members, of_each
from domain.alerts import QUORUM, Audience, Level, Quorum
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.escalation import LADDER, Candidate, Snapshot, Step
from domain.leadership import SSP_LEADING, Roster
from domain.people import Authority, CommitteeType, PersonId, Seat

_MANAGING = frozenset({CommitteeType.MANAGERS})


def freeze(
    audience: Audience,
    roster: Roster,
    *,
    level: Level,
    left_at: datetime,
    quorum: Quorum = QUORUM,
    ladder: Sequence[Step] = LADDER,
) -> Snapshot:
    """Write down all that escalation will look at, as it is now (BER-29).

    Nobody must answer an orientation, and so nothing of it escalates. An authority that the
    audience names must be joining though nobody of it is reached: it is looked for at once.
    """
    asked = counted(audience, roster)
    required = {
        each: least
        for each, least in quorum.items()
        if level is not Level.ORIENTATION
        and least
        and (each in audience.authorities or asked.get(each))
    }
    return Snapshot(
        left_at=left_at,
        areas=audience.areas,
        quorum=required,
        ladder=() if level is Level.ORIENTATION else tuple(ladder),
        asked=asked,
        substitutes=_substitutes(audience, roster),
        managers=of_each(_managers(roster), roster),
        phone_keepers=tuple(
            by_name(each for each in roster.people.values() if each.offices & OF_THE_SECRETARIAT)
        ),
    )


def _substitutes(audience: Audience, roster: Roster) -> Mapping[Authority, tuple[Candidate, ...]]:
    """List who may be asked instead: those of the area first, then by name (BER-27)."""
    replaced = frozenset({*members(audience, roster), *_managers(roster)})
    found = [
        candidate
        for person in by_name(roster.people.values())
        if (candidate := _candidate(person, roster, replaced))
    ]
    found.sort(key=lambda each: not each.areas & audience.areas)
    in_order = {each.person: each for each in found}
    return {
        authority: tuple(in_order[each] for each in people)
        for authority, people in of_each(in_order, roster).items()
    }


def _candidate(
    person: PersonId, roster: Roster, replaced: frozenset[PersonId]
) -> Candidate | None:
    """Say for whom somebody stands in; None for who stands in for nobody who is asked.

    Who stands in for an SSP leader may be asked for any leader of their authority.
    """
    held = [each for each in roster.seats[person] if each.seat is Seat.SUBSTITUTE]
    places = {(each.committee, each.slot) for each in held}
    groups = [roster.committees[each.committee] for each in held]
    candidate = Candidate(
        person=person,
        authority=roster.authority_of(person),
        areas=frozenset(area for each in groups for area in each.areas),
        instead_of=frozenset(
            each.person
            for head in replaced - {person}
            if roster.authority_of(head) is roster.authority_of(person)
            for each in roster.seats[head]
            if each.seat is not Seat.SUBSTITUTE and (each.committee, each.slot) in places
        ),
        leads=any(each.type in SSP_LEADING for each in groups),
    )
    return candidate if candidate.leads or candidate.instead_of else None


def _managers(roster: Roster) -> list[PersonId]:
    return by_name(
        each
        for each in roster.people.values()
        if roster.types_of(each.id, seats=STANDING) & _MANAGING
    )
