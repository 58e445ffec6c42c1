"""Efforts (indsatser) and the pool that pays them: applied for, approved, settled, evaluated."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from domain.access import Action
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.money import in_kroner
from domain.people import AreaCode, Authority, CommitteeCode, PersonId

POOL = 300_000_00  # øre a year, where nothing else was set (EFF-3)
LEAST_PARTIES = 2  # criterion 1 (EFF-4)
LONGEST = timedelta(days=2 * 366)


class EffortKind(StrEnum):
    """Whose idea it is and how far it reaches (EFF-1)."""

    LOCAL = "local"
    CITY_WIDE = "city_wide"


class EffortState(StrEnum):
    APPLIED = "applied"
    ASSESSED = "assessed"  # by the Secretariat, on the three criteria
    APPROVED = "approved"  # its amount is reserved
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


APPROVES: Mapping[EffortKind, Action] = {
    EffortKind.LOCAL: Action.APPROVE_LOCAL_EFFORT,
    EffortKind.CITY_WIDE: Action.APPROVE_CITY_EFFORT,
}
UNDECIDED = frozenset({EffortState.APPLIED, EffortState.ASSESSED})


class Stage(StrEnum):
    """When an effort is evaluated (EFF-1)."""

    DURING = "during"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What the application says of the three criteria (EFF-4).

    :param together: how the parties work together: the evidence of criterion 1.
    :param relevant: whether it is relevant for more than one area, criterion 2.
    :param relevance: the evidence of that, or why it is worth doing all the same (EFF-5).
    :param knowledge: what it builds on, criterion 3.
    """

    together: str = field(repr=False)
    relevant: bool
    relevance: str = field(repr=False)
    knowledge: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the Secretariat says of the criteria: two are yes or no, the third in words (EFF-5)."""

    parties: bool
    relevant: bool
    words: str = field(repr=False)
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was learned, during the effort or at its end."""

    stage: Stage
    words: str = field(repr=False)
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """One effort from its application to its last evaluation.

    :param committee: the leader group that approves it, or whose member is its contact.
    :param year: whose pool pays: the year it begins in (EFF-7).
    :param amount: applied for, in øre; reserved from when it is approved until it is settled.
    :param lead: who carries it out; with `contact` in the leader group responsible that it is
        settled (EFF-6).
    :param during_on: the day it is to be evaluated on while it runs; `end_on` after it.
    :param decision: why it was refused; "" where it was not.
    :param override: why the head let it go beyond what the pool has left (EFF-7).
    :param spent: in øre, once it is settled.
    """

    id: UUID
    reference: str
    kind: EffortKind
    state: EffortState = EffortState.APPLIED
    title: str = field(repr=False)
    purpose: str = field(repr=False)
    areas: tuple[AreaCode, ...]
    parties: tuple[Authority, ...]
    criteria: Criteria
    committee: CommitteeCode
    year: int
    amount: int
    lead: PersonId
    contact: PersonId
    from_on: date
    to_on: date
    during_on: date
    end_on: date
    applied_by: PersonId
    applied_at: datetime
    assessment: Assessment | None = None
    decision: str = field(default="", repr=False)
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    override: str = field(default="", repr=False)
    overridden_by: PersonId | None = None
    spent: int | None = None
    settlement: str = field(default="", repr=False)
    settled_at: datetime | None = None
    evaluations: tuple[Evaluation, ...] = ()
    evaluated_at: datetime | None = None
    version: int = 1

    @property
    def taken(self) -> int:
        """Give what it takes of the pool, in øre: what was spent, or is reserved (EFF-7)."""
        if self.state is not EffortState.APPROVED:
            return 0
        return self.amount if self.spent is None else self.spent

    def has_begun(self, today: date) -> bool:
        return self.from_on <= today

    def is_own(self, person: PersonId, *, able: Collection[PersonId]) -> bool:
        """Whether it is for others to decide: never for who applied (EFF-4).

        Nor for its lead and its contact, where somebody else can.

        :param able: everybody whose seat or office it is to decide it.
        """
        carry_out = {self.lead, self.contact}
        others = set(able) - carry_out - {self.applied_by}
        return person == self.applied_by or (person in carry_out and bool(others))

    def lacks(self, stage: Stage) -> bool:
        """Whether it runs, or ran, and this evaluation was not written."""
        written = {each.stage for each in self.evaluations}
        return self.state is EffortState.APPROVED and stage not in written

    def assessed(self, assessment: Assessment) -> Self:
        """Note what the Secretariat says of it; it may say so anew until it is decided.

        :raises RuleBroken: `effort.decided`
        """
        self._must_be_undecided()
        return replace(self, state=EffortState.ASSESSED, assessment=assessment)

    def overridden(self, reason: str, *, by: PersonId) -> Self:
        """Let it go beyond what the pool has left, as its head alone may (EFF-7).

        :raises RuleBroken: `effort.decided`
        """
        self._must_be_undecided()
        return replace(self, override=reason, overridden_by=by)

    def approved(self, *, left: int, by: PersonId, now: datetime) -> Self:
        """Approve it, and reserve its amount.

        :param left: what the year's pool has left, in øre.
        :raises RuleBroken: `effort.decided`, `effort.not_assessed` (EFF-4), `effort.beyond_pool`
            (EFF-7).
        """
        self._must_be_undecided()
        if self.assessment is None:
            raise RuleBroken("effort.not_assessed")
        if self.amount > left and self.overridden_by is None:
            raise RuleBroken("effort.beyond_pool", left=in_kroner(left))
        return replace(self, state=EffortState.APPROVED, decided_by=by, decided_at=now)

    def refused(self, reason: str, *, by: PersonId, now: datetime) -> Self:
        """Refuse it, with the reason that who applied will read.

        :raises RuleBroken: `effort.decided`
        """
        self._must_be_undecided()
        return replace(
            self, state=EffortState.REFUSED, decision=reason, decided_by=by, decided_at=now
        )

    def withdrawn(self, *, now: datetime) -> Self:
        self._must_be_undecided()
        return replace(self, state=EffortState.WITHDRAWN, decided_at=now)

    def settled(self, *, spent: int, words: str, now: datetime) -> Self:
        """Note what it cost; what it did not need goes back into the pool.

        Before it begins it can only have cost nothing: that is how one that comes to nothing ends.

        :param spent: in øre.
        :raises RuleBroken: `effort.not_running`, `effort.settled`, `effort.beyond_amount`,
            `effort.not_begun`.
        """
        self._must_run()
        if self.settled_at is not None:
            raise RuleBroken("effort.settled")
        if spent and not self.has_begun(local_date(now)):
            raise RuleBroken("effort.not_begun")
        if spent > self.amount:
            raise RuleBroken("effort.beyond_amount", amount=in_kroner(self.amount))
        return replace(self, spent=spent, settlement=words, settled_at=now)

    def evaluated(self, evaluation: Evaluation) -> Self:
        """Keep an evaluation; the one at the end is written once the effort is over.

        :raises RuleBroken: `effort.not_running`, `effort.evaluated`, `effort.not_begun`,
            `effort.not_over`.
        """
        self._must_run()
        if not self.lacks(evaluation.stage):
            raise RuleBroken("effort.evaluated")
        if not self.has_begun(local_date(evaluation.at)):
            raise RuleBroken("effort.not_begun")
        if evaluation.stage is Stage.END and local_date(evaluation.at) < self.to_on:
            raise RuleBroken("effort.not_over")
        ended = evaluation.at if evaluation.stage is Stage.END else self.evaluated_at
        return replace(self, evaluations=(*self.evaluations, evaluation), evaluated_at=ended)

    def _must_be_undecided(self) -> None:
        if self.state not in UNDECIDED:
            raise RuleBroken("effort.decided")

    def _must_run(self) -> None:
        if self.state is not EffortState.APPROVED:
            raise RuleBroken("effort.not_running")


