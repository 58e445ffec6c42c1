"""Which night and which week work is due for, through every day from 2024 to 2035."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.dates import COPENHAGEN
from domain.periods import (
    Daily,
    Hourly,
    Monthly,
    Period,
    Recurring,
    Weekday,
    Weekly,
    WorkingWeekly,
    moment,
)

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FIRST, LAST = date(2024, 1, 1), date(2035, 12, 31)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
JUMPS = [
    date(2024, 3, 31),
    date(2024, 10, 27),
    date(2028, 3, 26),
    date(2028, 10, 29),
    SPRING,
    AUTUMN,
    date(2035, 3, 25),
    date(2035, 10, 28),
]

days = st.dates(min_value=FIRST, max_value=LAST)
times = st.times()
weekdays = st.sampled_from(Weekday)
recurring: st.SearchStrategy[Recurring] = (
    st.builds(Hourly, minute=st.integers(min_value=0, max_value=59))
    | st.builds(Daily, at=times)
    | st.builds(Weekly, day=weekdays, at=times)
    | st.builds(Monthly, at=times)
)
instants = st.datetimes(
    min_value=datetime.combine(FIRST, time()),
    max_value=datetime.combine(LAST, time()),
    timezones=st.just(UTC),
)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def every_day() -> Iterator[date]:
    return (FIRST + DAY * number for number in range((LAST - FIRST).days + 1))


def seen(when: Recurring, begin: datetime, end: datetime, *, step: timedelta) -> list[Period]:
    """List the periods that somebody sees who looks at the clock again and again."""
    periods = [when.latest(begin)]
    now = begin
    while (now := now + step) <= end:
        if (latest := when.latest(now)) != periods[-1]:
            periods.append(latest)
    return periods


class TestAnOrdinaryDay:
    @pytest.mark.parametrize(
        ("now", "key"),
        [
            (utc(2026, 3, 2, 2, 16), "2026-03-01"),
            (utc(2026, 3, 2, 2, 17), "2026-03-02"),
            (utc(2026, 3, 2, 22, 59), "2026-03-02"),
            (utc(2026, 7, 1, 1, 17), "2026-07-01"),
            (utc(2026, 6, 30, 22, 30), "2026-06-30"),
        ],
    )
    def test_begins_when_the_clock_in_copenhagen_says_so(self, now: datetime, key: str) -> None:
        assert Daily(at=time(3, 17)).latest(now).key == key

    def test_says_when_it_was_due(self) -> None:
        period = Daily(at=time(3, 17)).latest(utc(2026, 3, 2, 12))

        assert period == Period(key="2026-03-02", due_at=utc(2026, 3, 2, 2, 17))


class TestAWeek:
    @pytest.mark.parametrize(
        ("now", "key"),
        [
            (utc(2026, 3, 30, 4, 59), "2026-W13"),
            (utc(2026, 3, 30, 5, 0), "2026-W14"),
            (utc(2026, 4, 5, 21, 59), "2026-W14"),
            (utc(2027, 1, 3, 12), "2026-W53"),
            (utc(2027, 1, 4, 5, 59), "2026-W53"),
            (utc(2027, 1, 4, 6), "2027-W01"),
            (utc(2025, 1, 1, 12), "2025-W01"),
        ],
    )
    def test_begins_on_its_day_and_is_named_as_iso_names_it(self, now: datetime, key: str) -> None:
        assert Weekly(day=Weekday.MONDAY, at=time(7)).latest(now).key == key


class TestAWorkingWeek:
    @pytest.mark.parametrize(
        ("now", "key"),
        [
            (utc(2026, 3, 30, 5, 19), "2026-W13"),
            (utc(2026, 3, 30, 5, 20), "2026-W14"),
            (utc(2026, 4, 6, 12), "2026-W14"),  # Easter Monday
            (utc(2026, 4, 7, 5, 20), "2026-W15"),
            (utc(2026, 4, 12, 12), "2026-W15"),
            (utc(2027, 1, 1, 12), "2026-W53"),
        ],
    )
    def test_begins_on_its_first_working_day(self, now: datetime, key: str) -> None:
        assert WorkingWeekly(at=time(7, 20)).latest(now).key == key


class TestAMonth:
    @pytest.mark.parametrize(
        ("now", "key"),
        [
            (utc(2026, 4, 1, 5, 59), "2026-03"),
            (utc(2026, 4, 1, 6), "2026-04"),  # a Wednesday
            (utc(2026, 3, 1, 12), "2026-02"),  # a Sunday
            (utc(2026, 3, 2, 7), "2026-03"),
            (utc(2027, 1, 3, 12), "2026-12"),  # New Year's Day, and a weekend
            (utc(2027, 1, 4, 7), "2027-01"),
        ],
    )
    def test_begins_on_its_first_working_day(self, now: datetime, key: str) -> None:
        assert Monthly(at=time(8)).latest(now).key == key


class TestTheNightsWhenTheClockIsMoved:
    """MTG-21: what belongs to the missing hour is done, what belongs to the doubled one once."""

    @pytest.mark.parametrize("at", [time(2, 0), time(2, 30), time(2, 59, 59), time(3, 0)])
    def test_in_spring_what_is_jumped_over_falls_due_at_the_jump(self, at: time) -> None:
        assert moment(SPRING, at) == utc(2026, 3, 29, 1)

    def test_in_spring_what_comes_before_and_after_stays_where_it_was(self) -> None:
        assert moment(SPRING, time(1, 59)) == utc(2026, 3, 29, 0, 59)
        assert moment(SPRING, time(3, 1)) == utc(2026, 3, 29, 1, 1)

    @pytest.mark.parametrize(
        ("at", "due_at"),
        [
            (time(1, 59), utc(2026, 10, 24, 23, 59)),
            (time(2, 0), utc(2026, 10, 25, 0)),
            (time(2, 30), utc(2026, 10, 25, 0, 30)),
            (time(3, 0), utc(2026, 10, 25, 2)),
        ],
    )
    def test_in_autumn_what_comes_twice_falls_due_the_first_time(
        self, at: time, due_at: datetime
    ) -> None:
        assert moment(AUTUMN, at) == due_at

    @pytest.mark.parametrize("day", JUMPS, ids=str)
    @pytest.mark.parametrize("at", [time(0), time(1, 59), time(2), time(2, 30), time(3, 17)])
    def test_each_day_is_seen_once_by_who_looks_every_minute(self, day: date, at: time) -> None:
        begin = moment(day, time(0)) - HOUR
        periods = seen(Daily(at=at), begin, begin + 23 * HOUR, step=MINUTE)

        assert [each.key for each in periods] == [str(day - DAY), str(day)]
        assert periods[0].due_at < periods[1].due_at

    @pytest.mark.parametrize("day", JUMPS, ids=str)
    def test_a_sunday_in_the_jump_belongs_to_its_week_once(self, day: date) -> None:
        when = Weekly(day=Weekday.SUNDAY, at=time(2, 30))
        begin = moment(day, time(0)) - HOUR
        year, week, _ = day.isocalendar()

        assert len(seen(when, begin, begin + 28 * HOUR, step=MINUTE)) == 2
        assert when.latest(begin + 28 * HOUR).key == f"{year}-W{week:02}"


class TestTwelveYears:
    @pytest.mark.parametrize("at", [time(0), time(2), time(2, 30), time(3, 17), time(23, 59)])
    def test_have_one_run_for_each_day_and_they_follow_each_other(self, at: time) -> None:
        """MTG-21: none skipped, none twice; leap days and both nights of the clock included."""
        periods = [Daily(at=at).latest(moment(day, at)) for day in every_day()]

        assert [each.key for each in periods] == [day.isoformat() for day in every_day()]
        assert all(before.due_at < after.due_at for before, after in pairwise(periods))

    @pytest.mark.parametrize("day", Weekday)
    def test_have_one_run_for_each_week(self, day: Weekday) -> None:
        """MTG-21: years of 53 weeks (2026, 2032) included."""
        when = Weekly(day=day, at=time(2, 30))
        noon = utc(2024, 1, 7, 12)
        periods = [when.latest(noon + 7 * DAY * number) for number in range(12 * 52 + 2)]

        assert len({each.key for each in periods}) == len(periods)
        assert {"2026-W53", "2032-W53"} <= {each.key for each in periods}
        assert all(
            timedelta(days=6, hours=23)
            <= after.due_at - before.due_at
            <= timedelta(days=7, hours=1)
            for before, after in pairwise(periods)
        )


class TestWhatever:
    @given(when=recurring, now=instants)
    @example(when=Daily(at=time(2, 30)), now=utc(2026, 3, 29, 1))
    @example(when=Daily(at=time(2, 30)), now=utc(2026, 10, 25, 1, 30))
    def test_the_hour_is_the_latest_period_has_come_and_lasts_until_the_next(
        self, when: Recurring, now: datetime
    ) -> None:
        latest = when.latest(now)

        assert latest.due_at <= now
        assert when.latest(latest.due_at) == latest
        assert when.latest(latest.due_at - timedelta(microseconds=1)).due_at < latest.due_at

    @given(when=recurring, now=instants, later=st.timedeltas(timedelta(0), timedelta(days=30)))
    def test_the_pause_between_two_looks_is_periods_follow_each_other(
        self, when: Recurring, now: datetime, later: timedelta
    ) -> None:
        before, after = when.latest(now), when.latest(now + later)

        assert before == after or (before.due_at < after.due_at and before.key < after.key)

    @given(day=days, at=times)
    def test_the_time_is_it_falls_due_when_clocks_first_show_it_or_are_past_it(
        self, day: date, at: time
    ) -> None:
        due_at = moment(day, at)
        just_before = due_at - timedelta(microseconds=1)

        assert _shown(due_at) >= datetime.combine(day, at)
        assert _shown(just_before) < datetime.combine(day, at)


def _shown(instant: datetime) -> datetime:
    return instant.astimezone(COPENHAGEN).replace(tzinfo=None)


class TestAnHour:
    def test_falls_due_once_though_clocks_in_copenhagen_show_it_twice_or_never(self) -> None:
        for day in JUMPS:
            begin = datetime.combine(day, time(), tzinfo=UTC)
            periods = seen(Hourly(minute=7), begin, begin + DAY, step=MINUTE)

            assert [each.due_at for each in periods] == [
                begin + number * HOUR + timedelta(minutes=7) for number in range(-1, 24)
            ]
            assert len({each.key for each in periods}) == 25

    def test_is_named_in_utc(self) -> None:
        assert Hourly(minute=7).latest(utc(2026, 3, 29, 1, 6)).key == "2026-03-29T00Z"
        assert Hourly(minute=7).latest(utc(2026, 3, 29, 1, 7)).key == "2026-03-29T01Z"
