"""Work for each night and week, shared by replicas, through crashes and sleep."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.chores import LEASE, LONGEST_PAUSE, pause_after
from storage.database import Database
from storage.vault import Vault
from tests.support.household import EVENING, NIGHTLY, WEEKLY, Household, killed

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SUNDAY_NOON = datetime(2026, 3, 1, 11, tzinfo=UTC)
MONDAY_NIGHT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # half past two in Copenhagen

MONDAY = 0  # as Python numbers the days


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[Household]:
    """Two replicas that have been here since Sunday noon."""
    vault = Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})
    databases = [Database(database_url, vault) for _ in range(2)]
    for database in databases:
        await database.open()
    household = Household(databases, now=SUNDAY_NOON)
    await household.look()
    yield household
    for database in databases:
        await database.dispose()


async def test_a_new_house_does_nothing_that_fell_due_before_its_time(house: Household) -> None:
    assert house.diary == []

    house.now = MONDAY_NIGHT
    await house.look()
    assert house.done(NIGHTLY) == ["2026-03-02"]


async def test_nothing_is_done_before_its_time(house: Household) -> None:
    house.now = MONDAY_NIGHT - timedelta(microseconds=1)
    await house.look()

    assert house.done(NIGHTLY) == []


async def test_two_replicas_at_the_same_moment_do_it_once(house: Household) -> None:
    """BER-80, MTG-21."""
    for day in range(10):
        house.now = MONDAY_NIGHT + day * DAY
        await asyncio.gather(*(replica.run() for replica in house.replicas))

    assert len(house.done(NIGHTLY)) == 10
    assert len(set(house.done(NIGHTLY))) == 10


async def test_who_starts_anew_does_not_do_it_again(house: Household) -> None:
    house.now = MONDAY_NIGHT
    await house.look()
    await house.replica(0).run()

    assert house.done(NIGHTLY) == ["2026-03-02"]


class TestWhoDiesInTheMiddle:
    async def test_is_taken_over_when_the_lease_has_passed(self, house: Household) -> None:
        """MTG-21: it is done once more, because nobody knows whether it was done."""
        house.now = MONDAY_NIGHT
        house.afterwards[NIGHTLY] = killed()
        with pytest.raises(BaseExceptionGroup):
            await house.replicas[0].run()
        house.now = MONDAY_NIGHT + LEASE - timedelta(seconds=1)
        await house.replicas[1].run()
        assert house.done(NIGHTLY) == ["2026-03-02"]

        house.now = MONDAY_NIGHT + LEASE
        await house.look()
        await house.look()
        assert house.done(NIGHTLY) == ["2026-03-02"] * 2

    async def test_and_was_only_frozen_does_not_disturb_who_took_over(
        self, house: Household
    ) -> None:
        house.now = MONDAY_NIGHT
        thaws, ends = asyncio.Event(), asyncio.Event()
        house.held[NIGHTLY] = [thaws, ends]
        frozen = asyncio.create_task(house.replicas[0].run())
        await asyncio.wait_for(house.begun.wait(), timeout=5)
        house.begun.clear()
        house.now += LEASE
        taking_over = asyncio.create_task(house.replicas[1].run())
        await asyncio.wait_for(house.begun.wait(), timeout=5)
        thaws.set()
        await frozen
        house.now += 11 * MINUTE
        assert NIGHTLY in await house.overdue()

        ends.set()
        await taking_over
        assert NIGHTLY not in await house.overdue()


class TestAChoreThatFails:
    async def test_is_tried_again_after_pauses_that_grow(
        self, house: Household, caplog: pytest.LogCaptureFixture
    ) -> None:
        house.now = MONDAY_NIGHT
        house.trouble[NIGHTLY] = [LookupError("nothing there") for _ in range(3)]
        tried: list[timedelta] = []
        while not house.done(NIGHTLY):
            left = len(house.trouble[NIGHTLY])
            await house.look()
            if len(house.trouble[NIGHTLY]) < left or house.done(NIGHTLY):
                tried.append(house.now - MONDAY_NIGHT)
            house.now += MINUTE

        assert tried == [0 * MINUTE, 1 * MINUTE, 3 * MINUTE, 7 * MINUTE]
        assert caplog.text.count("chore nightly failed for 2026-03-02") == 3

    async def test_does_not_keep_the_others_from_their_work(self, house: Household) -> None:
        house.now = MONDAY_NIGHT + 5 * HOUR
        house.trouble[NIGHTLY] = [LookupError("nothing there") for _ in range(9)]
        await house.look()

        assert sorted(house.diary) == [(EVENING, "2026-03-01"), (WEEKLY, "2026-W10")]

    async def test_is_cut_off_when_it_never_ends(self, house: Household) -> None:
        """Else its lease would pass while it runs, and two would do it side by side."""
        house.now = MONDAY_NIGHT
        house.held[NIGHTLY] = [asyncio.Event()]
        impatient = house.replica(0, at_most=timedelta(milliseconds=20))
        await asyncio.wait_for(impatient.run(), timeout=5)
        house.now += pause_after(1)
        await house.look()

        assert house.done(NIGHTLY) == ["2026-03-02"] * 2

    def test_never_waits_longer_than_an_hour(self) -> None:
        assert [pause_after(claims) / MINUTE for claims in (1, 2, 3, 6)] == [1, 2, 4, 32]
        assert pause_after(7) == pause_after(100) == LONGEST_PAUSE


class TestAMachineThatSleeps:
    @pytest.mark.parametrize(
        ("asleep_at", "evening", "night"),
        [
            (datetime(2026, 3, 28, 20, 59, tzinfo=UTC), "2026-03-28", "2026-03-29"),
            (datetime(2026, 10, 24, 19, 59, tzinfo=UTC), "2026-10-24", "2026-10-25"),
        ],
        ids=["spring", "autumn"],
    )
    async def test_nine_hours_over_a_night_of_the_clock_does_each_chore_once(
        self, house: Household, asleep_at: datetime, evening: str, night: str
    ) -> None:
        """MTG-21: no job twice, none skipped that still matters."""
        house.now = asleep_at - DAY
        await house.look()
        house.now = asleep_at
        await house.look()
        house.diary.clear()

        for _ in range(60):
            house.now = max(house.now + MINUTE, asleep_at + 9 * HOUR)
            await house.look()

        assert sorted(house.diary) == [(EVENING, evening), (NIGHTLY, night)]

    async def test_for_days_does_only_the_latest_that_still_matters(
        self, house: Household, caplog: pytest.LogCaptureFixture
    ) -> None:
        """MTG-21: what is not made up for is said."""
        house.now = datetime(2026, 3, 5, 11, tzinfo=UTC)  # Thursday noon, asleep since Sunday
        await house.look()

        assert sorted(house.diary) == [(EVENING, "2026-03-04"), (NIGHTLY, "2026-03-05")]
        assert "chore weekly: 2026-W10 was missed and matters no more" in caplog.text


class TestWhatIsOverdue:
    async def test_is_what_should_have_been_done_ten_minutes_ago(self, house: Household) -> None:
        house.now = MONDAY_NIGHT
        house.trouble[NIGHTLY] = [LookupError("nothing there") for _ in range(9)]
        await house.look()
        house.now = MONDAY_NIGHT + 10 * MINUTE
        assert not await house.overdue()

        house.now += MINUTE
        assert [*await house.overdue()] == [NIGHTLY]

    async def test_is_nothing_when_all_is_done(self, house: Household) -> None:
        for hour in range(48):
            house.now = MONDAY_NIGHT + hour * HOUR
            await house.look()
            assert not await house.overdue()

    async def test_is_not_what_matters_no_more(self, house: Household) -> None:
        house.now = MONDAY_NIGHT + 20 * HOUR
        assert NIGHTLY in await house.overdue()

        house.now += MINUTE
        assert NIGHTLY not in await house.overdue()


async def test_a_year_with_crashes_and_three_days_away_loses_and_doubles_nothing(
    house: Household,
) -> None:
    """BER-76, MTG-21: looked at every seven minutes, both nights of the clock included."""
    begin = datetime(2026, 3, 1, 23, tzinfo=UTC)  # midnight in Copenhagen
    away_from, back_at = begin + 100 * DAY + 5 * HOUR, begin + 103 * DAY + 12 * HOUR
    house.now = begin
    await house.look()
    house.diary.clear()
    for look in range(365 * DAY // (7 * MINUTE)):
        house.now = begin + look * 7 * MINUTE
        if look % 2000 == 0:
            house.trouble[[NIGHTLY, WEEKLY, EVENING][look // 2000 % 3]] = killed()
        if not away_from <= house.now < back_at:
            await house.look()

    days = {(begin + HOUR + day * DAY).date() for day in range(365)}
    missed = {
        NIGHTLY: {date(2026, 6, 11), date(2026, 6, 12)},
        EVENING: {date(2026, 6, 10), date(2026, 6, 11)},
    }
    for name, away in missed.items():
        assert sorted(house.done(name)) == sorted(str(day) for day in days - away)
    mondays = [f"{day:%G-W%V}" for day in days if day.weekday() == MONDAY]
    assert sorted(house.done(WEEKLY)) == sorted(mondays)
    assert house.deaths >= 20
