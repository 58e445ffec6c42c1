"""A concern: who receives it, by when, and what may become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.people import AreaCode, CommitteeCode, PersonId


class Status(StrEnum):
    """Where a concern stands (domain.md CASE-2)."""

    SUBMITTED = "submitted"
    TRIAGE = "triage"
    TAKEN_UP = "taken_up"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    CLOSED = "closed"


class DataClass(StrEnum):
    """What a piece of a concern is, and so who may read it (domain.md §14.2)."""

    IDENTITY = "D2"
    CPR = "D3"
    TEXT = "D4"
    OFFENCE = "D5"
    SENSITIVE = "D6"
    REPORTER = "D7"
    VIEW = "D8"
    DECISIONS = "D10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What anyone who handles it may know (D1); the parts are read one class at a time."""

    id: UUID
    reference: str
    reporter: PersonId
    status: Status
    group: CommitteeCode | None  # None: in the Secretariat's triage
    owner: PersonId | None  # the facilitator or triage person who has the duty
    area: AreaCode | None
    level: int | None  # as the reporter proposed it
    urgent: bool
    reasons: tuple[str, ...]  # why it was routed there (CON-6), as text keys
    submitted_at: datetime
    take_up_by: datetime
    opened_at: datetime | None = None
    taken_up_by: PersonId | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Something the reporter added later (CON-10)."""

    id: UUID
    concern: UUID
    by: PersonId
    at: datetime
    text: str = field(repr=False)


Parts = Mapping[DataClass, Mapping[str, object]]
