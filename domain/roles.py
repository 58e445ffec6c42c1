"""What somebody is to a matter, and at all: the roles of domain.md §14.1."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.grants import LENT, GrantKind
from domain.matters import Matter, MatterKind
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Office,
    Person,
    Seat,
)


class Role(StrEnum):
    """Everything somebody can be; several at once, for roles combine."""

    REP = "REP"  # reports concerns
    LUM = "LUM"  # member of a local committee
    KGM = "KGM"  # member of a coordination group, for an authority whose cases these are
    FAC = "FAC"  # facilitator of a coordination group
    LEAD = "LEAD"  # lead of a case
    ADH = "ADH"  # asked in for a time
    LGM = "LGM"  # member of a leader group
    PKM = "PKM"  # member of the SSP+ coordination group
    PFAC = "PFAC"  # its facilitator
    PLM = "PLM"  # member of the SSP+ leader group
    CGM = "CGM"  # member of the managers' group
    SGM = "SGM"  # member of the steering group
    SEK = "SEK"  # the Secretariat's case officer
    STEW = "STEW"  # its data steward
    HEAD = "HEAD"  # head of the Secretariat
    DPO = "DPO"  # data protection officer
    SYS = "SYS"  # system administrator
    EXT = "EXT"  # not covered by §115, whatever else
    OWNER = "OWNER"  # has an action to carry out; no column of §14.2
    # at a committee's meeting, which no column of §14.2 is about either
    MEM = "MEM"  # sits in the committee, covered by §115 or not
    SUB = "SUB"  # somebody's substitute in it
    STANDIN = "STANDIN"  # who comes, or came, to this meeting in somebody's place
    CHAIR = "CHAIR"  # leads the meeting
    RUNS = "RUNS"  # the committee's facilitator
    TOLD = "TOLD"  # an alert is for them: alerted, leading it, or with a task in its plan


AT_MEETINGS = frozenset({Role.MEM, Role.SUB, Role.STANDIN, Role.CHAIR, Role.RUNS})
BESIDE_CASES = AT_MEETINGS | {Role.TOLD}  # what makes nobody anything to a case
CASE_DUTY = frozenset({Authority.SOF, Authority.BUF, Authority.KP})  # ORG-2
_MEMBER = frozenset({Seat.MEMBER})
_STANDING = frozenset({Seat.MEMBER, Seat.CHAIR})
_FACILITATOR = frozenset({Seat.FACILITATOR})

_SEATED: Mapping[Role, tuple[CommitteeType | None, frozenset[Seat]]] = {  # None: of any type
    Role.LUM: (CommitteeType.LOCAL, _STANDING),
    Role.KGM: (CommitteeType.COORDINATION, _MEMBER),
    Role.FAC: (CommitteeType.COORDINATION, _FACILITATOR),
    Role.LGM: (CommitteeType.LEADER, _STANDING),
    Role.PKM: (CommitteeType.SSP_PLUS_COORDINATION, _MEMBER),
    Role.PFAC: (CommitteeType.SSP_PLUS_COORDINATION, _FACILITATOR),
    Role.PLM: (CommitteeType.SSP_PLUS_LEADER, _STANDING),
    Role.CGM: (CommitteeType.MANAGERS, _STANDING),
    Role.SGM: (CommitteeType.STEERING, _STANDING),
    Role.CHAIR: (None, frozenset({Seat.CHAIR})),
    Role.RUNS: (None, _FACILITATOR),
}
_SEATED_AT: Mapping[Role, frozenset[Seat]] = {
    Role.MEM: _STANDING,
    Role.SUB: frozenset({Seat.SUBSTITUTE}),
    Role.RUNS: _FACILITATOR,
}
OFFICES: Mapping[Role, Office] = {
    Role.SEK: Office.SEK,
    Role.STEW: Office.STEW,
    Role.HEAD: Office.HEAD,
    Role.DPO: Office.DPO,
    Role.SYS: Office.SYS,
}
GRANTED_BY: Mapping[Role, GrantKind] = {
    Role.ADH: GrantKind.AD_HOC,
    Role.LGM: GrantKind.ESCALATION,
    Role.PLM: GrantKind.ESCALATION,
    Role.STEW: GrantKind.BREAK_GLASS,
    Role.HEAD: GrantKind.BREAK_GLASS,
    Role.DPO: GrantKind.BREAK_GLASS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who asks, with the seats they hold right now and the committees those are in."""

    person: Person
    memberships: Sequence[Membership] = ()
    committees: Mapping[CommitteeCode, Committee] = field(default_factory=dict)

    @property
    def areas(self) -> frozenset[AreaCode]:
        """The areas of the committees they sit in."""
        codes = {each.committee for each in self.memberships} & self.committees.keys()
        return frozenset(area for code in codes for area in self.committees[code].areas)

    def seats(self, role: Role) -> frozenset[CommitteeCode]:
        """Name the committees in which they hold the seat that makes this role."""
        kind, seats = _SEATED[role]
        return frozenset(
            each.committee
            for each in self.memberships
            if each.seat in seats
            and (committee := self.committees.get(each.committee)) is not None
            and kind in {None, committee.type}
        )


