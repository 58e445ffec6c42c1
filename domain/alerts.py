"""Alerts (alarmer): what readiness is activated with, whom it is for, and what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from domain.notices import Tier
from domain.people import AreaCode, Authority, CommitteeCode, CommitteeType, Office, PersonId

UNDO_WITHIN = timedelta(seconds=10)  # nothing leaves before (BER-06)
SIMILAR_WITHIN = timedelta(hours=2)  # in the same area (BER-08)
REOPEN_WITHIN = timedelta(days=14)  # BER-60


class Level(IntEnum):
    """How much is asked for (readiness.md §5.0); in doubt, the higher (BER-10)."""

    ORIENTATION = 1  # no answer is asked for, and nothing escalates
    COORDINATION = 2  # an answer and a readiness meeting
    FULL = 3  # … and an action plan in force


class AlertState(StrEnum):
    """Where an alert stands (readiness.md §5.0). A drill is a property, never a state."""

    DRAFT = "draft"
    ACTIVATED = "activated"  # aktiveret
    PLANNING = "planning"  # plan under udarbejdelse
    RUNNING = "running"  # plan i drift
    EXPIRED = "expired"  # the period is over and nobody has decided (BER-56)
    NORMALISING = "normalising"  # normalisering
    CLOSED = "closed"  # afsluttet
    EVALUATED = "evaluated"  # evalueret
    FALSE_ALARM = "false_alarm"  # fejlalarm
    STOOD_DOWN = "stood_down"  # nedskaleret til orientering


OVER = frozenset(
    {
        AlertState.CLOSED,
        AlertState.EVALUATED,
        AlertState.FALSE_ALARM,
        AlertState.STOOD_DOWN,
    }
)


class Reply(StrEnum):
    """What somebody who was alerted answers (BER-23)."""

    RECEIVED = "received"  # Modtaget
    JOINING = "joining"  # Jeg deltager
    SUBSTITUTE = "substitute"  # Kan ikke – send til min suppleant
    UNABLE = "unable"  # Kan ikke


class Via(StrEnum):
    """How an answer came in (BER-21)."""

    TEAMS = "teams"
    PHONE = "phone"
    C3 = "c3"
    RADIO = "radio"


class Why(StrEnum):
    """Why somebody is among those alerted."""

    AUDIENCE = "audience"  # chosen when it was activated
    SUBSTITUTE = "substitute"  # for somebody who cannot, is away, or is silent (BER-27, BER-28)
    MANAGER = "manager"  # the authority's member of the managers' group (BER-25)
    ADDED = "added"  # by hand, later


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom an alert is for: the union of these, each person once (BER-11).

    :param areas: empty for the whole city.
    :param authorities: only people of these are meant.
    :param committees: codes of single committees, in addition to the types in the areas.
    :param types: kinds of committee in the areas; city-wide kinds count wherever it is.
    :param people: named persons, whatever their authority.
    :param offices: who holds one of these, whatever their authority: the Secretariat.
    :param externals: who else hears of it by a separate, reasoned choice (BER-12); names of
        organisations, never of persons.
    """

    areas: frozenset[AreaCode] = frozenset()
    authorities: frozenset[Authority] = frozenset()
    committees: frozenset[CommitteeCode] = frozenset()
    types: frozenset[CommitteeType] = frozenset()
    people: frozenset[PersonId] = frozenset()
    offices: frozenset[Office] = frozenset()
    externals: tuple[str, ...] = field(default=(), repr=False)
    externals_because: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The four questions (BER-04): what, where, how it stands, what has been set going."""

    happened: str = field(repr=False)
    where: str = field(repr=False)
    stands: str = field(repr=False)
    done: str = field(repr=False)
    needs: str = field(default="", repr=False)  # behov, in later reports (BER-43)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One activation of readiness.

    :param reference: `R2026-0001`.
    :param title: short, without persons; it is in the notification (BER-17).
    :param drill: from start to end, and never changed (BER-63).
    :param leaves_at: before then, nothing has left and it can be undone (BER-06).
    :param period_end: the last day of the plan's period; none before a plan runs (BER-56).
    :param suspended_by: the real alert that a drill makes way for, until it is resumed (BER-64).
    :param filed_at: when its log had been put in the journal; nothing is erased before (BER-54).
    :param erased_at: when all that named or described anybody went.
    :param version: counts changes; a press that saw an older one is told so.
    """

    id: UUID
    year: int
    number: int
    level: Level
    drill: bool
    template: str
    title: str = field(repr=False)
    situation: Situation = field(repr=False)
    audience: Audience
    state: AlertState
    activated_by: PersonId
    activated_at: datetime
    leaves_at: datetime
    coordinator: PersonId  # tovholder (BER-45)
    log_keeper: PersonId  # logfører (BER-44)
    period_end: datetime | None = None
    paused_until: datetime | None = None  # escalation (BER-31)
    suspended_by: UUID | None = None
    closed_at: datetime | None = None
    filed_at: datetime | None = None
    erased_at: datetime | None = None
    version: int = 1

    @property
    def reference(self) -> str:
        return f"R{self.year}-{self.number:04}"

    @property
    def is_open(self) -> bool:
        return self.state not in OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who is alerted, and what they answered; at most one row for each (BER-11).

    :param stands_for: whom they replace.
    :param quorum: whether their answer counts for their authority's quorum (BER-24).
    """

    alert: UUID
    person: PersonId
    authority: Authority
    areas: frozenset[AreaCode]
    tier: Tier
    why: Why
    added_at: datetime
    stands_for: PersonId | None = None
    quorum: bool = True
    reply: Reply | None = None
    replied_at: datetime | None = None
    via: Via | None = None
    via_person: PersonId | None = None


Quorum = Mapping[Authority, int]
"""How many of each authority must be joining (BER-24)."""

QUORUM: Quorum = {
    Authority.BUF: 1,
    Authority.SOF: 1,
    Authority.KP: 1,
    Authority.KFF: 1,
    Authority.BIF: 1,
}
"""The default authorities (BER-12): probation is one tap away, and asked for nothing."""


def joining(recipients: Sequence[Recipient]) -> Mapping[Authority, int]:
    """Count who is joining, by authority."""
    return {
        each: sum(
            1
            for one in recipients
            if one.authority is each and one.quorum and one.reply is Reply.JOINING
        )
        for each in Authority
    }
