"""Dates: typed in Danish, written in Danish, and which day a moment falls on."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import PATTERNS, in_danish, in_english, local_date, read_date
from domain.errors import RuleBroken
from tests.support.patterns import is_bounded

TODAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    "text",
    [
        "14.3.2010",
        "14.03.2010",
        "14-03-2010",
        "14/3-2010",
        "14/3/2010",
        "14. 3. 2010",
        "2010-03-14",
        "14. marts 2010",
        "14 marts 2010",
        "den 14. marts 2010",
        "d. 14. mar. 2010",
        "Søndag den 14. Marts 2010",
        "  14.  marts\u00a02010 ",
        "14 March 2010",
        "Sunday, 14 March 2010",
        "14.3.10",
    ],
)
def test_a_date_is_typed_in_many_ways(text: str) -> None:
    assert read_date(text, today=TODAY) == date(2010, 3, 14)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i dag", date(2026, 3, 16)),
        ("I dag", date(2026, 3, 16)),
        ("i går", date(2026, 3, 15)),
        ("igår", date(2026, 3, 15)),
        ("i forgårs", date(2026, 3, 14)),
    ],
)
def test_recent_days_have_names(text: str, day: date) -> None:
    assert read_date(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "year"), [("1.2.26", 2026), ("1.2.27", 1927), ("1.2.00", 2000), ("1.2.99", 1999)]
)
def test_two_digits_mean_the_latest_such_year_that_has_begun(text: str, year: int) -> None:
    assert read_date(text, today=TODAY).year == year


@pytest.mark.parametrize(
    "text", ["31.2.2010", "29-02-2025", "2010-13-01", "0.1.2010", "32. marts 2010", "1.1.0000"]
)
def test_a_day_that_never_was_is_impossible(text: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_date(text, today=TODAY)

    assert refusal.value.code == "date.impossible"


@pytest.mark.parametrize(
    "text",
    ["", "14", "marts 2010", "14. marz 2010", "1403201", "١٤.٣.٢٠١٠", "14.3.201", "for nylig"],
)
def test_what_is_no_date_has_the_wrong_form(text: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_date(text, today=TODAY)

    assert refusal.value.code == "date.format"


def test_a_date_is_written_with_its_weekday_first() -> None:
    assert in_danish(date(2026, 3, 16)) == "mandag 16. marts 2026"
    assert in_english(date(2026, 3, 16)) == "Monday 16 March 2026"


@given(st.dates())
def test_what_we_write_can_be_typed_back(day: date) -> None:
    assert read_date(in_danish(day), today=TODAY) == day
    assert read_date(in_english(day), today=TODAY) == day
    assert read_date(day.isoformat(), today=TODAY) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    try:
        day = read_date(text, today=TODAY)
    except RuleBroken as problem:
        said = problem.code
    else:
        said = day.isoformat()

    assert re.fullmatch(r"date\.(format|impossible)|\d{4}-\d\d-\d\d", said)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-15T22:59:00", date(2026, 3, 15)),
        ("2026-03-15T23:00:00", date(2026, 3, 16)),
        ("2026-07-15T21:59:00", date(2026, 7, 15)),
        ("2026-07-15T22:00:00", date(2026, 7, 16)),
    ],
)
def test_the_day_begins_at_midnight_in_copenhagen(moment: str, day: date) -> None:
    assert local_date(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == day


def test_a_moment_without_time_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime.fromisoformat("2026-03-15T23:00:00"))


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_ac_in_04_reading_time_grows_with_the_text_and_no_faster(pattern: re.Pattern[str]) -> None:
    assert is_bounded(pattern)