def standing(actor: Actor, *, group: CommitteeCode | None = None) -> frozenset[Role]:
    """Name what somebody is when it is about no matter; with a group, what they are in it.

    Whoever has left is nothing, and whoever is not covered by §115 is that and nothing else.
    """
    if not actor.person.active:
        return frozenset()
    if not actor.person.s115_covered:
        return frozenset({Role.EXT})
    seated = {role: actor.seats(role) for role in _SEATED}
    held = {role for role, codes in seated.items() if (group in codes if group else codes)}
    offices = {role for role, office in OFFICES.items() if office in actor.person.offices}
    return frozenset({Role.REP, *held, *offices})


def roles(actor: Actor, matter: Matter) -> frozenset[Role]:
    """Name what somebody is to this matter, as far as it counts.

    Recusal, missing cover and having left win over every role. The reporter of a concern
    never handles it, whatever seat they hold. At a meeting of a committee a seat counts without
    cover too: nothing about a young person is in its papers.
    """
    if actor.person.id in matter.recused:
        return frozenset()
    held = standing(actor)
    if matter.kind is MatterKind.MEETING:
        return _at_a_meeting(actor, matter) | held & {Role.SEK, Role.HEAD}
    if matter.kind is MatterKind.EFFORT:
        return _at_an_effort(actor, matter, held)
    if matter.kind is MatterKind.ALERT:
        return _at_an_alert(actor, matter, held)
    if Role.REP not in held:
        return held
    claimed = frozenset(role for role, holds in _CLAIMS.items() if holds(actor, matter))
    reported = Role.REP in claimed and matter.kind is MatterKind.CONCERN
    return frozenset({Role.REP}) if reported else claimed


def _at_a_meeting(actor: Actor, matter: Matter) -> frozenset[Role]:
    """Say what somebody is in the committee that meets; who has left is nothing.

    Its chair leads, and the facilitator who is named, or else each of its facilitators.
    """
    person = actor.person
    seats = {each.seat for each in actor.memberships if each.committee in matter.groups}
    if not person.active:
        return frozenset()
    leads = (
        Seat.CHAIR in seats
        or (matter.lead in {None, person.id} and Seat.FACILITATOR in seats)
        or (matter.head_leads and person.s115_covered and Office.HEAD in person.offices)
    )
    stands_in = Seat.SUBSTITUTE in seats and person.id in matter.stand_ins
    held = {role for role, kinds in _SEATED_AT.items() if seats & kinds}
    by_name = {Role.CHAIR: leads, Role.STANDIN: stands_in}
    return frozenset({*held, *(role for role, holds in by_name.items() if holds)})


def _at_an_effort(actor: Actor, matter: Matter, held: frozenset[Role]) -> frozenset[Role]:
    """Say what somebody is to an effort: who applied, who answers for it, who decides."""
    if Role.REP not in held:
        return frozenset()
    me, leads = actor.person.id, bool(actor.seats(Role.LGM) & matter.groups)
    claims = {
        Role.REP: _reports(actor, matter),
        Role.OWNER: me == matter.lead or (leads and me in matter.action_owners),
        Role.LGM: leads,
    }
    return held & {Role.SEK, Role.HEAD} | {role for role, holds in claims.items() if holds}


