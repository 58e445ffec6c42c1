"""The sentences: alike in both languages, kind to whoever reads them, and teaching what works."""

import re
from datetime import date
from functools import reduce

import pytest

from cards.words import Say
from dialogs.conversation import VOCABULARY
from dialogs.engine import NO, USE_SUGGESTION, WORDS, YES
from dialogs.moves import SKIP
from tests.support.catalogue import BOTH, DANISH, ENGLISH, blanks, sentences

BLANKS = {"{reference}": "B2026-0001", "{year}": "2027", "{code}": "KG5", "{mark}": "0a1b2c3d"}


def commands(sentence: str) -> list[str]:
    """List what a sentence tells people to type, which stands between asterisks."""
    filled = reduce(lambda said, blank: said.replace(*blank), BLANKS.items(), sentence)
    written = re.findall(r"\*+([^*]+)\*+", filled)
    return [each for each in written if each != "B2026-0001"]


def _typed(command: str, sentence: str) -> list[str]:
    """Give what may be typed: with the number of each thing that has one, and what is to follow.

    Where the sentence says that a number or a name follows, it is written after the command.
    """
    numbers = tuple(f"{kind}2026-0001" for kind in ("b", "", "g", "a", "m", "i", "r"))
    written = [command.casefold().replace(numbers[0], each) for each in numbers]
    follows = re.search(r"\b(nummer|navn|number|name)", sentence, flags=re.IGNORECASE)
    return [*written, *(f"{command.casefold()} {each}" for each in numbers if follows)]


class TestTheTwoLanguages:
    def test_say_the_same_things(self) -> None:
        assert DANISH.keys() == ENGLISH.keys()

    def test_leave_the_same_blanks(self) -> None:
        english = sentences(ENGLISH)

        assert {
            key: (danish, english[key])
            for key, danish in sentences(DANISH).items()
            if blanks(danish) != blanks(english[key])
        } == {}

    def test_teach_equally_many_commands(self) -> None:
        english = sentences(ENGLISH)

        assert {
            key: (danish, english[key])
            for key, danish in sentences(DANISH).items()
            if len(commands(danish)) != len(commands(english[key]))
        } == {}

    def test_write_dates_each_in_its_own_way(self) -> None:
        assert DANISH.day(date(2026, 3, 16)) == "mandag 16. marts 2026"
        assert ENGLISH.day(date(2026, 3, 16)) == "Monday 16 March 2026"


class TestTheWords:
    @pytest.mark.parametrize("word", ["fejl(?!alarm)", "ugyldig", "bruger"])
    def test_do_not_blame_anybody(self, word: str) -> None:
        """house.md 6.2: a sentence never says "fejl", "ugyldig" or "bruger".

        A *fejlalarm* is what readiness calls an alert for nothing (BER-18).
        """
        said = re.compile(rf"\b{word}", re.IGNORECASE)

        assert [key for key, text in sentences(DANISH).items() if said.search(text)] == []

    @pytest.mark.parametrize("word", ["error", "invalid", "user", "illegal", "failed"])
    def test_do_not_blame_anybody_in_english(self, word: str) -> None:
        said = re.compile(rf"\b{word}s?\b", re.IGNORECASE)

        assert [key for key, text in sentences(ENGLISH).items() if said.search(text)] == []

    @BOTH
    def test_teach_only_commands_that_work(self, say: Say) -> None:
        """Criterion 5 of a good Teams bot: every command that is named is understood."""
        understood = frozenset[str]().union(*WORDS.values(), YES, NO, USE_SUGGESTION, SKIP)

        assert [
            (key, command)
            for key, text in sentences(say).items()
            for command in commands(text)
            if command.casefold() not in understood
            if not any(VOCABULARY.understand(each) for each in _typed(command, text))
        ] == []

    @BOTH
    def test_are_tidy(self, say: Say) -> None:
        untidy = re.compile(r"^\s|\s$|  |\"|\.\.|^\d+\.")

        assert {key: text for key, text in sentences(say).items() if untidy.search(text)} == {}
