"""Seats, offices and §115 cover: who gives them, on whose word, what takes two (APP-1, 2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from domain.errors import RuleBroken
from domain.people import (
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Office,
    Person,
    PersonId,
    Seat,
)
from domain.representation import (
    facilitating_slot,
    optional_slot,
    slot_codes,
    slot_named,
    suits,
)
from domain.roles import Actor, Role, standing


class Holding(StrEnum):
    """What somebody can be given, and what can be taken from them."""

    SEAT = "seat"
    OFFICE = "office"
    COVER = "cover"
    REGISTER = "register"  # all of it: they leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One thing to hold: a seat in a committee, an office, cover, or a place in the register.

    `slot` is which row of domain.md §3 the seat fills, where that is said.
    """

    holding: Holding
    committee: CommitteeCode | None = None
    seat: Seat | None = None
    slot: str = ""
    office: Office | None = None

    def written(self) -> str:
        """Write it as a code that travels in a form: `seat:KG5:member:KG.5`, `office:SEK`."""
        parts = (self.holding, self.committee, self.seat, self.slot or None, self.office)
        return ":".join(str(part) for part in parts if part is not None)

    @classmethod
    def read(cls, code: str) -> Self:
        """Read it back.

        :raises RuleBroken: `press.not_ours` for what is no such code.
        """
        try:
            match code.split(":"):
                case [Holding.SEAT, committee, seat, *slot] if len(slot) <= 1:
                    return cls(
                        holding=Holding.SEAT,
                        committee=CommitteeCode(committee),
                        seat=Seat(seat),
                        slot="".join(slot),
                    )
                case [Holding.OFFICE, office]:
                    return cls(holding=Holding.OFFICE, office=Office(office))
                case [Holding.COVER | Holding.REGISTER as holding]:
                    return cls(holding=Holding(holding))
                case _:
                    raise RuleBroken("press.not_ours")
        except ValueError:
            raise RuleBroken("press.not_ours") from None


TAKES_TWO = frozenset({Office.SEK, Office.STEW, Office.DPO, Office.HEAD})
_APPOINTED_BY: Mapping[CommitteeType, frozenset[Role]] = {
    CommitteeType.LOCAL: frozenset({Role.LGM}),
    CommitteeType.COORDINATION: frozenset({Role.LGM}),
    CommitteeType.SSP_PLUS_COORDINATION: frozenset({Role.PLM}),
    CommitteeType.LEADER: frozenset({Role.CGM}),
    CommitteeType.SSP_PLUS_LEADER: frozenset({Role.CGM}),
    CommitteeType.MANAGERS: frozenset({Role.SGM}),
    CommitteeType.STEERING: frozenset({Role.SGM}),
}
_LEADERS = frozenset({Role.LGM, Role.PLM, Role.CGM, Role.SGM})
_COORDINATING = frozenset({CommitteeType.COORDINATION, CommitteeType.SSP_PLUS_COORDINATION})


def takes_two(post: Post) -> bool:
    """Tell whether giving it needs a second person's approval (ROLE-01)."""
    leads = post.holding is Holding.SEAT and post.seat is Seat.FACILITATOR
    return leads or post.office in TAKES_TWO


def may_appoint(leader: Actor, person: Person, post: Post, *, committee: Committee | None) -> bool:
    """Tell whether somebody can be appointed to it on this leader's word (APP-1).

    That is a leader of the same authority one step up, who leads there; the Secretariat's own
    people are appointed by its head, and its head by the steering group. Nobody appoints
    themselves.
    """
    if leader.person.id == person.id:
        return False
    held = standing(leader)
    if Office.HEAD in {post.office, _office_of(post.slot)}:
        return Role.SGM in held
    if post.office is not None or facilitates(post, committee):
        return Role.HEAD in held
    same = leader.person.authority is person.authority
    if post.holding is Holding.COVER:
        return same and bool(held & _LEADERS)
    return committee is not None and appoints(leader, person.authority, committee)


def appoints(leader: Actor, authority: Authority, committee: Committee) -> bool:
    """Tell whether this leader appoints an authority's members of a committee (APP-1)."""
    leads_there = not committee.areas or bool(leader.areas & set(committee.areas))
    by = _APPOINTED_BY[committee.type]
    return (
        leader.person.authority is authority
        and bool(standing(leader) & by)
        and (leads_there or Role.LGM not in by)
    )


def facilitates(post: Post, committee: Committee | None) -> bool:
    """Tell whether it is a facilitator's seat, or their substitute's: the Secretariat's own."""
    own = committee is not None and post.slot == facilitating_slot(committee.type)
    return post.seat is Seat.FACILITATOR or own


