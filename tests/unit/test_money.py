"""Money: typed as Danes type it, and whole øre ever after."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.money import PATTERNS, in_kroner, read_kroner
from tests.support.patterns import is_bounded


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12.500", 1_250_000),
        ("12500", 1_250_000),
        ("12 500 kr.", 1_250_000),
        ("kr. 1.000,-", 100_000),
        ("1.000,--", 100_000),
        ("99,5", 9_950),
        ("99,05 kr", 9_905),
        ("300.000,00 kroner", 30_000_000),
        ("DKK 7", 700),
        ("1.234.567,89", 123_456_789),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_danes_write_it(typed: str, amount: int) -> None:
    """EFF-7: money in whole øre."""
    assert read_kroner(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "tolv", "12.50", "1.2.3", "12,500", "-5", "1e3", "12.5000", "1 2", "5 €", "1,2,3"],
)
def test_what_could_be_another_amount_is_not_guessed_at(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_kroner(typed)

    assert refused.value.code == "money.format"


@given(st.integers(min_value=0, max_value=99_999_999_999))
def test_an_amount_is_read_again_as_it_is_written(amount: int) -> None:
    assert read_kroner(in_kroner(amount)) == amount


def test_less_than_nothing_is_written_with_its_sign() -> None:
    assert in_kroner(-1_250_050) == "-12.500,50 kr."


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_text_takes_long(pattern: re.Pattern[str]) -> None:
    assert is_bounded(pattern)
