"""Why there is no plan: which committee, when, for whom; with no more than belongs to it."""

from dataclasses import replace
from datetime import date

from domain.people import CommitteeCode, CommitteeType
from domain.year_plan import Cause, CauseKind, HalfDay
from scheduler.yearplan.causes import causes
from scheduler.yearplan.crowding import Stretch, overfull
from tests.support.small_years import (
    ANNA,
    BO,
    CARL,
    DORTE,
    FAR,
    MANAGERS,
    NEAR,
    STEERING,
    THIRD,
    all_but,
    committee,
    days,
    small_year,
)

MONDAY_MORNING = HalfDay(weekday=1)
MARCH = days(date(2027, 3, 1), date(2027, 3, 31))
THE_NINTH = date(2027, 3, 9)


def test_where_nothing_is_excluded_no_cause_is_made_up() -> None:
    """MTG-9."""
    problem = small_year(committee(NEAR, ANNA), committee(FAR, ANNA))

    assert causes(problem) == (Cause(kind=CauseKind.TIME),)


def test_months_without_a_day_that_follow_each_other_are_one_cause() -> None:
    """MTG-9."""
    spring = days(date(2027, 4, 1), date(2027, 5, 31))
    problem = small_year(replace(committee(NEAR, ANNA), not_on=spring), committee(FAR, BO))

    assert causes(problem) == (
        Cause(
            kind=CauseKind.NO_DAY,
            committees=(NEAR,),
            from_on=date(2027, 4, 1),
            to_on=date(2027, 5, 31),
        ),
    )


def test_months_whose_days_lie_too_far_apart_are_named() -> None:
    """MTG-9: from the first of January to the end of February are more than 49 days."""
    body = replace(
        committee(NEAR, ANNA),
        not_on=days(date(2027, 1, 5), date(2027, 2, 24)),
    )

    [cause] = causes(small_year(body))

    assert cause == Cause(
        kind=CauseKind.GAP,
        committees=(NEAR,),
        from_on=date(2027, 1, 1),
        to_on=date(2027, 2, 28),
    )


def test_somebody_who_leads_more_than_their_weeks_hold_is_named_with_the_weeks() -> None:
    """MTG-9: three fortnightly meetings are more than two weeks of one meeting each."""
    groups = [
        committee(CommitteeCode(f"KG-{number}"), led_by=DORTE, type=CommitteeType.COORDINATION)
        for number in range(3)
    ]

    [cause] = causes(small_year(*groups, committee(NEAR, ANNA, led_by=BO), week_load=1))

    assert (cause.kind, cause.persons) == (CauseKind.LOAD, (DORTE,))
    assert cause.committees == tuple(body.code for body in groups)
    assert cause.from_on is not None
    assert cause.to_on is not None
    assert (cause.to_on - cause.from_on).days < 14


def test_somebody_with_more_seats_than_hours_is_named_with_the_days() -> None:
    """MTG-9: on one day of March there are hours for two meetings, not for three."""
    bodies = [
        replace(committee(code, ANNA), not_on=MARCH - {THE_NINTH}) for code in (NEAR, FAR, THIRD)
    ]

    [cause] = causes(small_year(*bodies))

    assert cause == Cause(
        kind=CauseKind.PERSON,
        committees=(NEAR, FAR, THIRD),
        persons=(ANNA,),
        from_on=date(2027, 3, 1),
        to_on=date(2027, 3, 31),
    )


def test_two_committees_that_share_people_and_their_only_hour_are_found_among_others() -> None:
    """MTG-9: no rule excludes it by itself, so it takes a search."""
    only_the_eighth = MARCH - {date(2027, 3, 8)}
    narrow = [
        replace(committee(code, ANNA, BO), barred=all_but(MONDAY_MORNING), not_on=only_the_eighth)
        for code in (NEAR, FAR)
    ]
    problem = small_year(
        *narrow,
        committee(THIRD, ANNA, CARL),
        committee(CommitteeCode("LG-1"), CARL, led_by=DORTE, type=CommitteeType.LEADER),
    )

    [cause] = causes(problem)

    assert cause == Cause(
        kind=CauseKind.PERSON,
        committees=(NEAR, FAR),
        persons=(ANNA, BO),
        from_on=date(2027, 3, 1),
        to_on=date(2027, 3, 31),
    )


def test_a_managers_group_that_cannot_meet_before_the_agenda_is_a_chain() -> None:
    """MTG-9, MTG-6: SG late in March and in May, CG not between that and the agenda in April."""
    steering = replace(
        committee(STEERING, ANNA, type=CommitteeType.STEERING),
        not_on=days(date(2027, 1, 1), date(2027, 3, 14))
        | days(date(2027, 5, 20), date(2027, 6, 30)),
    )
    managers = replace(
        committee(MANAGERS, BO, type=CommitteeType.MANAGERS),
        not_on=days(date(2027, 3, 14), date(2027, 4, 30)),
    )

    [cause] = causes(small_year(steering, managers, committee(NEAR, ANNA)))

    assert (cause.kind, cause.committees) == (CauseKind.CHAIN, (STEERING, MANAGERS))


class TestOverfull:
    def test_a_stretch_that_holds_all_is_not_full(self) -> None:
        assert overfull([Stretch(1, 2), Stretch(1, 2)], {1: 1, 2: 1}) is None

    def test_the_shortest_stretch_with_too_much_is_found(self) -> None:
        spans = [Stretch(1, 9), Stretch(4, 5), Stretch(4, 5), Stretch(5, 5), Stretch(8, 9)]

        assert overfull(spans, dict.fromkeys(range(1, 10), 1)) == Stretch(4, 5)

    def test_a_day_without_room_holds_nothing(self) -> None:
        assert overfull([Stretch(3, 3)], {}) == Stretch(3, 3)

    def test_nothing_needs_no_room(self) -> None:
        assert overfull([], {}) is None