def _office_of(slot: str) -> Office | None:
    named = slot_named(slot)
    return None if named is None else named.office


def can_lead(leader: Actor, person: Person) -> bool:
    """Tell whether this is a leader on whose word the person could be appointed to anything."""
    held = standing(leader)
    same = leader.person.authority is person.authority
    leads = (same and bool(held & _LEADERS)) or bool(held & {Role.HEAD, Role.SGM})
    return leads and leader.person.id != person.id


def slot_for(post: Post, committee: Committee) -> str:
    """Name the slot a seat given here fills: beyond the minimum where nothing was said."""
    if post.slot:
        return post.slot
    leads = post.seat is Seat.FACILITATOR
    return (facilitating_slot if leads else optional_slot)(committee.type)


def replaced_by(
    post: Post, memberships: Iterable[Membership], *, committee: Committee
) -> list[Membership]:
    """List the seats somebody gives up for a new one in the same committee.

    One person fills one slot (REP-2); facilitating is no slot, and may come on top.
    """
    if post.seat is Seat.FACILITATOR:
        return []
    return [
        each
        for each in memberships
        if each.committee == committee.code and each.seat is not Seat.FACILITATOR
    ]


def must_be_givable(
    actor: Actor, post: Post, *, by: PersonId, committee: Committee | None
) -> None:
    """Let it be given to somebody who does not have it.

    :raises RuleBroken: `role.self`, `role.inactive`, `role.held`, `role.not_their_slot` for a
        slot of another authority or office, or `role.no_such` for a slot the committee has not,
        a facilitator of one that handles no cases, or leaving, which nobody is given.
    """
    person = actor.person
    if person.id == by:
        raise RuleBroken("role.self")
    if not person.active:
        raise RuleBroken("role.inactive")
    no_cases = committee is not None and committee.type not in _COORDINATING
    strange = post.seat is Seat.FACILITATOR and no_cases
    unknown = committee is not None and not _has_slot(committee, post)
    if strange or unknown or post.holding is Holding.REGISTER:
        raise RuleBroken("role.no_such")
    if not suits(post.slot, person):
        raise RuleBroken("role.not_their_slot")
    if holds(actor, post):
        raise RuleBroken("role.held")


def _has_slot(committee: Committee, post: Post) -> bool:
    """Tell whether there is such a slot for such a seat; a facilitator sits in no other."""
    own = facilitating_slot(committee.type)
    if post.seat is Seat.FACILITATOR:
        return post.slot in {"", own}
    return post.slot in {"", *slot_codes(committee.type)} - {
        own if post.seat is Seat.MEMBER else None
    }


def must_be_takable(actor: Actor, post: Post, *, by: PersonId) -> None:
    """Let it be taken from somebody who has it.

    :raises RuleBroken: `role.self` or `role.not_held`.
    """
    if actor.person.id == by:
        raise RuleBroken("role.self")
    if not holds(actor, post):
        raise RuleBroken("role.not_held")


def holds(actor: Actor, post: Post) -> bool:
    """Tell whether somebody has it now; of a seat, in that very slot where one is named."""
    if post.holding is Holding.SEAT and post.slot and actor.person.active:
        return any(
            (each.committee, each.seat, each.slot) == (post.committee, post.seat, post.slot)
            for each in actor.memberships
        )
    return post in held_by(actor)


def held_by(actor: Actor) -> list[Post]:
    """List what somebody holds now; nobody who has left holds anything."""
    person = actor.person
    if not person.active:
        return []
    seats = {(each.committee, each.seat) for each in actor.memberships}
    return [
        *(
            Post(holding=Holding.SEAT, committee=committee, seat=seat)
            for committee, seat in sorted(seats)
        ),
        *(Post(holding=Holding.OFFICE, office=office) for office in sorted(person.offices)),
        *([Post(holding=Holding.COVER)] if person.s115_covered else []),
        Post(holding=Holding.REGISTER),
    ]


def changed(person: Person, post: Post, *, given: bool) -> Person:
    """Give the person as the register knows them afterwards; a seat is kept elsewhere."""
    match post.holding:
        case Holding.OFFICE:
            own = frozenset(each for each in (post.office,) if each is not None)
            return replace(person, offices=person.offices | own if given else person.offices - own)
        case Holding.COVER:
            return replace(person, s115_covered=given)
        case Holding.REGISTER:
            return replace(person, active=False, offices=frozenset(), s115_covered=False)
        case Holding.SEAT:
            return person
