"""The people of SSP København and the committees they sit in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType
from uuid import UUID, uuid5

PersonId = NewType("PersonId", str)
CommitteeCode = NewType("CommitteeCode", str)
AreaCode = NewType("AreaCode", str)


_COMMITTEES = UUID("2f9c0f4e-52b3-5d64-8f0d-6b8f3a4f5e11")


class Authority(StrEnum):
    """The six equal authorities (domain.md ORG-1)."""

    SOF = "SOF"
    BUF = "BUF"
    KP = "KP"
    KFF = "KFF"
    BIF = "BIF"
    KFO = "KFO"


class Office(StrEnum):
    """Functions a person holds outside any committee (domain.md §14.1)."""

    SEK = "SEK"
    STEW = "STEW"
    HEAD = "HEAD"
    DPO = "DPO"
    SYS = "SYS"


class Language(StrEnum):
    DA = "da"
    EN = "en"


class CommitteeType(StrEnum):
    """The kinds of committee (domain.md ORG-6)."""

    STEERING = "SG"
    MANAGERS = "CG"
    LEADER = "LG"
    SSP_PLUS_LEADER = "PLG"
    LOCAL = "LU"
    COORDINATION = "KG"
    SSP_PLUS_COORDINATION = "PKG"


class Seat(StrEnum):
    """How a person belongs to a committee."""

    MEMBER = "member"
    SUBSTITUTE = "substitute"
    FACILITATOR = "facilitator"
    CHAIR = "chair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One professional, as our own register knows them.

    `aad_id` is the Entra object id by which Teams names them (AC-AUTH-10).
    `s115_covered` is false until the Secretariat says otherwise (S115-9).
    """

    id: PersonId
    aad_id: str
    name: str = field(repr=False)
    authority: Authority
    function: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(default="", repr=False)
    s115_covered: bool = False
    active: bool = True
    language: Language | None = None
    offices: frozenset[Office] = frozenset()

    @property
    def in_secretariat(self) -> bool:
        return not self.offices.isdisjoint({Office.SEK, Office.STEW, Office.HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """One of the 31 committees; a local one and a coordination group have areas."""

    code: CommitteeCode
    type: CommitteeType
    name: str
    areas: tuple[AreaCode, ...] = ()
    team_id: str | None = None


def committee_id(code: CommitteeCode) -> UUID:
    """Name a committee by an id: a button carries no code (AC-CARD-01)."""
    return uuid5(_COMMITTEES, code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A person's seat; `slot` names the row of domain.md §3 it fills, such as `KG.5`."""

    committee: CommitteeCode
    person: PersonId
    slot: str
    seat: Seat = Seat.MEMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A public school or leisure centre, which local committees must represent (LU.3, LU.4)."""

    area: AreaCode
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Everything the register knows at one moment.

    `groups` are the object ids of the Entra groups that have the members of committees.
    """

    people: Sequence[Person]
    committees: Sequence[Committee]
    memberships: Sequence[Membership]
    institutions: Sequence[Institution] = ()
    groups: Mapping[CommitteeCode, str] = field(default_factory=dict, repr=False)
