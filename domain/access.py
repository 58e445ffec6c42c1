"""Who may do what, with a concern and in an office: two tables, one question (domain.md §14)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.concerns import Concern
from domain.data_classes import DataClass
from domain.people import Authority, Membership, Office, Person, PersonId, Seat


class Role(StrEnum):
    """What somebody is to a concern (domain.md §14.1)."""

    REP = "REP"  # its reporter
    FAC = "FAC"  # facilitator of the group that has it
    KGM = "KGM"  # member of that group, for an authority whose cases these are
    SEK = "SEK"  # the Secretariat's case officers
    LGM = "LGM"  # an SSP leader: member of a leader group; to a concern that is nothing


class Action(StrEnum):
    """What can be done with a concern. An action missing from ALLOWED is denied to all."""

    FOLLOW = "follow"
    ADD = "add"
    WITHDRAW = "withdraw"
    OPEN = "open"
    STEP_ASIDE = "step_aside"
    TAKE_UP = "take_up"
    REROUTE = "reroute"


ALLOWED: Mapping[Action, frozenset[Role]] = {
    Action.FOLLOW: frozenset({Role.REP}),
    Action.ADD: frozenset({Role.REP}),
    Action.WITHDRAW: frozenset({Role.REP}),
    Action.OPEN: frozenset({Role.FAC, Role.KGM, Role.SEK}),
    Action.STEP_ASIDE: frozenset({Role.FAC, Role.KGM, Role.SEK}),
    Action.TAKE_UP: frozenset({Role.FAC, Role.SEK}),
    Action.REROUTE: frozenset({Role.FAC, Role.SEK}),
}


class OfficeAction(StrEnum):
    """What can be done about no concern. An action missing from MAY is denied to all."""

    BEGIN_TRIAL = "begin_trial"
    FOLLOW_TRIAL = "follow_trial"
    CONFIRM_BY_PHONE = "confirm_by_phone"  # for somebody else (BER-21)
    SEE_CALL_LIST = "see_call_list"
    SEE_REACHABILITY = "see_reachability"  # everybody's, as counts
    SEE_OWN_REACHABILITY = "see_own_reachability"  # one's own authority's, with names (BER-19)


MAY: Mapping[OfficeAction, frozenset[Role]] = {
    OfficeAction.BEGIN_TRIAL: frozenset({Role.SEK}),
    OfficeAction.FOLLOW_TRIAL: frozenset({Role.SEK}),
    OfficeAction.CONFIRM_BY_PHONE: frozenset({Role.SEK}),
    OfficeAction.SEE_CALL_LIST: frozenset({Role.SEK}),
    OfficeAction.SEE_REACHABILITY: frozenset({Role.SEK}),
    OfficeAction.SEE_OWN_REACHABILITY: frozenset({Role.LGM}),
}

_ALL = frozenset(DataClass)
READS: Mapping[Role, frozenset[DataClass]] = {
    Role.REP: frozenset(),
    Role.KGM: _ALL - {DataClass.SENSITIVE},
    Role.FAC: _ALL,
    Role.SEK: _ALL,
}


_ALWAYS = frozenset({Authority.SOF, Authority.BUF, Authority.KP})  # ORG-2
_IN_SSP_PLUS = frozenset(Authority) - {Authority.KFO}  # PLUS-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who asks, with the seats they hold right now."""

    person: Person
    memberships: Sequence[Membership] = ()

    def holds(self, seat: Seat, group: str | None) -> bool:
        return any(m.committee == group and m.seat == seat for m in self.memberships)

    def shares_cases(self, group: str | None) -> bool:
        """Whether they sit in the group for an authority with a standing duty in its cases.

        The others see a case when it needs them, and a grant for that is not there yet.
        """
        return any(
            m.committee == group
            and m.seat is Seat.MEMBER
            and self.person.authority in (_IN_SSP_PLUS if m.slot.startswith("PKG.") else _ALWAYS)
            for m in self.memberships
        )


def roles(actor: Actor, concern: Concern) -> frozenset[Role]:
    """Name what the actor is to this concern, whatever they may then do."""
    claims = {
        Role.REP: concern.reporter == actor.person.id,
        Role.FAC: actor.holds(Seat.FACILITATOR, concern.group),
        Role.KGM: actor.shares_cases(concern.group),
        Role.SEK: Office.SEK in actor.person.offices,
    }
    return frozenset(role for role, holds in claims.items() if holds)


def can(actor: Actor, action: Action, concern: Concern, *, recused: Collection[PersonId]) -> bool:
    """Decide whether the actor may do this; recusal and missing cover win over every role.

    The reporter of a concern never handles it, whatever seat they hold.
    """
    barred = actor.person.id in recused or not actor.person.s115_covered
    if barred or not actor.person.active:
        return False
    held = roles(actor, concern)
    counting = {Role.REP} if Role.REP in held else held
    return bool(counting & ALLOWED.get(action, frozenset()))


def may(person: Person, action: OfficeAction, *, is_ssp_leader: bool = False) -> bool:
    """Decide whether somebody may do this at all; missing cover wins over every role.

    The register says which office somebody holds; the seats say who is an SSP leader.
    """
    if not (person.active and person.s115_covered):
        return False
    claims = {Role.SEK: Office.SEK in person.offices, Role.LGM: is_ssp_leader}
    held = {role for role, holds in claims.items() if holds}
    return bool(held & MAY.get(action, frozenset()))


def readable(actor: Actor, concern: Concern, *, shielded: bool) -> frozenset[DataClass]:
    """Name the classes of data that an actor who may open the concern may read in it.

    A shielded reporter is known to the facilitator and the Secretariat only
    (concern.md §4.6).
    """
    held = roles(actor, concern)
    classes: frozenset[DataClass] = frozenset().union(*(READS[role] for role in held))
    if shielded and not held & {Role.FAC, Role.SEK}:
        return classes - {DataClass.REPORTER}
    return classes
