"""Where no year can be planned, that is said with its cause; half a plan never passes for one."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from bench.support.organisation_kinds import CITY, KINDS, TOWN
from bench.support.organisations import organisation
from domain.people import CommitteeCode
from domain.year_plan import Body, Cause, CauseKind, HalfDay, NoPlan, Problem
from scheduler.yearplan.solve import solve

NORMAL = KINDS[0]
LOCAL = CommitteeCode("LU-01")
EVERY_HALF_DAY = frozenset(
    HalfDay(weekday=weekday, afternoon=afternoon)
    for weekday, afternoon in product(range(1, 6), (False, True))
)


def test_a_committee_that_can_never_meet_is_named() -> None:
    """MTG-9."""
    problem = _changed(organisation(NORMAL, seed=1, size=TOWN), LOCAL, barred=EVERY_HALF_DAY)

    [cause, *_] = _causes(problem)

    assert cause.kind is CauseKind.NO_DAY
    assert cause.committees == (LOCAL,)


def test_a_month_in_which_everything_is_closed_is_named() -> None:
    """MTG-9."""
    problem = organisation(NORMAL, seed=1, size=TOWN)
    may = {date(2027, 5, 1) + timedelta(days=number) for number in range(31)}

    # where a month has no working day at all, a committee that pauses leaves it out: close it
    # to one committee only
    causes = _causes(_changed(problem, LOCAL, not_on=frozenset(may)))

    assert any(
        cause.kind is CauseKind.NO_DAY
        and cause.committees == (LOCAL,)
        and cause.from_on == date(2027, 5, 1)
        and cause.to_on == date(2027, 5, 31)
        for cause in causes
    )


def test_somebody_who_leads_too_much_is_named() -> None:
    """MTG-9: twelve meetings in a week are more than four."""
    problem = organisation(NORMAL, seed=1, size=TOWN)
    one = problem.bodies[-1].facilitators[0]
    led_by_one = replace(
        problem,
        bodies=tuple(replace(body, facilitators=(one,)) for body in problem.bodies),
        rules=replace(problem.rules, week_load=1),
    )

    causes = _causes(led_by_one)

    assert all(cause.kind is CauseKind.LOAD for cause in causes)
    assert all(one in cause.persons for cause in causes)


def test_three_officers_cannot_lead_a_city() -> None:
    """MTG-9: the answer that a spreadsheet never gave."""
    problem = organisation(replace(NORMAL, facilitators=3), seed=1, size=CITY)

    causes = _causes(problem)

    assert CauseKind.LOAD in _kinds(causes)
    assert CauseKind.TIME not in _kinds(causes)


def _causes(problem: Problem) -> tuple[Cause, ...]:
    answer = solve(problem, seconds=10)
    assert isinstance(answer, NoPlan)
    return answer.causes


def _kinds(causes: Iterable[Cause]) -> Collection[CauseKind]:
    return {cause.kind for cause in causes}


def _changed(
    problem: Problem,
    code: CommitteeCode,
    *,
    barred: frozenset[HalfDay] | None = None,
    not_on: frozenset[date] | None = None,
) -> Problem:
    def instead(body: Body) -> Body:
        return replace(
            body,
            barred=body.barred if barred is None else barred,
            not_on=body.not_on if not_on is None else not_on,
        )

    return replace(
        problem,
        bodies=tuple(instead(body) if body.code == code else body for body in problem.bodies),
    )
