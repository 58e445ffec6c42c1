"""Troubles: how they are named, and what the Secretariat reads of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cards.trouble import trouble
from cards.words import speak
from domain.people import Language
from domain.troubles import Trouble, TroubleCode, told_as

TODAY = date(2026, 3, 16)
SINCE = datetime(2026, 7, 5, 22, 7, tzinfo=UTC)  # seven past midnight in Copenhagen
EACH = pytest.mark.parametrize("code", TroubleCode)


class TestTheNameOfATrouble:
    def test_is_the_same_on_every_replica(self) -> None:
        assert str(told_as(TroubleCode.OUTBOX_OVERDUE, TODAY)) == (
            "6ef13052-e994-5fbd-aa97-305d53e9c12a"
        )

    def test_is_another_for_each_trouble_and_each_day(self) -> None:
        days = [TODAY + timedelta(days=number) for number in range(30)]

        assert len({told_as(code, day) for code in TroubleCode for day in days}) == 30 * len(
            TroubleCode
        )


class TestItsCard:
    @EACH
    @pytest.mark.parametrize("language", Language)
    def test_says_what_it_is_and_what_to_do(self, code: TroubleCode, language: Language) -> None:
        say = speak(language)
        shown = trouble(Trouble(code=code, count=17, since=SINCE), say=say)
        title, body, do = shown.words.splitlines()

        assert shown.summary == title == say(f"trouble.{code}.title")
        assert "17" in body
        assert code in do

    def test_says_since_when_by_the_clock_in_copenhagen(self) -> None:
        late = Trouble(code=TroubleCode.OUTBOX_OVERDUE, count=3, since=SINCE)

        assert "mandag 6. juli 2026 kl. 00.07" in trouble(late, say=speak(Language.DA)).words
        assert "Monday 6 July 2026 at 00.07" in trouble(late, say=speak(Language.EN)).words
