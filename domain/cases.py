"""A case: one person, the concerns about them, and the authorities' joint work (domain.md §8)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.people import AreaCode, CommitteeCode, PersonId


class CaseState(StrEnum):
    """Where a case stands (CASE-2). A reopened case is open again."""

    OPEN = "open"
    COORDINATION = "coordination"
    FOLLOW_UP = "follow_up"
    HANDOVER_PROPOSED = "handover_proposed"
    HANDED_OVER = "handed_over"  # the SSP+ coordination group has it
    CLOSED = "closed"


RUNNING = frozenset(CaseState) - {CaseState.CLOSED}


class CloseReason(StrEnum):
    """Why a case ended in SSP (CASE-9)."""

    COORDINATION_DONE = "coordination_done"
    CONCERN_UNFOUNDED = "concern_unfounded"
    OTHER_EFFORT_TOOK_OVER = "other_effort_took_over"
    HANDED_OVER_SSP_PLUS = "handed_over_ssp_plus"
    MOVED_AWAY = "moved_away"
    OUT_OF_AGE = "out_of_age"
    DECEASED = "deceased"


class PlusType(StrEnum):
    """The two kinds of case in SSP+ (PLUS-3)."""

    HANDOVER = "handover"
    VOLUNTARY = "voluntary"


class Kif(StrEnum):
    """Whether the probation service has, or will have, the young person (PLUS-4)."""

    NONE = "none"
    EXPECTED = "expected"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What anyone who works on a case may know of it (D1); all else lies in its records.

    `group` has the duty; `partner` is the other coordination group while both work on it
    (AGE-8). `last_event_at` is what retention counts from (AC-DATA-01).
    """

    id: UUID
    reference: str
    subject: UUID
    state: CaseState
    group: CommitteeCode
    area: AreaCode | None
    opened_at: datetime
    opened_by: PersonId
    last_event_at: datetime
    partner: CommitteeCode | None = None
    level: int | None = None
    lead: PersonId | None = None
    plus_type: PlusType | None = None
    kif: Kif = Kif.NONE
    coordinated_at: datetime | None = None  # the first coordination
    follow_up_on: date | None = None
    closed_at: datetime | None = None
    close_reason: CloseReason | None = None
    merged_into: UUID | None = None
    held: bool = False  # a legal hold: nothing may be deleted (AC-DATA-01)
    version: int = 1
