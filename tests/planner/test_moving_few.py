"""What must move when a plan changes, what may not, and what is said when both cannot be."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from domain.people import CommitteeType
from domain.year_plan import (
    Cause,
    CauseKind,
    NoPlan,
    PlannedMeeting,
    Replanned,
)
from scheduler.yearplan.replan import replan
from tests.support.small_years import (
    ANNA,
    BO,
    CARL,
    DORTE,
    EVA,
    FAR,
    MANAGERS,
    NEAR,
    STEERING,
    THIRD,
    at_the_same_hour,
    away,
    changed,
    committee,
    days,
    meeting,
    planned,
    replanned,
    small_year,
    weekday,
)

APRIL = date(2027, 4, 1)


def test_nothing_moves_when_nothing_has_changed() -> None:
    """MTG-10."""
    problem = small_year(committee(NEAR, ANNA, BO), committee(FAR, ANNA, CARL))
    plan = planned(problem)

    answer = replanned(problem, plan, before=problem)

    assert answer.moved == ()
    assert answer.proven
    assert answer.plan.meetings == plan.meetings


def test_a_meeting_moves_off_the_days_that_somebody_without_a_substitute_is_away() -> None:
    """MTG-10."""
    before = small_year(committee(NEAR, ANNA, BO), committee(FAR, CARL))
    plan = planned(before)
    hit = meeting(plan, NEAR, 6)
    gone = days(hit.day - timedelta(days=2), hit.day + timedelta(days=2))

    answer = replanned(away(before, ANNA, gone), plan, before=before)

    [(old, new)] = answer.moved
    assert old == hit
    assert new.day not in gone
    assert answer.proven


def test_a_meeting_stays_where_a_substitute_is_there() -> None:
    """MTG-10: an absence by itself moves nothing."""
    before = small_year(committee(NEAR, ANNA, BO, instead=[EVA]))
    plan = planned(before)
    hit = meeting(plan, NEAR, 6)

    answer = replanned(away(before, ANNA, {hit.day}), plan, before=before)

    assert answer.moved == ()


def test_a_meeting_stays_where_no_other_day_would_be_better() -> None:
    """MTG-10: and the empty place is told of another way (MTG-7)."""
    before = small_year(committee(NEAR, ANNA, BO))
    plan = planned(before)
    all_of_june = days(date(2027, 6, 1), date(2027, 6, 30))

    answer = replanned(away(before, ANNA, all_of_june), plan, before=before)

    assert answer.moved == ()
    assert answer.proven


def test_a_place_that_was_empty_before_moves_nothing_now() -> None:
    """MTG-10."""
    problem = small_year(committee(NEAR, ANNA, BO))
    plan = planned(problem)
    before = away(problem, ANNA, {meeting(plan, NEAR, 6).day})

    answer = replanned(before, plan, before=before)

    assert answer.moved == ()


def test_nothing_moves_to_a_frozen_day_nor_away_from_one() -> None:
    """MTG-10."""
    before = small_year(committee(NEAR, ANNA, BO))
    plan = planned(before)
    hit = meeting(plan, NEAR, 6)
    problem = changed(
        before,
        NEAR,
        lambda body: replace(body, not_on=frozenset({hit.day, meeting(plan, NEAR, 5).day})),
    )

    answer = replanned(problem, plan, before=before, frozen_until=hit.day - timedelta(days=1))

    [(old, new)] = answer.moved
    assert old == hit
    assert new.day > hit.day


def test_where_only_frozen_days_are_left_a_meeting_moves_to_the_days_still_to_come() -> None:
    """MTG-10: a short notice is better than no plan."""
    before = small_year(committee(NEAR, ANNA, BO))
    plan = planned(before)
    hit = meeting(plan, NEAR, 6)
    problem = changed(
        before,
        NEAR,
        lambda body: replace(body, not_on=days(hit.day, hit.day + timedelta(days=31))),
    )

    answer = replan(
        problem=problem,
        plan=plan,
        before=before,
        frozen_until=hit.day - timedelta(days=1),
        today=date(2027, 5, 25),
    )

    assert isinstance(answer, Replanned)
    assert date(2027, 5, 25) < dict(answer.moved)[hit].day < hit.day


def test_a_held_meeting_stays_and_those_beside_it_make_way() -> None:
    """MTG-10: a date that people have set is not refused, though it is near the next one (K1)."""
    before = small_year(committee(NEAR, ANNA), committee(FAR, ANNA))
    plan = planned(before)
    far = meeting(plan, FAR, 9)
    set_by_people = PlannedMeeting(committee=NEAR, number=9, day=far.day, starts=far.starts)
    crossed = replace(
        plan,
        meetings=tuple(
            set_by_people if each == meeting(plan, NEAR, 9) else each for each in plan.meetings
        ),
    )

    answer = replanned(before, crossed, before=before, held=[(NEAR, 9)])

    [(old, new)] = answer.moved
    assert old == far
    assert new != far
    assert answer.proven


def test_frozen_meetings_that_somebody_must_be_at_both_of_are_named() -> None:
    """MTG-10: the answer is a stand-in, which the planner cannot find."""
    before = small_year(committee(NEAR, BO, led_by=DORTE), committee(FAR, CARL, led_by=EVA))
    plan = at_the_same_hour(planned(before))
    problem = changed(before, FAR, lambda body: replace(body, facilitators=(DORTE,)))
    both = meeting(plan, NEAR, 3)

    answer = replan(
        problem=problem, plan=plan, before=before, frozen_until=APRIL, today=date(2027, 3, 1)
    )

    assert isinstance(answer, NoPlan)
    assert answer.causes == (
        Cause(
            kind=CauseKind.FROZEN,
            committees=(FAR, NEAR),
            persons=(DORTE,),
            from_on=both.day,
            to_on=both.day,
        ),
    )


def test_of_meetings_that_have_been_held_nothing_is_asked() -> None:
    """MTG-10: two meetings at once in March do not matter in April."""
    before = small_year(committee(NEAR, BO, led_by=DORTE), committee(FAR, CARL, led_by=EVA))
    plan = at_the_same_hour(planned(before))
    problem = changed(before, FAR, lambda body: replace(body, facilitators=(DORTE,)))

    answer = replanned(problem, plan, before=before, frozen_until=APRIL, today=APRIL)

    assert len(answer.moved) == 9, "one of each pair from April to December"
    assert answer.proven


def test_without_a_weekday_those_that_are_not_frozen_leave_it() -> None:
    """MTG-10."""
    before = small_year(committee(NEAR, ANNA, BO))
    plan = planned(before)
    rhythm = plan.rhythms[NEAR].weekday
    late = [each for each in plan.meetings if each.day.isoweekday() == rhythm and each.day > APRIL]

    answer = replanned(
        changed(before, NEAR, lambda body: replace(body, barred=weekday(rhythm))),
        plan,
        before=before,
        frozen_until=APRIL,
    )

    assert [old for old, _ in answer.moved] == sorted(late)
    [new_slot] = {(new.day.isoweekday(), new.starts) for _, new in answer.moved}
    assert new_slot[0] != rhythm


def test_the_steering_group_leaves_a_week_and_the_managers_still_meet_before_its_agenda() -> None:
    """MTG-10, MTG-6."""
    before = small_year(
        committee(STEERING, ANNA, type=CommitteeType.STEERING),
        committee(MANAGERS, BO, type=CommitteeType.MANAGERS),
    )
    plan = planned(before)
    hit = meeting(plan, STEERING, 3)
    monday = hit.day - timedelta(days=hit.day.weekday())

    answer = replanned(
        changed(
            before,
            STEERING,
            lambda body: replace(body, not_on=days(monday, monday + timedelta(days=6))),
        ),
        plan,
        before=before,
    )

    assert [old for old, _ in answer.moved] == [hit]
    managers = [each.day for each in answer.plan.meetings if each.committee == MANAGERS]
    steering = [each.day for each in answer.plan.meetings if each.committee == STEERING]
    assert all(
        any(one < day < other - timedelta(days=28) for day in managers)
        for one, other in pairwise(steering)
    )


def test_two_days_closed_move_what_lay_on_them_and_no_more() -> None:
    """MTG-10."""
    before = small_year(
        committee(NEAR, ANNA, BO), committee(FAR, ANNA, CARL), committee(THIRD, EVA)
    )
    plan = planned(before)
    shut = frozenset({meeting(plan, NEAR, 5).day, meeting(plan, FAR, 8).day})
    hit = {each for each in plan.meetings if each.day in shut}

    answer = replanned(replace(before, closed=before.closed | shut), plan, before=before)

    assert {old for old, _ in answer.moved} == hit
    assert answer.proven
