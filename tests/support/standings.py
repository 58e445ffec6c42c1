"""Somebody who is exactly this or that to a matter, and the matter."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from domain.data_classes import DataClass
from domain.grants import Grant, GrantKind
from domain.matters import Matter, MatterKind
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    PersonId,
    Seat,
)
from domain.roles import GRANTED_BY, OFFICES, Actor, Role
from tests.support.examples import MONDAY_NOON, person

ME, SOMEBODY_ELSE = PersonId("me"), PersonId("somebody-else")
AREA = AreaCode("VAL")
MATTER_ID = UUID("a0000000-0000-4000-8000-000000000001")
SEATS = {
    Role.LUM: ("LU-VAL", CommitteeType.LOCAL, Seat.MEMBER),
    Role.KGM: ("KG5", CommitteeType.COORDINATION, Seat.MEMBER),
    Role.FAC: ("KG5", CommitteeType.COORDINATION, Seat.FACILITATOR),
    Role.LGM: ("LG3", CommitteeType.LEADER, Seat.MEMBER),
    Role.PKM: ("PKG", CommitteeType.SSP_PLUS_COORDINATION, Seat.MEMBER),
    Role.PFAC: ("PKG", CommitteeType.SSP_PLUS_COORDINATION, Seat.FACILITATOR),
    Role.PLM: ("PLG", CommitteeType.SSP_PLUS_LEADER, Seat.MEMBER),
    Role.CGM: ("CG", CommitteeType.MANAGERS, Seat.MEMBER),
    Role.SGM: ("SG", CommitteeType.STEERING, Seat.MEMBER),
    Role.MEM: ("CG", CommitteeType.MANAGERS, Seat.MEMBER),
    Role.SUB: ("CG", CommitteeType.MANAGERS, Seat.SUBSTITUTE),
    Role.CHAIR: ("CG", CommitteeType.MANAGERS, Seat.CHAIR),
    Role.RUNS: ("CG", CommitteeType.MANAGERS, Seat.FACILITATOR),
    Role.OWNER: ("KG5", CommitteeType.COORDINATION, Seat.SUBSTITUTE),
}
MEETS = frozenset({CommitteeCode("CG")})  # whose meeting it is, where it is about one
WITH_AREA = {CommitteeType.LOCAL, CommitteeType.COORDINATION, CommitteeType.LEADER}
BRINGS = {
    Role.LEAD: Role.KGM,  # a lead sits in the group, or leads no longer
    Role.STANDIN: Role.SUB,
}


def with_what_it_takes(held: Collection[Role]) -> frozenset[Role]:
    """Add what somebody must be, to be this."""
    return frozenset(held) | {BRINGS[role] for role in held if role in BRINGS}


def somebody(held: Collection[Role], *, authority: Authority = Authority.SOF) -> Actor:
    """Give somebody who holds the seats and the offices of these roles, and no others."""
    all_of_them = with_what_it_takes(held)
    seats = [SEATS[role] for role in SEATS if role in all_of_them]
    return Actor(
        person=person(
            ME,
            authority=authority,
            covered=Role.EXT not in held,
            offices=frozenset(office for role, office in OFFICES.items() if role in held),
        ),
        memberships=[
            Membership(committee=CommitteeCode(code), person=ME, slot="", seat=seat)
            for code, _, seat in seats
        ],
        committees={
            CommitteeCode(code): Committee(
                code=CommitteeCode(code),
                type=kind,
                name=code,
                areas=(AREA,) if kind in WITH_AREA else (),
            )
            for code, kind, _ in seats
        },
    )


def matter_for(
    held: Collection[Role],
    *,
    kind: MatterKind = MatterKind.CASE,
    classes: Collection[DataClass] = frozenset(DataClass),
    granted: bool = True,
) -> Matter:
    """Give the matter to which they are that; with grants of these classes where they need one."""
    if kind is MatterKind.MEETING:
        return Matter(
            kind=kind,
            id=MATTER_ID,
            reference="M2027-0001",
            groups=MEETS,
            lead=SOMEBODY_ELSE,
            stand_ins=frozenset({ME} if Role.STANDIN in held else ()),
        )
    if kind is MatterKind.EFFORT:
        return Matter(
            kind=kind,
            id=MATTER_ID,
            reference="I2027-0001",
            groups=frozenset({CommitteeCode("LG3")}),
            reporter=ME if Role.REP in held else None,
            lead=ME if Role.OWNER in held else None,
        )
    if kind is MatterKind.ALERT:
        return Matter(
            kind=kind,
            id=MATTER_ID,
            reference="R2026-0001",
            areas=frozenset({AREA}),
            told=frozenset({ME} if Role.TOLD in held else {SOMEBODY_ELSE}),
        )
    kinds = {GRANTED_BY[role] for role in held if role in GRANTED_BY and granted}
    return Matter(
        kind=kind,
        id=MATTER_ID,
        reference="2026-0001",
        groups=frozenset({CommitteeCode("KG5"), CommitteeCode("PKG")}),
        areas=frozenset({AREA}),
        plus=True,
        reporter=ME if Role.REP in held else None,
        lead=ME if Role.LEAD in held else None,
        action_owners=frozenset({ME} if Role.OWNER in held else ()),
        gated=frozenset({ME}),
        grants=tuple(grant(each, classes) for each in sorted(kinds)),
    )


def grant(kind: GrantKind, classes: Collection[DataClass], *, to: PersonId = ME) -> Grant:
    return Grant(
        id=UUID(int=1),
        matter=MATTER_ID,
        person=to,
        kind=kind,
        classes=frozenset(classes),
        by=PersonId("bo"),
        begins_at=MONDAY_NOON,
        expires_at=MONDAY_NOON + timedelta(hours=1),
    )


def with_nothing_fulfilled(matter: Matter) -> Matter:
    """Give the matter with everything a cell may ask for left undone."""
    return replace(
        matter,
        plus=False,
        shielded=True,
        gated=frozenset(),
        grants=tuple(replace(each, classes=frozenset()) for each in matter.grants),
    )
