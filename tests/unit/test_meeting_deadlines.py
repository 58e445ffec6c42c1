"""When what falls due around a meeting is due, by type of committee (SGF-1…11, CGF-1)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.committee_meetings import CommitteeMeeting, Deadline, DeadlineKind, DeadlineState
from domain.dates import local_date
from domain.meeting_deadlines import BEFORE, LEADS, deadlines_of, fate, rolled
from domain.people import CommitteeCode, CommitteeType
from domain.working_days import is_office_day

K, T = DeadlineKind, CommitteeType
LONG_AGO = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = st.dates(min_value=date(2027, 1, 1), max_value=date(2032, 12, 31)).filter(is_office_day)


def a_meeting(day: date = date(2027, 6, 9), starts: time = time(9)) -> CommitteeMeeting:
    return CommitteeMeeting(
        id=UUID(int=1),
        reference="M2027-0001",
        committee=CommitteeCode("SG"),
        year=day.year,
        number=1,
        day=day,
        starts=starts,
        minutes=60,
        called_at=LONG_AGO,
    )


def due(
    day: date,
    type: CommitteeType = T.STEERING,
    *,
    now: datetime = LONG_AGO,
    closed: tuple[date, ...] = (),
) -> dict[DeadlineKind, date]:
    found = deadlines_of(a_meeting(day), LEADS[type], now=now, closed=closed)
    return {each.kind: local_date(each.due_at) for each in found}


def office_days(from_on: date, until: date) -> int:
    days = (from_on + timedelta(days=number) for number in range((until - from_on).days))
    return sum(map(is_office_day, days))


class TestTheSteeringGroup:
    def test_has_its_agendas_four_and_two_weeks_before(self) -> None:
        """SGF-1, SGF-3."""
        days = due(date(2027, 6, 9))

        assert days[K.PROVISIONAL] == date(2027, 5, 12)
        assert days[K.FINAL] == date(2027, 5, 26)
        assert days[K.COMMENTS] == date(2027, 6, 23)

    @given(DAYS)
    def test_is_never_served_later_than_the_rules_allow(self, day: date) -> None:
        """MTG-6: on working days, and rolled back where a day is none."""
        days = due(day)

        assert day - days[K.PROVISIONAL] >= timedelta(days=28)
        assert day - days[K.FINAL] >= timedelta(days=14)
        assert days[K.COMMENTS] - day <= timedelta(days=14)
        assert all(map(is_office_day, days.values()))

    @pytest.mark.parametrize(
        ("day", "kind", "falls_due"),
        [
            (date(2026, 12, 10), K.COMMENTS, date(2026, 12, 23)),
            (date(2026, 12, 10), K.APPROVAL, date(2027, 1, 4)),
            (date(2027, 1, 7), K.FINAL, date(2026, 12, 23)),
            (date(2026, 6, 19), K.FINAL, date(2026, 6, 4)),
            (date(2028, 5, 29), K.PROVISIONAL, date(2028, 4, 28)),
        ],
    )
    def test_has_nothing_due_when_all_offices_are_closed(
        self, day: date, kind: DeadlineKind, falls_due: date
    ) -> None:
        """MTG-6, SGF-10: 24 and 31 December, 1 May and 5 June are no public holidays."""
        assert due(day)[kind] == falls_due

    def test_counts_days_that_we_keep_closed_ourselves(self) -> None:
        days = due(date(2027, 6, 9), closed=(date(2027, 5, 12), date(2027, 5, 11)))

        assert days[K.PROVISIONAL] == date(2027, 5, 10)


class TestEveryCommittee:
    @given(DAYS, st.sampled_from(T))
    def test_hears_two_working_days_ahead_that_somebody_is_missing(
        self, day: date, type: CommitteeType
    ) -> None:
        """MTG-25: the check leaves two working days, after who is away was asked for."""
        days = due(day, type)

        assert office_days(days[K.ATTENDANCE], day) == 3  # that day itself, and two more
        assert days[K.REMINDER] < days[K.ATTENDANCE]

    @given(DAYS, st.sampled_from(T))
    @example(date(2027, 3, 30), T.COORDINATION)  # the Tuesday after Easter
    def test_has_everything_before_on_time_and_everything_after_in_order(
        self, day: date, type: CommitteeType
    ) -> None:
        days = due(day, type)
        after = [days[kind] for kind in K if kind in days and kind not in BEFORE]

        assert all(days[kind] < day for kind in BEFORE if kind in days)
        assert days[K.CALL] < days[K.FINAL]
        assert after == sorted(after)
        assert day < after[0]
        assert days[K.APPROVAL] < days[K.DISTRIBUTION]  # MTG-21: not both in one minute

    @pytest.mark.parametrize("type", T)
    def test_has_a_deadline_at_nine_by_the_clock_on_the_wall(self, type: CommitteeType) -> None:
        """On both sides of the change to summer time, 28 March 2027."""
        hours = {
            each.due_at.hour
            for each in deadlines_of(a_meeting(date(2027, 3, 31)), LEADS[type], now=LONG_AGO)
        }

        assert hours == {7, 8}


class TestAtShortNotice:
    NOW = datetime(2027, 6, 7, 10, tzinfo=UTC)  # Monday noon in Copenhagen

    def test_items_are_asked_for_at_once_and_the_agenda_waits_for_the_day_before(self) -> None:
        days = due(date(2027, 6, 9), T.COORDINATION, now=self.NOW)

        assert days[K.CALL] == date(2027, 6, 7)
        assert days[K.FINAL] == days[K.ATTENDANCE] == date(2027, 6, 8)
        assert K.REMINDER not in days

    def test_on_the_day_itself_both_are_due_at_once(self) -> None:
        found = deadlines_of(
            a_meeting(date(2027, 6, 7), time(15)), LEADS[T.COORDINATION], now=self.NOW
        )

        assert {each.due_at for each in found if each.kind in BEFORE} == {self.NOW}


class TestADayClosedAfterwards:
    """SGF-10: what waits follows; here the working day before a final agenda on 26 May 2027."""

    MEETING = a_meeting()
    AGENDA = Deadline(
        meeting=MEETING.id, kind=K.FINAL, due_at=datetime(2027, 5, 26, 7, tzinfo=UTC)
    )

    def rolled(self, *closed: date, hour: int = 6, waits: Deadline = AGENDA) -> datetime:
        now = datetime(2027, 5, 25, hour, tzinfo=UTC)
        leads = LEADS[T.STEERING]
        return rolled(waits, self.MEETING, leads, now=now, closed=closed).due_at

    def test_is_followed_by_what_was_due_on_it(self) -> None:
        assert self.rolled(date(2027, 5, 26)) == datetime(2027, 5, 25, 7, tzinfo=UTC)
        assert self.rolled(date(2027, 5, 28)) == self.AGENDA.due_at

    def test_lets_be_due_at_once_what_should_have_been_due_before(self) -> None:
        assert self.rolled(date(2027, 5, 26), hour=8) == datetime(2027, 5, 25, 8, tzinfo=UTC)

    def test_leaves_what_is_due_already_and_what_was_late_from_the_start(self) -> None:
        due = replace(self.AGENDA, due_at=datetime(2027, 5, 21, 7, tzinfo=UTC))
        squeezed = replace(
            self.AGENDA, kind=K.PROVISIONAL, due_at=datetime(2027, 6, 8, 7, tzinfo=UTC)
        )

        assert self.rolled(date(2027, 5, 21), waits=due) == due.due_at
        assert self.rolled(date(2027, 5, 26), waits=squeezed) == squeezed.due_at


class TestWhatHasFallenDue:
    MEETING = a_meeting(date(2027, 6, 9))
    FINAL = Deadline(meeting=MEETING.id, kind=K.FINAL, due_at=datetime(2027, 6, 2, 7, tzinfo=UTC))

    @pytest.mark.parametrize(
        ("hours", "what"),
        [
            (1, DeadlineState.DONE),
            (14, DeadlineState.DONE),
            (16, DeadlineState.LATE),
            (24 * 6, DeadlineState.LATE),
            (24 * 7, DeadlineState.DROPPED),
        ],
    )
    def test_is_in_time_that_day_then_late_and_past_it_once_the_meeting_has_begun(
        self, hours: int, what: DeadlineState
    ) -> None:
        """MTG-21."""
        now = self.FINAL.due_at + timedelta(hours=hours)

        assert fate(self.FINAL, self.MEETING, now=now) is what

    def test_is_never_past_it_where_it_comes_after_the_meeting(self) -> None:
        draft = replace(self.FINAL, kind=K.DRAFT)

        assert fate(draft, self.MEETING, now=LONG_AGO.replace(year=2028)) is DeadlineState.LATE
