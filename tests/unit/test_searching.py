"""What may be looked for, and how a name is taken apart (AC-AZ-09)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.name_words import LONGEST, MOST_WORDS, SHORTEST, beginnings, begins_as, name_words
from domain.searching import Search, read_search

TODAY = date(2026, 3, 2)
NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåéüABCÆØÅ -'.", min_size=1, max_size=60)


class TestTheWordsOfAName:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("Søren Aagård-Bach", ("soeren", "aagaard", "bach")),
            ("SOEREN  Ågaard", ("soeren", "aagaard")),
            ("René d'Évian Møller", ("rene", "d", "evian", "moeller")),
            ("A\u030age Jensen", ("aage", "jensen")),  # å in two signs, as some phones write it
            ("Bo Bo Li", ("bo", "li")),
            ("123 ·–", ()),
        ],
    )
    def test_are_folded(self, name: str, words: tuple[str, ...]) -> None:
        assert name_words(name) == words

    @given(NAMES)
    def test_are_the_same_when_folded_again(self, name: str) -> None:
        words = name_words(name)

        assert name_words(" ".join(words)) == words
        assert len(words) <= MOST_WORDS

    @given(NAMES)
    def test_are_each_found_by_whatever_of_it_is_typed(self, name: str) -> None:
        for word in name_words(name):
            for length in range(SHORTEST, len(word) + 1):
                assert begins_as(word[:length]) in beginnings(word)

    @given(NAMES)
    def test_are_never_found_by_one_or_two_letters_of_a_longer_word(self, name: str) -> None:
        """AC-AZ-09."""
        for word in name_words(name):
            assert all(
                SHORTEST <= len(each) <= LONGEST or each == word for each in beginnings(word)
            )


class TestASearch:
    @pytest.mark.parametrize(
        ("said", "search"),
        [
            ("Max Myrekær", Search(words=("max", "myrekaer"))),
            ("  max   MYR ", Search(words=("max", "myr"))),
            ("Bo Max", Search(words=("bo", "max"))),
            ("max 04.05.2011", Search(words=("max",), born=date(2011, 5, 4))),
            ("max 2011-05-04", Search(words=("max",), born=date(2011, 5, 4))),
            ("0405114003", Search(cpr="0405114003")),
            ("040511-4003", Search(cpr="0405114003")),
            ("040511 4003", Search(cpr="0405114003")),
        ],
    )
    def test_is_for_a_name_or_a_number(self, said: str, search: Search) -> None:
        assert read_search(said, today=TODAY) == search

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ("", "search.empty"),
            ("ma", "search.too_short"),
            ("m", "search.too_short"),
            ("bo li", "search.too_short"),
            ("04.05.2011", "search.too_short"),
            ("max*", "search.wildcard"),
            ("m%", "search.wildcard"),
            ("ma_", "search.wildcard"),
            ("?", "search.wildcard"),
            ("max" * 50, "search.too_long"),
            ("ab cd ef gh ij kl mn opq", "search.too_long"),
            ("3102114003", "cpr.date"),
            ("04051140031", "cpr.format"),
        ],
    )
    def test_that_asks_for_everybody_is_refused(self, said: str, code: str) -> None:
        """AC-AZ-09: wildcards and one or two letters; and what is no name and no number."""
        with pytest.raises(RuleBroken) as refused:
            read_search(said, today=TODAY)

        assert refused.value.code == code

    @given(st.text(max_size=200))
    def test_is_read_or_refused_whatever_is_typed(self, said: str) -> None:
        try:
            search = read_search(said, today=TODAY)
        except RuleBroken:
            return
        assert search.cpr or any(len(word) >= SHORTEST for word in search.words)
