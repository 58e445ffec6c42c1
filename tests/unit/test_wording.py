"""Warnings in free text: concern.md §4.3. Every name and number is made up."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.wording import LONG, PATTERNS, Kind, wording
from tests.support.patterns import is_bounded


def warned(text: str) -> list[tuple[Kind, str]]:
    return [(each.kind, text[slice(*each.span)]) for each in wording(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Han går i 8. klasse og har meget fravær. Set ved stationen kl. 22.30 den 14.03.2026.",
        "Hans bror var med. Den ældste bror er set der før.",
        "Faglærer og UU-vejleder har talt med hans mor om SSP.",
        "Journalnummer 2024-00123456 i fagsystemet.",
        "PPR, AKT og SSP er med.",
        "Hun er god til dansk og matematik.",
        "",
    ],
)
def test_an_observation_is_not_warned_about(text: str) -> None:
    assert warned(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("cpr 150341-5018 står her", Kind.CPR, "150341-5018"),
        ("bor Testvej 12 i Valby", Kind.ADDRESS, "Testvej 12"),
        ("ses ved Sankt Eksempels Plads 4", Kind.ADDRESS, "Sankt Eksempels Plads 4"),
        ("ring 33 66 15 80.", Kind.CONTACT, "33 66 15 80"),
        ("ring 33661580", Kind.CONTACT, "33661580"),
        ("ring +45 33 66 15 80", Kind.CONTACT, "+45 33 66 15 80"),
        ("skriv til ida.holm@example.dk i dag", Kind.CONTACT, "ida.holm@example.dk"),
        ("hans bror Ali Holm var med", Kind.RELATIVE, "bror Ali Holm"),
        ("storesøster, Ida, var med", Kind.RELATIVE, "storesøster, Ida"),
        ("Hans mor hedder Ida Holm", Kind.RELATIVE, "mor hedder Ida Holm"),
        ("med Ida-Marie Holm (hans kusine)", Kind.RELATIVE, "Ida-Marie Holm (hans kusine"),
        ("flere indvandrerdrenge", Kind.BACKGROUND, "indvandrerdrenge"),
        ("de er Muslimer", Kind.BACKGROUND, "Muslimer"),
        ("han er BALLADE hele tiden", Kind.LABEL, "BALLADE"),
        ("han er bandemedlem", Kind.LABEL, "bandemedlem"),
        ("den Kriminelle dreng", Kind.LABEL, "Kriminelle"),
    ],
)
def test_what_does_not_belong_is_pointed_at(text: str, kind: Kind, found: str) -> None:
    assert warned(text) == [(kind, found)]


def test_a_text_is_long_after_2000_characters() -> None:
    assert warned("a" * LONG) == []
    assert warned("a" * LONG + "bc") == [(Kind.LONG, "bc")]


def test_a_cpr_number_is_not_taken_for_a_phone_number() -> None:
    assert warned("1503415018 og 150341 5018") == [
        (Kind.CPR, "1503415018"),
        (Kind.CPR, "150341 5018"),
    ]


@given(st.text(max_size=200))
def test_any_text_is_looked_through_and_none_refused(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in (w.span for w in wording(text)))


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:30])
def test_ac_in_04_reading_time_grows_with_the_text_and_no_faster(pattern: re.Pattern[str]) -> None:
    assert is_bounded(pattern)


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "12 ", "a.", "a@", "a@a.", "Aa", "Aa ", "Aa-", "bror ", "bror hedder ", "A", " "],
)
def test_ac_in_04_a_very_long_text_is_no_trouble(piece: str) -> None:
    text = piece * (100_000 // len(piece))

    assert Kind.LONG in {each.kind for each in wording(text)}
