"""Facts: the bands of the yearly report, and quarters (STAT-2, STAT-4)."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts import AgeGroup, Fact, age_group, quarter

BORN = date(2008, 2, 29)


@pytest.mark.parametrize(
    ("on", "group"),
    [
        ("2018-02-27", AgeGroup.UNDER_10),
        ("2018-02-28", AgeGroup.FROM_10),
        ("2021-02-28", AgeGroup.FROM_13),
        ("2023-02-28", AgeGroup.FROM_15),
        ("2025-08-28", AgeGroup.FROM_15),
        ("2025-08-29", AgeGroup.FROM_17_HALF),
        ("2026-02-28", AgeGroup.FROM_18),
        ("2030-02-28", AgeGroup.FROM_22),
        ("2034-02-28", AgeGroup.FROM_26),
    ],
)
def test_stat_2_age_bands(on: str, group: AgeGroup) -> None:
    assert age_group(BORN, date.fromisoformat(on)) is group


def test_who_has_no_birth_date_is_in_no_band() -> None:
    assert age_group(None, date(2026, 1, 1)) is AgeGroup.UNKNOWN


@given(day=st.dates())
def test_a_quarter_is_three_months(day: date) -> None:
    year, number = quarter(day).split("-Q")

    assert int(year) == day.year
    assert 3 * int(number) - 2 <= day.month <= 3 * int(number)


def test_stat_4_a_fact_has_no_place_for_a_name_a_text_or_a_day() -> None:
    assert {each.name for each in fields(Fact)} == {
        "id",
        "kind",
        "quarter",
        "band",
        "pseudonym",
        "area",
        "level",
        "authority",
        "detail",
        "value",
    }
