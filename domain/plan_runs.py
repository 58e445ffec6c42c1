"""A year plan on its way: asked for, computed, looked at, approved and published."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from domain.errors import RuleBroken
from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.plan_changes import Change
from domain.year_plan import NoPlan, PlannedMeeting, Problem, YearPlan

MOST_CLAIMS = 5  # then whatever computes it dies of it, and it is given up


class PlanKind(StrEnum):
    """What the planner is asked."""

    PLAN = "plan"  # for a whole year
    REPLAN = "replan"  # for the plan as it is, changed as little as can be (MTG-10)
    STAFF = "staff"  # how many facilitators the year needs


class PlanState(StrEnum):
    WAITING = "waiting"  # to be computed, or being computed while somebody has the lease
    PROPOSED = "proposed"  # a person looks at it
    IMPOSSIBLE = "impossible"  # there is no plan, and why (MTG-9)
    ANSWERED = "answered"  # the question of how many has its answer
    FAILED = "failed"  # the planner broke
    APPROVED = "approved"  # and being published
    PUBLISHED = "published"
    REPLACED = "replaced"  # by one that was published later
    DROPPED = "dropped"  # somebody wanted none of it


OPEN = (PlanState.WAITING, PlanState.PROPOSED, PlanState.APPROVED)
TO_DO = (PlanState.WAITING, PlanState.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """A week that a committee must not meet in: its days from Monday to Friday."""

    committee: CommitteeCode
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a plan is asked under.

    :param holds: the types of committee that meet in the school holidays too; the others pause.
    :param leave: weeks that must be left, of a replan.
    """

    holds: tuple[CommitteeType, ...] = ()
    leave: tuple[Leave, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortSeat:
    """A slot that would have too few at a meeting, and how many places it lacks (MTG-7)."""

    committee: CommitteeCode
    number: int
    slot: str = field(repr=False)
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagersOff:
    """An SG meeting, and how many days the nearest CG is off six weeks after it (CAL-2)."""

    meeting: PlannedMeeting
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A plan, and what there is to say about it.

    :param moved: how many meetings a replan moves, and whether fewer was ruled out.
    """

    plan: YearPlan
    shortfalls: tuple[ShortSeat, ...]
    managers_off: tuple[ManagersOff, ...]
    moved: int | None = None
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """How many facilitators the year needs, whom there are, and whether fewer was ruled out."""

    needed: int
    have: int
    led_by: Mapping[CommitteeCode, PersonId]
    proven: bool


Result = Proposed | NoPlan | Staff
RESULTS: tuple[type[Proposed], type[NoPlan], type[Staff]] = (Proposed, NoPlan, Staff)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRun:
    """One question to the planner, and what became of it.

    :param base: the published plan that a replan changes.
    :param changes: what was approved, and nothing else is published.
    :param phase: how far the computing has come, as a code.
    :param claims: how often it was taken on; who has an older number has lost it.
    """

    id: UUID
    kind: PlanKind
    year: int
    state: PlanState = PlanState.WAITING
    base: UUID | None = None
    terms: Terms = Terms()
    problem: Problem | None = field(default=None, repr=False)
    result: Result | None = field(default=None, repr=False)
    changes: tuple[Change, ...] = field(default=(), repr=False)
    asked_by: PersonId
    asked_at: datetime
    phase: str = field(default="", repr=False)
    lease_until: datetime | None = None
    claims: int = 0
    computed_at: datetime | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    published_at: datetime | None = None
    version: int = 1

    @property
    def plan(self) -> YearPlan | None:
        return self.result.plan if isinstance(self.result, Proposed) else None

    def computed(self, result: Result, *, problem: Problem, at: datetime) -> Self:
        """Give it with its answer."""
        states: Mapping[type[Result], PlanState] = {
            Proposed: PlanState.PROPOSED,
            NoPlan: PlanState.IMPOSSIBLE,
            Staff: PlanState.ANSWERED,
        }
        return replace(
            self,
            state=states[type(result)],
            problem=problem,
            result=result,
            lease_until=None,
            computed_at=at,
        )

    def failed(self, *, at: datetime) -> Self:
        return replace(self, state=PlanState.FAILED, lease_until=None, computed_at=at)

    def approved(self, changes: tuple[Change, ...], *, by: PersonId, at: datetime) -> Self:
        """Give it approved, with what will be published.

        :raises RuleBroken: `year_plan.not_proposed`
        """
        if self.state is not PlanState.PROPOSED:
            raise RuleBroken("year_plan.not_proposed")
        return replace(
            self,
            state=PlanState.APPROVED,
            changes=changes,
            decided_by=by,
            decided_at=at,
            lease_until=None,
            claims=0,
        )

    def dropped(self, *, by: PersonId, at: datetime) -> Self:
        """Give it put away; what is being computed is not waited for.

        :raises RuleBroken: `year_plan.not_proposed`
        """
        if self.state not in {PlanState.PROPOSED, PlanState.WAITING}:
            raise RuleBroken("year_plan.not_proposed")
        return replace(
            self, state=PlanState.DROPPED, decided_by=by, decided_at=at, lease_until=None
        )

    def published(self, *, at: datetime) -> Self:
        return replace(self, state=PlanState.PUBLISHED, published_at=at, lease_until=None)


def newest(runs: Iterable[PlanRun], *, states: Collection[PlanState]) -> PlanRun | None:
    """Find the one that was asked for last in one of these states."""
    found = [each for each in runs if each.state in states]
    return max(found, key=lambda each: (each.asked_at, each.id), default=None)
