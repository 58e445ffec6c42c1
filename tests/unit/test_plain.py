"""Words from people: shown as typed, and never as ours (AC-OUT-01, AC-OUT-02)."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.plain import PATTERNS, plain, unmarked
from tests.support.patterns import is_bounded

KEPT = "Æbleskiver, 17½ år & 20 % – »citat« 👍"
MARKS = "\\`*_[]#|~<>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\u202eflip", "flip"),
        ("a\u200bb\u200c\u200dc\u2060d\ufeff", "abcd"),
        ("soft\u00adhyphen", "softhyphen"),
        ("nul\x00 bell\x07 escape\x1b[31m", "nul bell escape[31m"),
        ("\u2066isolated\u2069 \u061carabic", "isolated arabic"),
        ("no letter \ufffe\uffff\ufdd0\ufdef\U0001fffe\U0010ffff", "no letter "),
        ("half \ud800 private \ue000", "half  private "),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
        ("a\u030ae\u0301", "åé"),
        (KEPT, KEPT),
    ],
)
def test_ac_out_02_what_cannot_be_seen_is_taken_out(typed: str, shown: str) -> None:
    assert plain(typed) == shown


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_ac_out_02_nothing_unseen_is_left_in_any_text(typed: str) -> None:
    left = {unicodedata.category(char) for char in plain(typed) if char not in "\n\t"}

    assert not left & {"Cc", "Cf", "Cs", "Co"}
    assert not [char for char in plain(typed) if ord(char) & 0xFFFE == 0xFFFE]


@given(st.text(max_size=60))
def test_making_plain_twice_changes_nothing_more(typed: str) -> None:
    assert plain(plain(typed)) == plain(typed)


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("[x](http://ond.example)", r"\[x\](http://ond.example)"),
        ("![](http://ond.example/p.png)", r"!\[\](http://ond.example/p.png)"),
        ("**fed** _skrå_ ~væk~", r"\*\*fed\*\* \_skrå\_ \~væk\~"),
        ("`kode`", r"\`kode\`"),
        ("<at>Bo</at>", r"\<at\>Bo\</at\>"),
        ("# Overskrift\n> citat", "\\# Overskrift\n\\> citat"),
        ("1. et\n- to\n  + tre\n12) fire\n-", "1\\. et\n\\- to\n  \\+ tre\n12\\) fire\n\\-"),
        ("|a|b|", r"\|a\|b\|"),
        (r"\[", r"\\\["),
        ("den 14. marts - kl. 12.30", "den 14. marts - kl. 12.30"),
    ],
)
def test_ac_out_01_markdown_is_shown_as_it_was_typed(typed: str, escaped: str) -> None:
    assert unmarked(typed) == escaped


@given(st.text(alphabet=st.sampled_from(MARKS + "ab1.)+- \n!("), max_size=40))
def test_ac_out_01_every_mark_is_escaped_and_nothing_is_lost(typed: str) -> None:
    pieces = re.findall(r"\\.|[^\\]", unmarked(typed))

    assert not set(pieces) & set(MARKS)
    assert "".join(piece[-1] for piece in pieces) == typed


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:30])
def test_ac_in_04_reading_time_grows_with_the_text_and_no_faster(pattern: re.Pattern[str]) -> None:
    assert is_bounded(pattern)


def test_ac_in_04_piled_up_marks_are_composed_a_few_at_a_time() -> None:
    """NFC sorts all the marks on one letter, in quadratic time; here they stay as typed."""
    piled = "a" + "\u0316\u0301" * 20_000

    assert plain(piled) == "\u00e1\u0316\u0316" + piled[4:]
