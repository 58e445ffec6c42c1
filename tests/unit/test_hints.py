"""Hints: the rules and vectors of concern.md §4.7."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.areas import AREAS
from domain.hints import AGES, PATTERNS, Hint, Hints, hints
from domain.letters import PATTERNS as LETTERS
from domain.lexicon import NUMBERS
from tests.support.patterns import is_bounded


def age(text: str) -> float | str | None:
    hint = hints(text).age
    return "ask" if hint.is_ambiguous else hint.value


def level(text: str) -> int | None:
    return hints(text).level.value


def area(text: str) -> str | None:
    hint = hints(text).area
    return "ask" if hint.is_ambiguous else hint.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14-årig dreng på Ydre Nørrebro har meget fravær.", 14),
        ("En 16 årig pige og tre 15-årige", "ask"),
        ("15-16-årige ved Islands Brygge", "ask"),
        ("14/15 år", "ask"),
        ("drenge på 14 og 15 år", "ask"),
        ("Det skete for 2 år siden, han er 15 år", 15),
        ("Har i 10 år boet i Valby", None),
        ("17½-årig", 17.5),
        ("17,5 år gammel", 17.5),
        ("17 1/2 år", 17.5),
        ("en sekstenårig pige", 16),
        ("16årig", 16),
        ("ca. 16 år", 16),
        ("2 år", None),
        ("116 år", None),
    ],
)
def test_hint_2_age_vectors(text: str, value: float | str | None) -> None:
    assert age(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14-årig dreng på Ydre Nørrebro har meget fravær.", 1),
        ("Han har ikke begået røveri, men er sigtet for hærværk", 2),
        ("Ikke set med kniv. Har mange udeblivelser", 1),
        ("Ingen fravær", None),
        ("Blev overfaldet af andre unge", None),
        ("Han blev groft overfaldet", None),
        ("Der går rygter om våben", None),
        ("Vi er bange for at han har kniv", None),
        ("Storebror er sigtet for røveri", None),
        ("Han overfaldt en jævnaldrende", 4),
        ("sigtet for røveri", 4),
        ("er sigtet flere gange", 3),
        ("medlem af en bande", 3),
        ("ses i bandemiljø", 2),
    ],
)
def test_hint_4_level_vectors(text: str, value: int | None) -> None:
    assert level(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14-årig dreng på Ydre Nørrebro har meget fravær.", "YNB"),
        ("15-16-årige ved Islands Brygge", "ISB"),
        ("14/15 år", None),
        ("Har i 10 år boet i Valby", "VAL"),
        ("bor på Nørrebro", "ask"),
        ("bor på Amager", "ask"),
        ("går i skole i Valby, bor i Vanløse", "ask"),
    ],
)
def test_hint_3_area_vectors(text: str, value: str | None) -> None:
    assert area(text) == value


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("cpr 750311-5000", True),
        ("3102505000 ligner", True),
        ("tlf 33 66 15 80", False),
        ("sag 2024-0012345678", False),
        ("sag 2024-1503415018", False),
        ("EAN 5790000000000", False),
    ],
)
def test_hint_5_cpr_vectors(text: str, *, flagged: bool) -> None:
    assert bool(hints(text).cpr_like) is flagged


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Vi er bekymrede for 14 år gammel pige", 14),
        ("han er lige fyldt fjorten år", 14),
        ("en dreng på 14 som ryger hash", 14),
        ("en pige på 15.", 15),
        ("en pige på 15 minutter", 15),
        ("17 og et halvt år", 17.5),
        ("i 14-års alderen", 14),
        ("en 13, 14 og 15 år gammel flok", "ask"),
        ("15- og 16-årige", "ask"),
        ("en 15-årig og senere igen den 15-årige", 15),
        ("gennem de sidste 10 år", None),
        ("for 10-12 år siden", None),
        ("gik i skole i 2010 år", None),
        ("risikerer 12 års fængsel", None),
        ("16-A\u030arig", 16),
    ],
)
def test_hint_2_ages_people_write_about(text: str, value: float | str | None) -> None:
    assert age(text) == value


@pytest.mark.parametrize(("word", "number"), NUMBERS.items())
def test_hint_2_number_words(word: str, number: int) -> None:
    assert age(f"en {word}årig dreng") == number


def test_hint_2_an_ambiguous_age_shows_what_was_read() -> None:
    hint = hints("drenge på 14 og 15 år").age

    assert hint.value is None
    assert hint.options == (14, 15)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hun er udsat for chikane", None),
        ("Han er blevet truet med kniv", None),
        ("Han er set med sin far, bærer kniv", 4),
        ("Han er sigtet for hærværk flere gange", 3),
        ("Han er sigtet for røveri flere gange", 4),
        ("Mistanke om røveri", None),
        ("Begået gaderøveri", 4),
        ("Knivede spørgsmål", None),
        ("Har stjålet i kiosken; slår andre", 2),
        ("UDEBLIVELSER", 1),
    ],
)
def test_hint_4_what_people_write_about_acts(text: str, value: int | None) -> None:
    assert level(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("bor på ydre  nørrebro", "YNB"),
        ("Valbys unge", "VAL"),
        ("bor på Nørrebro, nærmere bestemt Ydre Nørrebro", "YNB"),
        ("bor på Nørrebro, går i klub i Valby", "ask"),
        ("Brønshøj/Bellahøj", "BRO"),
        ("hun hedder Valbyrg", None),
        ("B\u0130SPEBJERG", "BIS"),
    ],
)
def test_hint_3_places_people_write_about(text: str, value: str | None) -> None:
    assert area(text) == value


def test_the_matched_words_are_shown_as_they_were_written() -> None:
    found = hints("En 14-ÅRIG på  Ydre Nørrebro har Fravær, pjækker og mobber")

    assert found.age.words == ("14-ÅRIG",)
    assert found.area.words == ("Ydre Nørrebro",)
    assert found.level.words == ("Fravær", "pjækker", "mobber")


def test_the_matched_words_are_found_again_after_a_letter_that_grows() -> None:
    found = hints("\u0130brahim og \u0049\u0307da, 14-årig fra Valby, har Fravær")

    assert found.age.words == ("14-årig",)
    assert found.area.words == ("Valby",)
    assert found.level.words == ("Fravær",)


def test_nothing_found_is_nothing_suggested() -> None:
    assert hints("Hej") == Hints(age=Hint(), level=Hint(), area=Hint(), cpr_like=())
    assert not hints("Hej").found_any


def test_what_was_written_does_not_slip_out_when_a_hint_is_printed() -> None:
    assert "fravær" not in repr(hints("Meget fravær"))


WORDS = st.sampled_from(
    [
        *(
            "15",
            "-",
            " ",
            "årig",
            "år",
            "og",
            "½",
            ",",
            "ikke",
            "kniv",
            "blev",
            "overfaldet",
            "for",
        ),
        *(
            "siden",
            "Nørrebro",
            "Valby",
            ".",
            "men",
            "dreng på ",
            "sytten",
            "\u0301",
            "İ",
            "\ud800",
        ),
    ]
)


@given(st.text(max_size=200) | st.lists(WORDS, max_size=40).map("".join))
def test_hints_never_crash_and_never_guess(text: str) -> None:
    found = hints(text)

    ages = [*found.age.options, *filter(None, [found.age.value])]
    assert all(AGES[0] <= each <= AGES[1] for each in ages)
    assert found.level.value in {None, 1, 2, 3, 4}
    assert {found.area.value, *found.area.options} <= {None, *(each.code for each in AREAS)}
    assert not (found.age.is_ambiguous and found.age.value)
    assert not (found.area.is_ambiguous and found.area.value)


@given(st.text(max_size=100))
def test_a_negated_text_suggests_no_level(text: str) -> None:
    clause = re.sub("[.;!?,\n]|men", " ", text, flags=re.IGNORECASE)

    assert level(f"ikke {clause} kniv") is None


@pytest.mark.parametrize(
    "pattern", [*LETTERS, *PATTERNS], ids=lambda pattern: pattern.pattern[:30]
)
def test_ac_in_04_reading_time_grows_with_the_text_and_no_faster(pattern: re.Pattern[str]) -> None:
    assert is_bounded(pattern)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "a",
            " ",
            "a ",
            "ikke ",
            "kniv ",
            "kniv,",
            "15-",
            "15 og ",
            "dreng på 15 og ",
            "år",
        ),
        *("sytten", "blev a a ", "sigtet a a a ", "Indre ", "for 15 år ", "i de de de ", "å"),
        *("\u0301\u0323", "A\u030a", "\ud800", "İ"),
    ],
)
def test_ac_in_04_a_very_long_text_is_no_trouble(piece: str) -> None:
    found = hints(piece * (100_000 // len(piece)))

    assert found.area == Hint()