def as_seen(effort: Effort, seen: int) -> Effort:
    """Take it as somebody saw it.

    :raises RuleBroken: `effort.moved_on` where it has changed since (AC-CARD-04).
    """
    if effort.version != seen:
        raise RuleBroken("effort.moved_on")
    return effort


def applied(effort: Effort) -> Effort:
    """Take an application, or say what does not go together in it.

    :raises RuleBroken: `effort.two_parties` (EFF-4), `effort.areas`, `effort.same_person`
        (EFF-6), `effort.backwards`, `effort.long`, `effort.evaluate_during`,
        `effort.evaluate_after` (EFF-1), `effort.no_amount`.
    """
    if len(set(effort.parties)) < LEAST_PARTIES:
        raise RuleBroken("effort.two_parties")
    if not effort.areas:
        raise RuleBroken("effort.areas")
    if effort.lead == effort.contact:
        raise RuleBroken("effort.same_person")
    if effort.amount <= 0:
        raise RuleBroken("effort.no_amount")
    in_period(effort.from_on, effort.to_on, during_on=effort.during_on, end_on=effort.end_on)
    return effort


def in_period(from_on: date, to_on: date, *, during_on: date, end_on: date) -> None:
    """Check that the days go together.

    :raises RuleBroken: `effort.backwards`, `effort.long`, `effort.evaluate_during`,
        `effort.evaluate_after`.
    """
    if to_on < from_on:
        raise RuleBroken("effort.backwards")
    if to_on - from_on > LONGEST:
        raise RuleBroken("effort.long")
    if not from_on <= during_on <= to_on:
        raise RuleBroken("effort.evaluate_during")
    if end_on < to_on:
        raise RuleBroken("effort.evaluate_after")


def left_of(pool: int, efforts: Iterable[Effort]) -> int:
    """Say what a year's pool has left, in øre; below zero where the head let it be (EFF-7)."""
    return pool - sum(effort.taken for effort in efforts)
