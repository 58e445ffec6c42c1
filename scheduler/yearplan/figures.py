"""A plan with what there is to say of it: its rhythms, its cost and how good it is known to be."""

from collections.abc import Iterable

from domain.year_plan import Engine, PlanFigures, PlannedMeeting, Problem, YearPlan
from scheduler.yearplan.cost import cost, rhythms
from scheduler.yearplan.windows import school_days_off


def figured(
    problem: Problem,
    meetings: Iterable[PlannedMeeting],
    *,
    engine: Engine,
    seconds: float,
    greedy_cost: int | None,
    bound: int | None,
    dates_proven: bool,
) -> YearPlan:
    """Make a year plan of its meetings; see `PlanFigures` for the rest."""
    every = tuple(sorted(meetings))
    kept = rhythms(problem, every)
    on_rhythm = sum(
        (each.day.isoweekday(), each.starts)
        == (kept[each.committee].weekday, kept[each.committee].starts)
        for each in every
    )
    off = school_days_off(problem)
    return YearPlan(
        year=problem.year,
        meetings=every,
        rhythms=kept,
        figures=PlanFigures(
            engine=engine,
            seconds=seconds,
            cost=cost(problem, every),
            greedy_cost=greedy_cost,
            bound=bound,
            dates_proven=dates_proven,
            on_rhythm=on_rhythm / len(every) if every else 1.0,
            in_school_holidays=sum(each.day in off for each in every),
        ),
    )
