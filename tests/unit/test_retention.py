"""How long what is kept is kept, reckoned from the last relevant event (AC-DATA-01)."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ages import add_months
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.retention import PREVIEW, Listing, Remains, Retention, must_be_ripe

CASE = UUID(int=1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RETENTION = Retention()

moments = st.datetimes(
    min_value=datetime.combine(date(2020, 1, 1), time()),
    max_value=datetime.combine(date(2040, 1, 1), time()),
    timezones=st.just(UTC),
)
levels = st.sampled_from([None, 1, 2, 3, 4])


def remains(*, last_event_at: datetime = NOON, held: bool = False) -> Remains:
    return Remains(
        case=CASE,
        subjects=frozenset(),
        cases=frozenset({CASE}),
        level=1,
        last_event_at=last_event_at,
        held=held,
    )


def listing(
    *, listed_at: datetime = NOON, last_event_at: datetime = NOON, due: date = date(2026, 3, 2)
) -> Listing:
    return Listing(case=CASE, listed_at=listed_at, last_event_at=last_event_at, due_on=due)


class TestThePeriod:
    @pytest.mark.parametrize(
        ("level", "due"),
        [
            (None, date(2027, 3, 2)),
            (1, date(2027, 3, 2)),
            (2, date(2028, 3, 2)),
            (3, date(2031, 3, 2)),
            (4, date(2031, 3, 2)),
        ],
    )
    def test_goes_by_the_level(self, level: int | None, due: date) -> None:
        assert RETENTION.due_on(level=level, last_event_at=NOON) == due

    def test_can_be_set(self) -> None:
        short = Retention(closed=Retention.closed_for("6,7,8"))

        assert short.due_on(level=4, last_event_at=NOON) == date(2026, 11, 2)

    @given(moments, levels)
    def test_is_never_due_before_it_could_have_been_found(
        self, last_event_at: datetime, level: int | None
    ) -> None:
        """Who looks for what has been quiet for the shortest time misses nothing."""
        due = RETENTION.due_on(level=level, last_event_at=last_event_at)
        listed_from = due - PREVIEW

        assert listed_from >= local_date(last_event_at + RETENTION.shortest)
        assert due >= add_months(local_date(last_event_at), 12)


class TestRipeness:
    def test_takes_the_day_and_two_weeks_on_the_list(self) -> None:
        late = listing(listed_at=NOON, due=date(2026, 3, 1))
        early = listing(listed_at=NOON, due=date(2026, 6, 1))

        assert late.ripe_on == date(2026, 3, 16)
        assert early.ripe_on == date(2026, 6, 1)

    def test_lets_go_on_the_day_and_not_before(self) -> None:
        ripe = listing().ripe_on

        assert must_be_ripe(remains(), listing(), today=ripe) == (remains(), listing())
        with pytest.raises(RuleBroken, match="too_early"):
            must_be_ripe(remains(), listing(), today=ripe - timedelta(days=1))

    @pytest.mark.parametrize(
        ("kept", "listed", "code"),
        [
            (None, listing(), "release.running"),
            (remains(held=True), listing(), "release.held"),
            (remains(), None, "release.not_listed"),
            (
                remains(last_event_at=NOON + timedelta(microseconds=1)),
                listing(),
                "release.not_listed",
            ),
        ],
    )
    def test_is_refused(self, kept: Remains | None, listed: Listing | None, code: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            must_be_ripe(kept, listed, today=date(2040, 1, 1))

        assert refused.value.code == code
