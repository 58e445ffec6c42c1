"""When a plan's deadlines and reports fall, through every change of the clocks: BER-33, BER-43."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import COPENHAGEN, local_date
from domain.errors import RuleBroken
from domain.plan_cadence import NOBODY_REPORTS, Cadence, Phase
from domain.plan_times import Anchor, Relative, Unit, When, YearDay, read_hour, read_when, resolve

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE_SPRING = datetime(2027, 3, 27, 11, 0, tzinfo=UTC)  # Saturday noon; the clocks go at two
BEFORE_AUTUMN = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)  # Saturday noon

hours = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))
relatives = st.builds(
    Relative,
    anchor=st.sampled_from(Anchor),
    count=st.integers(min_value=1, max_value=1000) | st.integers(min_value=-1000, max_value=-1),
    unit=st.sampled_from(Unit),
    at=hours,
) | st.builds(Relative, anchor=st.sampled_from(Anchor), at=hours)
year_days = st.dates(min_value=date(2027, 1, 1), max_value=date(2027, 12, 31))
whens: st.SearchStrategy[When] = relatives | st.builds(
    lambda day, at: YearDay(month=day.month, day=day.day, at=at), year_days, hours
)
instants = st.datetimes(
    min_value=datetime.combine(date(2026, 1, 1), time()),
    max_value=datetime.combine(date(2032, 1, 1), time()),
    timezones=st.just(UTC),
)


def wall(instant: datetime) -> str:
    return f"{instant.astimezone(COPENHAGEN):%d.%m. %H.%M}"


class TestAWrittenTime:
    @given(whens)
    def test_is_read_as_it_is_written(self, when: When) -> None:
        assert read_when(str(when)) == when

    @pytest.mark.parametrize(
        ("text", "when"),
        [
            ("T", Relative()),
            ("t+4 timer", Relative(count=4, unit=Unit.HOURS)),
            ("T + 1 time", Relative(count=1, unit=Unit.HOURS)),
            ("T+30minutter", Relative(count=30, unit=Unit.MINUTES)),
            ("T−21 dage kl. 12:00", Relative(count=-21, at=time(12))),
            ("S+2 dage", Relative(anchor=Anchor.END, count=2)),
            ("T+0 dage", Relative()),
            ("2. januar", YearDay(month=1, day=2)),
            ("31. december kl. 16.00", YearDay(month=12, day=31, at=time(16))),
        ],
    )
    def test_may_be_spelt_as_people_do(self, text: str, when: When) -> None:
        assert read_when(text) == when

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "plan_time.format"),
            ("snart", "plan_time.format"),
            ("T+4 kvarter", "plan_time.format"),
            ("T+ timer", "plan_time.format"),
            ("T kl. 25.00", "plan_time.impossible"),
            ("31. april", "plan_time.impossible"),
            ("29. februar", "plan_time.impossible"),  # not every year has it
            ("T+1001 dage", "plan_time.too_much"),
        ],
    )
    def test_that_cannot_be_is_refused(self, text: str, code: str) -> None:
        with pytest.raises(RuleBroken, match=code):
            read_when(text)

    def test_is_an_hour_on_the_wall_or_refused(self) -> None:
        assert read_hour("8.30") == time(8, 30)
        with pytest.raises(RuleBroken, match="impossible"):
            read_hour("")


class TestADeadline:
    """BER-33: relative becomes absolute, in Copenhagen."""

    def test_in_hours_is_so_many_hours_later_whatever_the_clocks_do(self) -> None:
        due = resolve(read_when("T+24 timer"), start=BEFORE_SPRING)

        assert due - BEFORE_SPRING == 24 * HOUR
        assert wall(due) == "28.03. 13.00"

    @pytest.mark.parametrize(
        ("start", "passed"), [(BEFORE_SPRING, 23 * HOUR), (BEFORE_AUTUMN, 25 * HOUR)]
    )
    def test_in_days_is_the_same_hour_on_the_wall(
        self, start: datetime, passed: timedelta
    ) -> None:
        due = resolve(read_when("T+1 dage"), start=start)

        assert wall(due)[-5:] == wall(start)[-5:]
        assert due - start == passed

    def test_in_the_hour_that_spring_leaves_out_is_when_the_clocks_jump(self) -> None:
        due = resolve(read_when("T+1 dage kl. 02.30"), start=BEFORE_SPRING)

        assert due == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)

    def test_in_the_hour_that_autumn_has_twice_is_the_first(self) -> None:
        due = resolve(read_when("T+1 dage kl. 02.30"), start=BEFORE_AUTUMN)

        assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    def test_in_months_stays_within_a_shorter_month(self) -> None:
        start = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)

        assert local_date(resolve(read_when("T+3 måneder"), start=start)) == date(2027, 2, 28)

    def test_on_a_day_of_the_year_is_the_nearest(self) -> None:
        start = datetime(2026, 12, 28, 11, 0, tzinfo=UTC)

        assert local_date(resolve(read_when("2. januar"), start=start)) == date(2027, 1, 2)
        assert local_date(resolve(read_when("20. december"), start=start)) == date(2026, 12, 20)

    def test_counted_from_the_last_day_follows_it(self) -> None:
        due = resolve(read_when("S+2 dage"), start=BEFORE_SPRING, end=BEFORE_SPRING + 7 * DAY)

        assert local_date(due) == date(2027, 4, 5)

    @given(relatives, instants)
    def test_always_falls_on_the_day_and_hour_that_it_says(
        self, when: Relative, start: datetime
    ) -> None:
        due = resolve(when, start=start)

        if when.unit in {Unit.DAYS, Unit.WEEKS} and when.count:
            days = when.count * (7 if when.unit is Unit.WEEKS else 1)
            assert local_date(due) == local_date(start) + days * DAY
        if when.unit in {Unit.MINUTES, Unit.HOURS} and when.at is None:
            unit = HOUR if when.unit is Unit.HOURS else timedelta(minutes=1)
            assert due - start == when.count * unit

    @given(st.integers(min_value=1, max_value=400), st.sampled_from(Unit), instants)
    def test_is_later_when_more_is_allowed(self, count: int, unit: Unit, start: datetime) -> None:
        sooner = resolve(Relative(count=count, unit=unit), start=start)

        assert start < sooner < resolve(Relative(count=count + 1, unit=unit), start=start)


class TestReports:
    """BER-43: the first day every two hours, then at ten, or as a template says."""

    START = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)

    def test_are_due_every_two_hours_and_then_each_morning(self) -> None:
        cadence = Cadence(phases=(Phase(every=2 * HOUR, lasting=1), Phase(at=(time(10),))))

        due = cadence.reports(start=self.START, end=self.START, until=self.START + 3 * DAY)

        assert due[:12] == tuple(self.START + (n + 1) * 2 * HOUR for n in range(12))
        assert [wall(each) for each in due[12:]] == ["04.11. 10.00", "05.11. 10.00"]

    def test_can_be_twice_a_day_and_weekly_later(self) -> None:
        cadence = Cadence(
            phases=(
                Phase(at=(time(10), time(16)), lasting=2),
                Phase(days=7, at=(time(10),)),
            )
        )

        due = cadence.reports(start=self.START, end=self.START, until=self.START + 20 * DAY)

        assert [wall(each) for each in due] == [
            *("02.11. 16.00", "03.11. 10.00", "03.11. 16.00", "04.11. 10.00"),
            *("11.11. 10.00", "18.11. 10.00"),
        ]

    def test_are_not_due_the_moment_a_plan_begins(self) -> None:
        ten = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)  # on the wall
        cadence = Cadence(phases=(Phase(at=(time(10),)),))

        due = cadence.reports(start=ten, end=ten, until=ten + 2 * DAY)

        assert due == (ten + DAY, ten + 2 * DAY)

    def test_can_be_at_single_moments(self) -> None:
        cadence = Cadence(moments=(read_when("S kl. 12.00"), read_when("T kl. 20.00")))

        due = cadence.reports(
            start=self.START, end=self.START + 4 * DAY, until=self.START + 9 * DAY
        )

        assert [wall(each) for each in due] == ["02.11. 20.00", "06.11. 12.00"]

    def test_are_asked_of_nobody_where_the_template_says_so(self) -> None:
        assert NOBODY_REPORTS.reports(start=self.START, end=self.START, until=self.START) == ()

    @given(instants, st.integers(min_value=1, max_value=30), st.integers(min_value=1, max_value=9))
    def test_never_fall_outside_the_plan_nor_twice(
        self, start: datetime, days: int, every: int
    ) -> None:
        cadence = Cadence(
            phases=(Phase(every=every * HOUR, lasting=1), Phase(days=every, at=(time(2, 30),)))
        )
        until = start + days * DAY

        due = cadence.reports(start=start, end=start, until=until)

        assert list(due) == sorted(set(due))
        assert all(start < each <= until for each in due)
