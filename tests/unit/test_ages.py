"""Ages and bands: the vectors of domain.md §4, and invariant 8 of §15."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ages import (
    BOUNDARIES,
    AgeBand,
    add_months,
    age_band,
    age_months,
    age_years,
)
from domain.errors import RuleBroken

BIRTHS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
LATER = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=40_000))

RANK = [
    AgeBand.UNDER_10,
    AgeBand.SSP,
    AgeBand.SSP_TRANSITION,
    AgeBand.SSP_PLUS_AGE,
    AgeBand.OVER,
]


@pytest.mark.parametrize(
    ("dob", "on", "band"),
    [
        ("2010-02-28", "2020-02-27", AgeBand.UNDER_10),
        ("2010-02-28", "2020-02-28", AgeBand.SSP),
        ("2009-08-31", "2027-02-27", AgeBand.SSP),
        ("2009-08-31", "2027-02-28", AgeBand.SSP_TRANSITION),
        ("2008-02-29", "2026-02-27", AgeBand.SSP_TRANSITION),
        ("2008-02-29", "2026-02-28", AgeBand.SSP_PLUS_AGE),
        ("2008-05-31", "2025-11-29", AgeBand.SSP),
        ("2008-05-31", "2025-11-30", AgeBand.SSP_TRANSITION),
        ("2000-11-23", "2026-11-22", AgeBand.SSP_PLUS_AGE),
        ("2000-11-22", "2026-11-22", AgeBand.OVER),
        ("2008-11-22", "2026-11-22", AgeBand.SSP_PLUS_AGE),
        ("2009-05-22", "2026-11-22", AgeBand.SSP_TRANSITION),
        ("2009-05-23", "2026-11-22", AgeBand.SSP),
        ("2016-11-22", "2026-11-22", AgeBand.SSP),
        ("2016-11-23", "2026-11-22", AgeBand.UNDER_10),
    ],
)
def test_age_2_vectors(dob: str, on: str, band: AgeBand) -> None:
    assert age_band(date.fromisoformat(dob), date.fromisoformat(on)) is band


def test_nobody_is_younger_than_not_born() -> None:
    with pytest.raises(RuleBroken) as refusal:
        age_band(date(2026, 11, 23), date(2026, 11, 22))

    assert refusal.value.code == "date.future"


def test_without_a_date_of_birth_the_band_is_unknown() -> None:
    assert age_band(None, date(2026, 11, 22)) is AgeBand.UNKNOWN


def test_the_boundaries_are_configuration() -> None:
    to_25 = age_band(date(2000, 11, 23), date(2026, 11, 22), months=(120, 210, 216, 300))

    assert to_25 is AgeBand.OVER


@pytest.mark.parametrize(
    ("dob", "on", "years"),
    [
        ("2010-03-14", "2026-03-13", 15),
        ("2010-03-14", "2026-03-14", 16),
        ("2008-02-29", "2026-02-27", 17),
        ("2008-02-29", "2026-02-28", 18),
        ("2026-03-16", "2026-03-16", 0),
    ],
)
def test_a_year_is_counted_on_the_birthday(dob: str, on: str, years: int) -> None:
    assert age_years(date.fromisoformat(dob), date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        ("2008-05-31", 210, "2025-11-30"),
        ("2008-02-29", 216, "2026-02-28"),
        ("2008-02-29", 240, "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_age_2_a_month_without_the_day_ends_on_its_last(day: str, n: int, then: str) -> None:
    assert add_months(date.fromisoformat(day), n) == date.fromisoformat(then)


@given(BIRTHS, LATER)
def test_invariant_8_the_band_is_total_and_changes_only_on_the_boundary_dates(
    dob: date, later: timedelta
) -> None:
    on = dob + later

    passed = sum(add_months(dob, n) <= on for n in BOUNDARIES)

    assert age_band(dob, on) is RANK[passed]


@given(BIRTHS, LATER, LATER)
def test_invariant_8_nobody_grows_younger(dob: date, one: timedelta, other: timedelta) -> None:
    sooner, later = sorted([dob + one, dob + other])

    assert RANK.index(age_band(dob, sooner)) <= RANK.index(age_band(dob, later))


@given(st.dates(), st.dates())
def test_invariant_8_any_two_days_give_a_band_or_the_one_refusal(dob: date, on: date) -> None:
    if dob > on:
        with pytest.raises(RuleBroken):
            age_band(dob, on)
    else:
        assert age_band(dob, on) in RANK


@given(BIRTHS, LATER)
def test_whole_months_are_the_months_that_can_be_added(dob: date, later: timedelta) -> None:
    months = age_months(dob, dob + later)

    assert add_months(dob, months) <= dob + later < add_months(dob, months + 1)
