"""The register a little different: somebody left, somebody was appointed."""

from dataclasses import replace

from domain.people import Committee, Membership, Organisation, Person, Seat
from tests.support.townspeople import LEADERS, MANAGERS, PLUS_LEADERS


def without_secretariat(register: Organisation) -> Organisation:
    return with_people(register, *(replace(each, offices=frozenset()) for each in register.people))


def with_people(register: Organisation, *changed: Person) -> Organisation:
    """Give the register with these entries in the place of the old ones."""
    instead = {each.id: each for each in changed}
    return replace(register, people=tuple(instead.get(each.id, each) for each in register.people))


def with_member_facilitating(
    register: Organisation, group: Committee, person: Person
) -> Organisation:
    """Let somebody facilitate a group besides the one who does."""
    seat = Membership(
        committee=group.code, person=person.id, slot="facilitator", seat=Seat.FACILITATOR
    )
    return replace(register, memberships=(*register.memberships, seat))


def without_seat(register: Organisation, person: Person) -> Organisation:
    """Take somebody out of every committee."""
    left = tuple(each for each in register.memberships if each.person != person.id)
    return replace(register, memberships=left)


def with_leader(register: Organisation, *leaders: Person) -> Organisation:
    """Let these be the only ones who lead, in Valby."""
    others = tuple(each for each in register.memberships if each.committee not in _LEADING)
    seats = tuple(
        Membership(committee=LEADERS.code, person=each.id, slot="LG.1") for each in leaders
    )
    return replace(register, memberships=(*others, *seats))


_LEADING = {each.code for each in (LEADERS, PLUS_LEADERS, MANAGERS)}
