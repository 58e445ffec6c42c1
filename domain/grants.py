"""Grants: reading one matter for a time (domain.md CASE-7, CASE-8, ROLE-02)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.data_classes import DataClass
from domain.people import PersonId


class GrantKind(StrEnum):
    AD_HOC = "ad_hoc"  # somebody who knows the young person is asked in (CASE-7)
    ESCALATION = "escalation"  # a named leader is brought in (CASE-8)
    BREAK_GLASS = "break_glass"  # in need, with a second person told at once (ROLE-02)
    REVEAL = "reveal"  # of a CPR number, for a minute (domain.md §14.3)


LENT = frozenset({GrantKind.AD_HOC, GrantKind.ESCALATION})  # by who works on the matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One person's right to read these classes of one matter, until it expires.

    `gate` is the record of the §115 judgement it rests on; a broken glass rests on none and
    is to be reviewed by `review_by`.
    """

    id: UUID
    matter: UUID
    person: PersonId
    kind: GrantKind
    classes: frozenset[DataClass]
    by: PersonId
    begins_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    gate: UUID | None = None
    review_by: datetime | None = None
    reviewed_by: PersonId | None = None
    reviewed_at: datetime | None = None

    def is_valid(self, now: datetime) -> bool:
        """Tell whether it opens anything now; at `expires_at` it no longer does (AC-AZ-07)."""
        return self.begins_at <= now < self.expires_at and self.ended_at is None
