"""Who leads: the SSP leaders of a professional's authority and areas (domain.md §3, §12 EMG-5)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Person,
    PersonId,
    Seat,
)

LEADING = frozenset(
    {
        CommitteeType.STEERING,
        CommitteeType.MANAGERS,
        CommitteeType.LEADER,
        CommitteeType.SSP_PLUS_LEADER,
    }
)
COORDINATING = frozenset({CommitteeType.COORDINATION, CommitteeType.SSP_PLUS_COORDINATION})
SSP_LEADING = frozenset({CommitteeType.LEADER, CommitteeType.SSP_PLUS_LEADER})
SSP_PLUS = frozenset({CommitteeType.SSP_PLUS_LEADER, CommitteeType.SSP_PLUS_COORDINATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everybody who is active, with their seats: what the rules about reaching people look at."""

    people: Mapping[PersonId, Person] = field(repr=False)
    committees: Mapping[CommitteeCode, Committee] = field(repr=False)
    seats: Mapping[PersonId, Sequence[Membership]] = field(repr=False)

    @classmethod
    def of(
        cls,
        *,
        people: Iterable[Person],
        committees: Iterable[Committee],
        memberships: Iterable[Membership],
    ) -> "Roster":
        active = {person.id: person for person in people if person.active}
        seats: dict[PersonId, list[Membership]] = {person: [] for person in active}
        for each in memberships:
            if each.person in seats:
                seats[each.person].append(each)
        return cls(
            people=MappingProxyType(active),
            committees=MappingProxyType({each.code: each for each in committees}),
            seats=MappingProxyType(seats),
        )

    def types_of(
        self, person: PersonId, *, seats: Collection[Seat] = frozenset(Seat)
    ) -> frozenset[CommitteeType]:
        """Name the kinds of committee that somebody has such a seat in."""
        return frozenset(self._committee(each).type for each in self._seats(person, seats))

    def areas_of(self, person: PersonId) -> frozenset[AreaCode]:
        """Name the areas of the committees somebody sits in; nobody else has an area."""
        held = self._seats(person, frozenset(Seat))
        return frozenset(area for each in held for area in self._committee(each).areas)

    def ssp_leaders(self) -> list[PersonId]:
        """List the members of the leader groups; their substitutes lead only in their absence."""
        return [each for each in self.people if self.is_ssp_leader(each)]

    def is_ssp_leader(self, person: PersonId) -> bool:
        return bool(self._leads(person) & SSP_LEADING)

    def leads(self, leader: PersonId, person: PersonId) -> bool:
        """Whether somebody is the SSP leader of this person: same authority, and area or SSP+."""
        if leader == person or not {leader, person} <= self.people.keys():
            return False
        if self.people[leader].authority is not self.people[person].authority:
            return False
        plus = CommitteeType.SSP_PLUS_LEADER in self._leads(leader)
        return bool(self.areas_led_by(leader) & self.areas_of(person)) or (
            plus and bool(self.types_of(person) & SSP_PLUS)
        )

    def leaders_of(self, person: PersonId) -> list[PersonId]:
        """List the SSP leaders of a person; empty for who has none, and for most leaders."""
        return [leader for leader in self.ssp_leaders() if self.leads(leader, person)]

    def areas_led_by(self, leader: PersonId) -> frozenset[AreaCode]:
        held = self._seats(leader, _STANDING)
        groups = [self._committee(each) for each in held]
        return frozenset(
            area for each in groups if each.type is CommitteeType.LEADER for area in each.areas
        )

    def authority_of(self, person: PersonId) -> Authority:
        return self.people[person].authority

    def _leads(self, person: PersonId) -> frozenset[CommitteeType]:
        return self.types_of(person, seats=_STANDING)

    def _seats(self, person: PersonId, seats: Collection[Seat]) -> list[Membership]:
        return [each for each in self.seats.get(person, ()) if each.seat in seats]

    def _committee(self, seat: Membership) -> Committee:
        return self.committees[seat.committee]


_STANDING = frozenset({Seat.MEMBER, Seat.CHAIR})
