"""What a plan changes in the meetings there are, and how a plan is written down."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest

from domain.committee_meetings import CommitteeMeeting, MeetingState, meeting_id
from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.plan_changes import Change, ChangeKind, Place, changes, counted, mark
from domain.plan_runs import Leave, Proposed, Terms
from domain.year_plan import (
    Attendee,
    Body,
    Cadence,
    Engine,
    HalfDay,
    NoPlan,
    PlanFigures,
    PlannedMeeting,
    Policy,
    Problem,
    Rhythm,
    SeatNeed,
    YearPlan,
)
from domain.year_plan_json import as_json, of_json

KG = CommitteeCode("KG5")
NOW = datetime(2026, 11, 2, tzinfo=UTC)
TODAY = date(2027, 1, 1)
FIRST, SECOND = date(2027, 1, 12), date(2027, 1, 26)


def there(number: int, day: date, state: MeetingState = MeetingState.PLANNED) -> CommitteeMeeting:
    return CommitteeMeeting(
        id=meeting_id(KG, 2027, number),
        reference=f"M2027-{number:04}",
        committee=KG,
        year=2027,
        number=number,
        day=day,
        starts=time(9),
        minutes=120,
        state=state,
        called_at=NOW,
    )


def planned(number: int, day: date) -> PlannedMeeting:
    return PlannedMeeting(committee=KG, number=number, day=day, starts=time(9))


def found(
    now: list[CommitteeMeeting],
    plan: list[PlannedMeeting],
    *,
    minutes: int = 120,
    today: date = TODAY,
    anew: bool = False,
) -> list[Change]:
    return [*changes(now, plan, minutes={KG: minutes}, today=today, anew=anew)]


class TestChanges:
    def test_are_none_where_every_meeting_is_where_it_is_planned(self) -> None:
        assert found([there(1, FIRST)], [planned(1, FIRST)]) == []

    def test_are_added_moved_and_removed(self) -> None:
        every = found(
            [there(1, FIRST), there(3, date(2027, 2, 9))], [planned(1, SECOND), planned(2, SECOND)]
        )

        assert {each.number: each.kind for each in every} == {
            1: ChangeKind.MOVED,
            2: ChangeKind.ADDED,
            3: ChangeKind.REMOVED,
        }
        assert counted(every) == dict.fromkeys(ChangeKind, 1)

    def test_are_also_those_of_how_long_it_lasts(self) -> None:
        [change] = found([there(1, FIRST)], [planned(1, FIRST)], minutes=90)

        assert change.after == Place(day=FIRST, starts=time(9), minutes=90)

    def test_leave_what_is_past_as_it_was(self) -> None:
        now, plan = [there(1, FIRST)], [planned(1, SECOND), planned(2, FIRST)]

        assert found(now, plan, today=date(2027, 1, 13)) == []

    def test_leave_what_somebody_cancelled(self) -> None:
        assert found([there(1, FIRST, MeetingState.CANCELLED)], [planned(1, SECOND)]) == []

    def test_call_a_cancelled_meeting_again_where_the_year_is_planned_anew(self) -> None:
        [change] = found([there(1, FIRST, MeetingState.CANCELLED)], [planned(1, FIRST)], anew=True)

        assert change.kind is ChangeKind.ADDED

    def test_leave_a_meeting_beyond_the_plan_alone(self) -> None:
        extra = replace(there(1, FIRST), id=uuid4(), number=None)

        assert found([extra], []) == []

    def test_are_known_again_by_their_mark(self) -> None:
        one = tuple(found([], [planned(1, FIRST)]))
        other = tuple(found([], [planned(1, SECOND)]))

        assert mark(one) == mark(tuple(found([], [planned(1, FIRST)])))
        assert mark(one) != mark(other)


PROBLEM = Problem(
    year=2027,
    bodies=(
        Body(
            code=KG,
            type=CommitteeType.COORDINATION,
            cadence=Cadence.FORTNIGHT,
            policy=Policy.HOLD,
            minutes=120,
            seats=(SeatNeed(slot="KG.1", least=1, members=(PersonId("sofie"),)),),
            facilitators=(PersonId("bo"),),
            preferred=frozenset({HalfDay(weekday=2), HalfDay(weekday=1, afternoon=True)}),
            not_on=frozenset({FIRST, SECOND}),
        ),
    ),
    attendees=(Attendee(id=PersonId("bo"), away=frozenset({SECOND})),),
    closed=frozenset({date(2027, 5, 5), date(2026, 12, 24)}),
    school_holidays=(),
)
PLAN = YearPlan(
    year=2027,
    meetings=(planned(1, FIRST), planned(2, SECOND)),
    rhythms={KG: Rhythm(weekday=2, starts=time(9), week=1)},
    figures=PlanFigures(
        engine=Engine.GREEDY,
        seconds=0.5,
        cost=3,
        greedy_cost=3,
        bound=None,
        dates_proven=False,
        on_rhythm=1.0,
        in_school_holidays=0,
    ),
)


class TestAsJson:
    @pytest.mark.parametrize(
        "value",
        [
            PROBLEM,
            PLAN,
            NoPlan(causes=(), seconds=1.5),
            Proposed(plan=PLAN, shortfalls=(), managers_off=(), moved=2),
            Terms(
                holds=(CommitteeType.LOCAL,), leave=(Leave(committee=KG, days=(FIRST, SECOND)),)
            ),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_is_read_as_it_was_written(self, value: object) -> None:
        text = as_json(value)
        read = of_json(text, type(value))

        assert read == value
        assert as_json(read) == text

    def test_of_something_else_is_not_taken(self) -> None:
        with pytest.raises(ValueError, match="not one of"):
            of_json(as_json(PLAN), Problem)
