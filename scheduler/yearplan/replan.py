"""Change a plan as little as can be when people, days or committees have changed (MTG-10)."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from time import perf_counter

from domain.people import CommitteeCode
from domain.year_plan import (
    Cause,
    CauseKind,
    Engine,
    NoPlan,
    PlannedMeeting,
    Problem,
    Replanned,
    YearPlan,
)
from scheduler.yearplan.again import Again, laid_again
from scheduler.yearplan.cores import core
from scheduler.yearplan.fewest import Fewest, NotFound, fewest_moves, least_moved
from scheduler.yearplan.figures import figured
from scheduler.yearplan.frozen import fixed_meetings
from scheduler.yearplan.moving_prices import Price, moving_prices
from scheduler.yearplan.plain_causes import plain_causes


def replan(
    *,
    problem: Problem,
    plan: YearPlan,
    before: Problem,
    frozen_until: date,
    held: Collection[tuple[CommitteeCode, int]] = (),
    today: date = date.min,
    seconds: float = 30,
) -> Replanned | NoPlan:
    """Find the plan of a changed problem that keeps most of the old one.

    First, no meeting gets shorter of people than it was, where that can be helped; then the fewest
    meetings move; then they move to where the plan is cheapest. So a meeting must move when its
    place breaks a rule that has come, or when a slot falls below its minimum there and need not.

    Meetings are neither added nor dropped. Those up to `frozen_until`, that day included, and
    those held stay where they are: what they break among themselves is an answer, too.

    :param before: the problem that the plan was made from.
    :param today: meetings before it are history, and nothing is asked of them alone.
    """
    began = perf_counter()

    def none(causes: tuple[Cause, ...]) -> NoPlan:
        return NoPlan(causes=causes, seconds=perf_counter() - began)

    codes = {body.code for body in problem.bodies}
    meetings = tuple(sorted(each for each in plan.meetings if each.committee in codes))
    fixed = fixed_meetings(meetings, frozen_until=frozen_until, held=held)
    again = laid_again(
        problem,
        meetings,
        before=before,
        fixed=frozenset(fixed),
        frozen_until=frozen_until,
        today=today,
    )
    if not isinstance(again, Again):
        return none(again)

    found = _fewest(again, price=moving_prices(again, plan.rhythms), effort=seconds / 4)
    if found is NotFound.TIME:
        return none((Cause(kind=CauseKind.TIME),))
    if found is NotFound.IMPOSSIBLE:
        return none(_why(again, fixed=fixed, seconds=seconds / 4))
    changed = tuple(
        sorted(
            (
                *again.aside,
                *(each.at(found.places[each.key]) for each in again.board.sittings),
            )
        )
    )
    figures = plan.figures
    return Replanned(
        plan=figured(
            problem,
            changed,
            engine=Engine.CP_SAT,
            seconds=perf_counter() - began,
            greedy_cost=figures.greedy_cost,
            bound=None,
            dates_proven=False,
        ),
        moved=moved_between(meetings, changed),
        proven=found.proven,
    )


def moved_between(
    before: Iterable[PlannedMeeting], after: Iterable[PlannedMeeting]
) -> tuple[tuple[PlannedMeeting, PlannedMeeting], ...]:
    """Pair the meetings that lie elsewhere, as they were and as they are."""
    was = {(each.committee, each.number): each for each in before}
    pairs = ((was.get((each.committee, each.number)), each) for each in sorted(after))
    return tuple((one, other) for one, other in pairs if one is not None and one != other)


def _fewest(again: Again, *, price: Price, effort: float) -> Fewest | NotFound:
    """Let those move that must, or that clash with others; only then let all of them move.

    Where no more move than must at the very least, the search among few has proven it for all.
    """
    must = again.must_move()
    clashes = again.clashes(must)
    few = must | {(one.committee, one.number) for each in clashes for one in each.meetings}
    near = fewest_moves(again, again.freed(few), price=price, effort=effort)
    least = (
        sum(again.least_worse(each) for each in again.board.sittings),
        len(must) + least_moved(clashes),
    )
    if isinstance(near, Fewest) and (near.worse, near.moved) == least:
        return replace(near, proven=True)

    far = fewest_moves(again, again.board, effort=effort)
    if not isinstance(far, Fewest):
        return replace(near, proven=False) if isinstance(near, Fewest) else far
    some = few | again.moved(far.places)
    cheap = fewest_moves(again, again.freed(some), price=price, effort=effort)
    return replace(cheap, proven=far.proven) if isinstance(cheap, Fewest) else far


def _why(again: Again, *, fixed: Collection[PlannedMeeting], seconds: float) -> tuple[Cause, ...]:
    """Say what excludes every plan, and which of the meetings that stay have a part in it."""
    never = () if again.chain_kept else (CauseKind.CHAIN,)
    found = plain_causes(again.board) or core(again.board, never=never, seconds=seconds)
    stay = tuple(
        replace(each, kind=CauseKind.FROZEN)
        for each in found
        if any(_within(meeting, each) for meeting in fixed)
    )
    return (*stay, *found) or (Cause(kind=CauseKind.TIME),)


def _within(meeting: PlannedMeeting, cause: Cause) -> bool:
    return (
        meeting.committee in cause.committees
        and cause.from_on is not None
        and cause.to_on is not None
        and cause.from_on <= meeting.day <= cause.to_on
    )
