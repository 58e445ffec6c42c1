"""How many must lead the meetings: the number, who leads what, and why one fewer is too few."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.year_plan import Body, CauseKind, HalfDay, NoPlan, Problem, Staffing
from scheduler.yearplan.causes import causes
from scheduler.yearplan.staffing import facilitators_needed
from tests.support.small_years import (
    ANNA,
    BO,
    DORTE,
    EVA,
    NEAR,
    all_but,
    committee,
    days,
    small_year,
)

GROUPS = tuple(CommitteeCode(f"KG-{number}") for number in range(1, 5))


def test_four_fortnightly_groups_at_one_a_week_need_two_people() -> None:
    """MTG-9: one person has two weeks for four meetings."""
    answer = _needed(_four_groups())

    assert answer.needed == 2
    assert answer.proven
    assert set(answer.led_by) == set(GROUPS)
    assert set(answer.led_by.values()) == {DORTE, EVA}
    [why] = answer.one_fewer
    assert why.kind is CauseKind.LOAD
    assert set(why.committees) == set(GROUPS)


def test_so_many_are_enough_and_one_fewer_has_no_plan() -> None:
    """MTG-9: the number is looked at from the other side."""
    problem = _four_groups()
    answer = _needed(problem)

    enough = _led(problem, lambda code: answer.led_by[code])
    too_few = _led(problem, lambda _: DORTE)

    assert {cause.kind for cause in causes(enough)} == {CauseKind.TIME}
    assert {cause.kind for cause in causes(too_few)} == {CauseKind.LOAD}


def test_committees_that_are_not_asked_about_keep_who_leads_them() -> None:
    """MTG-9."""
    kept = committee(NEAR, ANNA, led_by=BO)

    answer = facilitators_needed(
        problem=small_year(*_four_groups().bodies, kept, week_load=1),
        pool=(DORTE,),
        bodies=GROUPS,
    )

    assert isinstance(answer, Staffing)
    assert answer.needed == 2
    assert BO not in answer.led_by.values()
    assert NEAR not in answer.led_by


def test_people_are_taken_from_the_pool_before_there_are_new_ones() -> None:
    """MTG-9."""
    answer = facilitators_needed(problem=_four_groups(), pool=(BO,))

    assert isinstance(answer, Staffing)
    assert BO in answer.led_by.values()
    assert len(set(answer.led_by.values())) == 2


def test_two_groups_whose_only_hours_are_the_same_take_turns_with_one_leader() -> None:
    """MTG-9: a fortnight has two Tuesdays."""
    assert _needed(small_year(*_on_tuesday_mornings())).needed == 1


def test_two_groups_with_one_hour_between_them_need_two_leaders() -> None:
    """MTG-9: their weeks have room for both, but nobody is in two places."""
    second_week = days(date(2027, 6, 14), date(2027, 6, 20))
    tight = [replace(body, not_on=second_week) for body in _on_tuesday_mornings()]

    answer = _needed(small_year(*tight))

    assert answer.needed == 2
    assert answer.proven
    [why] = answer.one_fewer
    assert (why.kind, set(why.committees)) == (CauseKind.PERSON, set(GROUPS[:2]))
    assert why.persons == (DORTE,)


def test_more_people_do_not_help_where_a_committee_has_no_day() -> None:
    """MTG-9."""
    year = days(date(2027, 1, 1), date(2027, 12, 31))
    body = replace(committee(NEAR, ANNA, led_by=BO), not_on=year)

    answer = facilitators_needed(problem=small_year(body), pool=(BO,))

    assert isinstance(answer, NoPlan)
    assert {cause.kind for cause in answer.causes} == {CauseKind.NO_DAY}


def _four_groups() -> Problem:
    return small_year(
        *(committee(code, type=CommitteeType.COORDINATION, led_by=DORTE) for code in GROUPS),
        week_load=1,
    )


def _needed(problem: Problem) -> Staffing:
    answer = facilitators_needed(problem=problem, pool=(DORTE, EVA))
    assert isinstance(answer, Staffing), answer
    return answer


def _led(problem: Problem, leader: Callable[[CommitteeCode], PersonId]) -> Problem:
    return replace(
        problem,
        bodies=tuple(replace(body, facilitators=(leader(body.code),)) for body in problem.bodies),
    )


def _on_tuesday_mornings() -> list[Body]:
    return [
        replace(
            committee(code, type=CommitteeType.COORDINATION, led_by=DORTE),
            barred=all_but(HalfDay(weekday=2)),
        )
        for code in GROUPS[:2]
    ]
