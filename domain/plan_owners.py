"""Whom measures go to from the beginning: each authority's SSP leader of the areas (BER-33)."""

from collections.abc import Mapping, Sequence

from domain.action_plans import Owner
from domain.leadership import SSP_LEADING, Roster
from domain.parties import Party
from domain.people import AreaCode, Authority, CommitteeType, PersonId, Seat


def default_owners(
    roster: Roster, *, areas: frozenset[AreaCode], secretariat: Sequence[PersonId]
) -> dict[Party, Owner]:
    """Name an owner and a substitute for each party that has somebody.

    :param areas: empty for the whole city.
    :param secretariat: its people, whoever is on duty first.
    """
    owners = {Party.SEK: _owner(secretariat, ())}
    for authority in Authority:
        leaders = leaders_for(roster, authority=authority, areas=areas)
        owners[Party(authority)] = _owner(
            leaders, _substitutes(roster, authority=authority, areas=areas)
        )
    return {party: owner for party, owner in owners.items() if owner.person is not None}


def leaders_for(
    roster: Roster, *, authority: Authority, areas: frozenset[AreaCode]
) -> list[PersonId]:
    """List an authority's SSP leaders, those of most of the areas first.

    Where nobody of it leads any of the areas, those who lead elsewhere in the city are asked.
    """
    leaders = [each for each in roster.ssp_leaders() if roster.authority_of(each) is authority]
    led = {each: len(roster.areas_led_by(each) & areas) for each in leaders}
    here = [each for each in leaders if led[each] or not areas]
    return sorted(here or leaders, key=lambda each: (-led[each], each))


def party_leaders(
    roster: Roster, *, areas: frozenset[AreaCode], secretariat: Sequence[PersonId]
) -> Mapping[Party, Sequence[PersonId]]:
    """List who hears of what is overdue, for each party (BER-34)."""
    return {
        Party.SEK: tuple(secretariat),
        **{
            Party(each): tuple(leaders_for(roster, authority=each, areas=areas))
            for each in Authority
        },
    }


def _owner(people: Sequence[PersonId], substitutes: Sequence[PersonId]) -> Owner:
    first, *others = (*people, *substitutes) or (None,)
    after = [each for each in (*substitutes, *others) if each != first]
    return Owner(person=first, substitute=next(iter(after), None))


def _substitutes(
    roster: Roster, *, authority: Authority, areas: frozenset[AreaCode]
) -> list[PersonId]:
    """List substitutes in the leader groups, of the same authority; the areas' own first."""
    found: dict[PersonId, bool] = {}
    for person, seats in roster.seats.items():
        for seat in seats:
            committee = roster.committees[seat.committee]
            if (
                roster.authority_of(person) is authority
                and seat.seat is Seat.SUBSTITUTE
                and committee.type in SSP_LEADING
            ):
                city_wide = committee.type is CommitteeType.SSP_PLUS_LEADER
                near = not city_wide and (not areas or bool(areas & {*committee.areas}))
                found[person] = found.get(person, False) or near
    return sorted(found, key=lambda each: (not found[each], each))
