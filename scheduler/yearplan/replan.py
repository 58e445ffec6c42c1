"""Change a plan as little as can be when people, days or committees have changed (MTG-10)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter
from typing import cast

from domain.people import CommitteeCode
from domain.year_plan import (
    Cause,
    CauseKind,
    Engine,
    NoPlan,
    PlannedMeeting,
    Problem,
    Replanned,
    Rhythm,
    YearPlan,
)
from scheduler.yearplan.again import Again, laid_again
from scheduler.yearplan.figures import figured
from scheduler.yearplan.frozen import fixed_meetings
from scheduler.yearplan.mend import mended
from scheduler.yearplan.moves import Fewest, NotFound
from scheduler.yearplan.moving_prices import moving_prices, rhythms_left
from scheduler.yearplan.plain_causes import plain_causes

_SEARCHES = 4  # that the seconds are for


def replan(
    *,
    problem: Problem,
    plan: YearPlan,
    before: Problem,
    frozen_until: date,
    held: Collection[tuple[CommitteeCode, int]] = (),
    today: date = date.min,
    engine: Engine | None = None,
    seconds: float = 30,
) -> Replanned | NoPlan:
    """Find the plan of a changed problem that keeps most of the old one.

    First, no meeting gets shorter of people than it was, where that can be helped; then the fewest
    meetings move; then they move to where the plan is cheapest. So a meeting must move when its
    place breaks a rule that has come, or when a slot falls below its minimum there and need not.

    A committee that has come since gets what is left of its year, and the others make room only
    where they must; otherwise meetings are neither added nor dropped. Those up to `frozen_until`,
    that day included, and those held stay where they are: what they break among themselves is an
    answer, too.

    :param before: the problem that the plan was made from.
    :param today: meetings before it are history, and nothing is asked of them alone.
    :param engine: None is the best that is installed; the greedy proves less.
    """
    began = perf_counter()
    engine = engine or _installed()

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

    found = _found(
        again, rhythms=rhythms_left(again, plan.rhythms), engine=engine, effort=seconds / _SEARCHES
    )
    if found is NotFound.TIME:
        return none((Cause(kind=CauseKind.TIME),))
    if found is NotFound.IMPOSSIBLE:
        return none(_why(again, fixed=fixed, seconds=seconds / _SEARCHES))
    changed = (
        *again.aside,
        *(each.at(found.places[each.key]) for each in again.board.sittings),
    )
    return Replanned(
        plan=figured(
            problem,
            changed,
            engine=engine,
            seconds=perf_counter() - began,
            greedy_cost=plan.figures.greedy_cost,
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


def _found(
    again: Again, *, rhythms: Mapping[CommitteeCode, Rhythm], engine: Engine, effort: float
) -> Fewest | NotFound:
    if engine is Engine.GREEDY:
        return mended(again, rhythms=rhythms)
    price = moving_prices(again, rhythms)
    found = import_module("scheduler.yearplan.fewest").fewest(again, price=price, effort=effort)
    return cast("Fewest | NotFound", found)


def _installed() -> Engine:
    return Engine.GREEDY if find_spec("ortools") is None else Engine.CP_SAT


def _why(again: Again, *, fixed: Collection[PlannedMeeting], seconds: float) -> tuple[Cause, ...]:
    """Say what excludes every plan, and which of the meetings that stay have a part in it."""
    never = () if again.chain_kept else (CauseKind.CHAIN,)
    found = plain_causes(again.board) or cast(
        "tuple[Cause, ...]",
        import_module("scheduler.yearplan.cores").core(again.board, never=never, seconds=seconds),
    )
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