def _at_an_alert(actor: Actor, matter: Matter, held: frozenset[Role]) -> frozenset[Role]:
    """Say what somebody is to an alert: whose it is, covered or not, and who may activate there.

    SSP+ leads in every area, but not in the whole city (BER-02, BER-52).
    """
    own = {each for code in actor.seats(Role.LGM) for each in actor.committees[code].areas}
    claims = {
        Role.TOLD: actor.person.active and actor.person.id in matter.told,
        Role.LGM: Role.LGM in held and bool(matter.areas) and matter.areas <= own,
        Role.PLM: Role.PLM in held and bool(matter.areas),
    }
    anywhere = held & {Role.SEK, Role.STEW, Role.HEAD, Role.SGM}
    return anywhere | {role for role, holds in claims.items() if holds}


def has_grant(actor: Actor, matter: Matter, kind: GrantKind) -> bool:
    return any(each.kind is kind and each.person == actor.person.id for each in matter.grants)


def _reports(actor: Actor, matter: Matter) -> bool:
    return matter.reporter == actor.person.id


def _coordinates(actor: Actor, matter: Matter) -> bool:
    """Sit in a group that has it, for an authority with a standing duty in cases (ORG-2)."""
    return actor.person.authority in CASE_DUTY and bool(actor.seats(Role.KGM) & matter.groups)


def _coordinates_plus(actor: Actor, matter: Matter) -> bool:
    """Sit in the SSP+ group that has it; probation only where it has the person (PLUS-4)."""
    left_out = actor.person.authority is Authority.KFO and not matter.kif
    return not left_out and bool(actor.seats(Role.PKM) & matter.groups)


def _leads(actor: Actor, matter: Matter) -> bool:
    """Lead it, and still sit in a group that has it (CASE-6)."""
    facilitates = bool((actor.seats(Role.FAC) | actor.seats(Role.PFAC)) & matter.groups)
    sits = _coordinates(actor, matter) or _coordinates_plus(actor, matter) or facilitates
    return matter.lead == actor.person.id and sits


def _owns(actor: Actor, matter: Matter) -> bool:
    """Have an action in it, and still a seat in a group that has it or the right to read it."""
    sits = any(each.committee in matter.groups for each in actor.memberships)
    granted = any(each.person == actor.person.id and each.kind in LENT for each in matter.grants)
    return actor.person.id in matter.action_owners and (sits or granted)


def _sits(role: Role) -> Callable[[Actor, Matter], bool]:
    def claim(actor: Actor, matter: Matter) -> bool:
        return bool(actor.seats(role) & matter.groups)

    return claim


def _serves(role: Role) -> Callable[[Actor, Matter], bool]:
    """Sit in a committee for its area, or have been granted to read it for that seat."""

    def claim(actor: Actor, matter: Matter) -> bool:
        codes = actor.seats(role)
        near = any(matter.areas.intersection(actor.committees[code].areas) for code in codes)
        kind = GRANTED_BY.get(role)
        named = kind is not None and has_grant(actor, matter, kind)
        return bool(codes) and (near or named)

    return claim


def _leads_plus(actor: Actor, matter: Matter) -> bool:
    """Lead SSP+, to a matter of SSP+ or one they were brought into."""
    brought_in = has_grant(actor, matter, GrantKind.ESCALATION)
    return bool(actor.seats(Role.PLM)) and (matter.plus or brought_in)


def _manages(role: Role) -> Callable[[Actor, Matter], bool]:
    def claim(actor: Actor, _: Matter) -> bool:
        return bool(actor.seats(role))

    return claim


def _keeps(office: Office) -> Callable[[Actor, Matter], bool]:
    def claim(actor: Actor, _: Matter) -> bool:
        return office in actor.person.offices

    return claim


def _asked_in(actor: Actor, matter: Matter) -> bool:
    return has_grant(actor, matter, GrantKind.AD_HOC)


_CLAIMS: Mapping[Role, Callable[[Actor, Matter], bool]] = {
    Role.REP: _reports,
    Role.LUM: _serves(Role.LUM),
    Role.KGM: _coordinates,
    Role.FAC: _sits(Role.FAC),
    Role.LEAD: _leads,
    Role.ADH: _asked_in,
    Role.LGM: _serves(Role.LGM),
    Role.PKM: _coordinates_plus,
    Role.PFAC: _sits(Role.PFAC),
    Role.PLM: _leads_plus,
    Role.CGM: _manages(Role.CGM),
    Role.SGM: _manages(Role.SGM),
    **{role: _keeps(office) for role, office in OFFICES.items()},
    Role.OWNER: _owns,
}
