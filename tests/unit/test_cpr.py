"""CPR numbers: the rules and vectors of concern.md §4.4 and §4.7.5. Every number is made up."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cpr import PATTERNS, CprKind, find_cpr_like, mask_cprs, masked, read_cpr
from domain.errors import RuleBroken
from tests.support.patterns import is_bounded

TODAY = date(2026, 3, 16)
LATER = date(2060, 1, 1)  # so that numbers nobody has been given can be read


def refused(text: str, *, today: date = LATER) -> str:
    with pytest.raises(RuleBroken) as refusal:
        read_cpr(text, today=today)
    assert not refusal.value.facts
    assert not re.search("[0-9]", str(refusal.value))
    return refusal.value.code


def outcome(text: str) -> str:
    try:
        return read_cpr(text, today=TODAY).number
    except RuleBroken as problem:
        return problem.code


@pytest.mark.parametrize(
    "text",
    [
        "1503415018",
        "150341-5018",
        "150341 5018",
        " 150341 - 5018 ",
        "150341–5018",
        "150341—5018",
        "15 03 41 50 18",
        "150341\u00a05018",
    ],
)
def test_rule_1_spaces_and_dashes_are_as_people_like(text: str) -> None:
    cpr = read_cpr(text, today=LATER)

    assert (cpr.number, cpr.kind, cpr.born) == ("1503415018", CprKind.NORMAL, date(2041, 3, 15))


@pytest.mark.parametrize(
    "text",
    ["15034150A1", "١٥٠٣٤١٥٠١٨", "150341501", "15034150181", "", "15/03/41-5018", "ved ikke"],
)
def test_rule_1_anything_else_has_the_wrong_form(text: str) -> None:
    assert refused(text) == "cpr.format"


def test_rule_1_an_en_dash_is_fine() -> None:
    assert read_cpr("150341–5000", today=LATER).number == "1503415000"


def test_rule_2_a_replacement_number_carries_a_provisional_birth_date() -> None:
    cpr = read_cpr("7503115000", today=TODAY)

    assert (cpr.kind, cpr.born) == (CprKind.REPLACEMENT, date(2011, 3, 15))


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("0101364003", 2036),
        ("0101374000", 1937),
        ("0101575000", 2057),
        ("0101585000", 1858),
        ("0101369000", 2036),
        ("0101370000", 1937),
        ("0101993000", 1999),
    ],
)
def test_rule_3_the_seventh_digit_tells_the_century(text: str, year: int) -> None:
    assert read_cpr(text, today=LATER).born.year == year


@pytest.mark.parametrize("text", ["2902415000", "3102505000", "3201993000", "0000000000"])
def test_rule_4_an_impossible_day_is_refused(text: str) -> None:
    assert refused(text) == "cpr.date"


def test_rule_4_a_leap_day_is_a_day() -> None:
    assert read_cpr("2902405006", today=LATER).born == date(2040, 2, 29)


def test_rule_4_nobody_is_born_in_the_future() -> None:
    assert refused("1503415018", today=TODAY) == "cpr.future"


def test_rule_4_somebody_is_born_today() -> None:
    assert read_cpr("1503415018", today=date(2041, 3, 15)).check_digit_ok


@pytest.mark.parametrize(
    ("text", "ok"), [("1503415018", True), ("1503415000", False), ("2902405006", True)]
)
def test_rule_4_a_check_digit_that_does_not_fit_is_only_a_hint(text: str, *, ok: bool) -> None:
    assert read_cpr(text, today=LATER).check_digit_ok is ok


@given(
    st.dates(date(1937, 1, 1), date(1999, 12, 31)),
    st.integers(0, 3999),
    st.sampled_from([0, 60]),
)
def test_rule_4_no_number_with_a_possible_day_is_ever_refused(
    born: date, serial: int, added_to_day: int
) -> None:
    day = born.day + added_to_day
    number = f"{day:02}{born:%m%y}{serial:04}"

    cpr = read_cpr(number, today=TODAY)

    assert (cpr.number, cpr.born) == (number, born)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_one_of_three_reasons(text: str) -> None:
    assert re.fullmatch(r"cpr\.(format|date|future)|[0-9]{10}", outcome(text))


def test_rule_7_only_the_birth_date_is_shown() -> None:
    assert masked("1503415018") == "150341-••••"


def test_rule_7_a_number_does_not_slip_out_when_the_value_is_printed() -> None:
    printed = repr(read_cpr("1503415018", today=LATER))

    assert "150341" not in printed
    assert "5018" not in printed
    assert "2041" not in printed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cpr 750311-5000", "750311-5000"),
        ("3102505000 ligner", "3102505000"),
        ("hun hedder Ida, 150341–5018.", "150341–5018"),
        ("(150341 - 5018)", "150341 - 5018"),
        ("sagen er 1503415018", "1503415018"),
    ],
)
def test_hint_5_the_shape_of_a_number_is_found(text: str, found: str) -> None:
    assert [text[start:end] for start, end in find_cpr_like(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "tlf 33 66 15 80",
        "sag 2024-0012345678",
        "sag 2024-1503415018",
        "EAN 5790000000000",
        "9203415018",
        "1513415018",
        "15.03.2041",
    ],
)
def test_hint_5_other_numbers_are_left_alone(text: str) -> None:
    assert find_cpr_like(text) == ()


def test_masking_leaves_the_rest_of_the_text_as_it_was() -> None:
    text = "Ida (150341-5018) og Bo, cpr 7503115000, tlf 33 66 15 80"

    assert mask_cprs(text) == "Ida (150341-••••) og Bo, cpr 750311-••••, tlf 33 66 15 80"


@given(st.text("0123456789- –aæ\n", max_size=60))
def test_after_masking_nothing_looks_like_a_number(text: str) -> None:
    assert find_cpr_like(mask_cprs(text)) == ()


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_ac_in_04_reading_time_grows_with_the_text_and_no_faster(pattern: re.Pattern[str]) -> None:
    assert is_bounded(pattern)


@pytest.mark.parametrize("piece", ["1", "15", "150341-", "150341 - ", "1503415018", "é-–"])
def test_ac_in_04_a_very_long_text_is_no_trouble(piece: str) -> None:
    text = piece * (100_000 // len(piece))

    assert len(mask_cprs(text)) >= len(text) - len(text) // 8
