"""Escalation: who is asked next when an authority stays silent; a pure function (BER-25 to 32)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.alerts import Quorum
from domain.people import AreaCode, Authority, PersonId


class Rung(StrEnum):
    """A step of the ladder (BER-25)."""

    REPEAT = "repeat"  # re-notify who is silent, and use the second channel
    SUBSTITUTES = "substitutes"  # same authority and area, then the whole city (BER-27)
    MANAGER = "manager"  # the authority's member of the managers' group
    CALL_LIST = "call_list"  # the Secretariat gets the names and numbers to telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A rung and how long after the alert left it is climbed."""

    rung: Rung
    after: timedelta


LADDER = (
    Step(rung=Rung.REPEAT, after=timedelta(minutes=5)),
    Step(rung=Rung.SUBSTITUTES, after=timedelta(minutes=10)),
    Step(rung=Rung.MANAGER, after=timedelta(minutes=15)),
    Step(rung=Rung.CALL_LIST, after=timedelta(minutes=20)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be asked instead, as it was when the alert was activated.

    :param instead_of: whose substitute they are; nobody in particular for a manager.
    """

    person: PersonId
    authority: Authority
    areas: frozenset[AreaCode] = frozenset()
    instead_of: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that escalation looks at, frozen at activation (BER-29); kept as JSON.

    Nothing in the register, the templates or the settings changes it afterwards.

    :param asked: who is asked from the beginning, by authority.
    :param substitutes: in the order they are asked, for each authority.
    :param managers: the authority's members of the managers' group.
    :param phone_keepers: who gets the call list (the Secretariat).
    """

    left_at: datetime
    areas: frozenset[AreaCode]
    quorum: Quorum
    ladder: Sequence[Step]
    asked: Mapping[Authority, Sequence[PersonId]]
    substitutes: Mapping[Authority, Sequence[Candidate]]
    managers: Mapping[Authority, Sequence[PersonId]]
    phone_keepers: Sequence[PersonId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """Where an authority's ladder stands: how many steps were taken, and which is due when.

    :param next_at: none when the ladder is at its end, or its quorum was met.
    """

    authority: Authority
    taken: int = 0
    next_at: datetime | None = None
    met_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a step asks for: these people again, or these instead of those."""

    rung: Rung
    people: Sequence[PersonId]
    instead_of: Mapping[PersonId, PersonId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What `next_step` says: what to do now, how the ladder stands then, and why (BER-32).

    `reason` is a code: `quorum_met`, `not_due`, `paused`, `repeated`, `substitutes_asked`,
    `no_substitute`, `manager_asked`, `no_manager`, `call_list_sent`, `ladder_ended`.
    """

    asks: Sequence[Ask]
    climbed: Climbed
    reason: str


Unavailable = Collection[PersonId]
