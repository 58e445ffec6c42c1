"""Merging two people who are found to be one, and taking that back (CASE-3, domain.md §14.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.cases import RUNNING, Case, CaseState
from domain.errors import RuleBroken
from domain.people import PersonId

REVERSIBLE_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """That the person of one case is the person of another. Nothing of either was moved."""

    id: UUID
    from_case: UUID
    into_case: UUID
    at: datetime
    proposed_by: PersonId
    agreed_by: PersonId
    undone_at: datetime | None = None
    undone_by: PersonId | None = None


def must_be_mergeable(one: Case, into: Case, *, others: Sequence[Case]) -> None:
    """Refuse two cases that cannot become one without losing who has which duty.

    :param others: all cases of the two people.
    :raises RuleBroken: `merge.same` for one and the same person; `merge.merged_before` where
        either is part of a merge; `merge.into_closed` where a running case would be read under
        a closed one; `merge.handover_waits` where SSP+ is to answer for the one that is to be
        read under the other; `merge.runs_elsewhere` where a third case of theirs is running
        (CASE-3).
    """
    if one.subject == into.subject:
        raise RuleBroken("merge.same")
    merged = {case.merged_into for case in others} - {None}
    if one.merged_into or into.merged_into or merged & {one.id, into.id}:
        raise RuleBroken("merge.merged_before")
    if one.state in RUNNING and into.state not in RUNNING:
        raise RuleBroken("merge.into_closed")
    if one.state is CaseState.HANDOVER_PROPOSED:
        raise RuleBroken("merge.handover_waits")
    third = [case for case in others if case.id not in {one.id, into.id}]
    if any(case.state in RUNNING and case.merged_into is None for case in third):
        raise RuleBroken("merge.runs_elsewhere")


def merged(one: Case, *, into: Case) -> Case:
    """Let a case be read under another; all that is in it stays where it is."""
    return replace(one, merged_into=into.id)


def apart(one: Case) -> Case:
    """Let a case be read by itself again."""
    return replace(one, merged_into=None)


def undo(merge: Merge, *, by: PersonId, now: datetime) -> Merge:
    """Take a merge back.

    :raises RuleBroken: `merge.undone_already`, or `merge.too_late` after thirty days.
    """
    if merge.undone_at is not None:
        raise RuleBroken("merge.undone_already")
    if now >= merge.at + REVERSIBLE_FOR:
        raise RuleBroken("merge.too_late", days=REVERSIBLE_FOR.days)
    return replace(merge, undone_at=now, undone_by=by)
