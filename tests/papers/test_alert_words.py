"""Words that alerts share: drills first, notifications without persons, C3 within its length."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.alert_words import (
    LONG,
    LONGEST_TITLE,
    SHORT,
    c3_texts,
    drilled,
    places,
    shortened,
    standing_lines,
    toast,
    toast_of,
)
from cards.words import Say
from domain.alerts import Level, Situation
from domain.areas import AREAS
from domain.people import AreaCode
from tests.support.alerts_written import VAL, YNB, an_alert
from tests.support.catalogue import BOTH, DANISH, ENGLISH

GSM = set(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
ANYTHING = st.text(max_size=700)


class TestTheMarkOfADrill:
    @pytest.mark.parametrize("text", ["Handleplan", "1. kvittér", "<b>", "BEREDSKAB niveau 1"])
    def test_comes_first(self, text: str) -> None:
        """BER-62."""
        assert drilled(text, drill=True, say=DANISH) == f"ØVELSE – {text}"
        assert drilled(text, drill=False, say=DANISH) == text

    def test_stands_alone_where_there_is_nothing_else(self) -> None:
        assert drilled("", drill=True, say=DANISH) == "ØVELSE"

    @BOTH
    @given(text=ANYTHING)
    def test_is_put_there_once(self, say: Say, text: str) -> None:
        """BER-62."""
        once = drilled(text, drill=True, say=say)

        assert once.startswith("ØVELSE")
        assert drilled(once, drill=True, say=say) == once

    def test_is_not_a_word_that_only_begins_alike(self) -> None:
        assert drilled("ØVELSESPLAN", drill=True, say=DANISH) == "ØVELSE – ØVELSESPLAN"

    def test_is_danish_in_english_too_for_all_who_look_on(self) -> None:
        assert drilled("Plan", drill=True, say=ENGLISH) == "ØVELSE (DRILL) – Plan"


class TestANotification:
    def test_says_level_area_and_title(self) -> None:
        """BER-17."""
        assert (
            toast_of(an_alert(), say=DANISH)
            == "BEREDSKAB niveau 2 – Ydre Nørrebro – Uro ved stationen"
        )

    def test_of_a_drill_says_so_first(self) -> None:
        """BER-17, BER-62."""
        assert (
            toast_of(an_alert(drill=True), say=DANISH)
            == "ØVELSE – BEREDSKAB niveau 2 – Ydre Nørrebro – Uro ved stationen"
        )

    @pytest.mark.parametrize(
        ("areas", "said"),
        [
            ([], "hele byen"),
            ([VAL], "Valby"),
            ([YNB, VAL], "Valby og Ydre Nørrebro"),
            ([each.code for each in AREAS[:4]], "Bispebjerg og 3 andre lokalområder"),
        ],
    )
    def test_names_few_areas(self, areas: list[AreaCode], said: str) -> None:
        assert places(areas, say=DANISH) == said

    def test_shows_no_cpr_number_that_slipped_through(self) -> None:
        """BER-17: no personal data in it."""
        said = toast_of(an_alert(title="Uro om 010203-1234"), say=DANISH)

        assert "1234" not in said

    @given(title=ANYTHING)
    def test_is_one_short_line_whatever_the_title(self, title: str) -> None:
        """BER-17."""
        said = toast(level=Level.FULL, areas=[], title=title, drill=False, say=DANISH)

        assert said.splitlines() == [said]
        assert len(said) <= len("BEREDSKAB niveau 3 – hele byen – ") + LONGEST_TITLE


class TestTheTextsForC3:
    def test_are_short_and_whole(self) -> None:
        """BER-50."""
        texts = c3_texts(an_alert(), say=DANISH)

        assert (
            texts.short == "BEREDSKAB niveau 2 - Ydre Nørrebro - Uro ved stationen (R2026-0007)."
        )
        assert texts.long == (
            "BEREDSKAB niveau 2 - Ydre Nørrebro - Uro ved stationen (R2026-0007). "
            "To grupper mødtes ved stationen, og en rude blev slået ind. "
            "Nu: Politiet er til stede, og der er ro. "
            "Ved akut fare: ring 112. Botten erstatter ikke C3 eller alarmcentralen."
        )

    @BOTH
    @given(title=ANYTHING, happened=ANYTHING, stands=ANYTHING, drill=st.booleans())
    def test_keep_to_their_length_in_letters_of_an_sms(
        self, say: Say, title: str, happened: str, stands: str, *, drill: bool
    ) -> None:
        """BER-50: ≤ 160 and ≤ 480 characters, none of which makes an SMS twice as long."""
        situation = Situation(happened=happened, where="", stands=stands, done="")
        alert = replace(an_alert(drill=drill, title=title), situation=situation)
        audience = replace(alert.audience, areas=frozenset(each.code for each in AREAS[5:7]))
        texts = c3_texts(replace(alert, audience=audience), say=say)

        assert len(texts.short) <= SHORT
        assert len(texts.long) <= LONG
        assert set(texts.short) | set(texts.long) <= GSM
        assert texts.short.startswith("ØVELSE") is drill
        assert texts.long.startswith("ØVELSE") is drill
        assert "R2026-0007" in texts.short
        assert "112" in texts.long

    def test_show_no_cpr_number_that_slipped_through(self) -> None:
        situation = replace(an_alert().situation, happened="Om 010203-1234")
        texts = c3_texts(replace(an_alert(), situation=situation), say=DANISH)

        assert "1234" not in texts.long


class TestWhatAlwaysStands:
    def test_is_whom_to_ring_and_what_not_to_write(self) -> None:
        """BER-07, BER-51."""
        assert standing_lines(DANISH) == (
            "Ved akut fare: ring 112. Botten erstatter ikke C3 eller alarmcentralen.",
            "Ingen navne på unge – brug enkeltsagssporet.",
        )


class TestShortening:
    def test_ends_after_a_whole_word(self) -> None:
        assert shortened("Uro ved stationen", at_most=12) == "Uro ved…"

    def test_cuts_a_word_that_is_too_long_alone(self) -> None:
        assert shortened("x" * 20, at_most=10) == f"{'x' * 9}…"

    @given(ANYTHING, st.integers(min_value=1, max_value=700))
    def test_never_makes_it_longer(self, text: str, at_most: int) -> None:
        assert len(shortened(text, at_most=at_most)) <= at_most
