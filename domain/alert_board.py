"""The board: every open alert at a glance, counted and not listed (BER-66)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.alerts import AlertState, Level, Reply
from domain.delivery import Tally
from domain.escalation import Climbed
from domain.people import AreaCode, Authority, PersonId
from domain.plan_measures import MeasureState


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityStands:
    """How it stands with one authority.

    :param replies: how many people gave each answer; None is who has not answered.
    :param joining: of those whose answer counts; `required` as it was frozen (BER-24).
    :param climbed: none where nothing of it escalates.
    """

    authority: Authority
    replies: Mapping[Reply | None, int]
    joining: int = 0
    required: int = 0
    climbed: Climbed | None = None

    @property
    def people(self) -> int:
        return sum(self.replies.values())

    @property
    def is_met(self) -> bool:
        return self.joining >= self.required


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStands:
    """How it stands with an alert's plan."""

    id: UUID
    measures: Mapping[MeasureState, int]
    overdue: int
    next_due_at: datetime | None
    period_end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One alert on the board.

    :param delivery: how many of those who were alerted are in each state, of the first message
        in Teams (BER-13).
    """

    id: UUID
    reference: str
    level: Level
    drill: bool
    title: str = field(repr=False)
    areas: frozenset[AreaCode]
    state: AlertState
    activated_at: datetime
    period_end: datetime | None
    paused_until: datetime | None
    coordinator: PersonId
    authorities: tuple[AuthorityStands, ...]
    delivery: Tally
    plan: PlanStands | None = None
