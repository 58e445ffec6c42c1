"""Letters of an alert: what they ask, what they say back, and that a drill says so (BER-62)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from cards import alert_calls, alert_letters
from cards.alert_letters import Letter, Occasion
from cards.alert_words import toast_of
from cards.words import Say
from domain.alert_calls import Silent
from domain.alerts import AlertState, Level, Reply, Via, Why
from localteams import drawn
from tests.support.alerts_written import LEFT_AT, an_alert, recipients
from tests.support.catalogue import BOTH, DANISH
from tests.support.townspeople import DORTE, LARS, SOFIE

ALERT = an_alert()
OWN = replace(recipients()[0], reply=None, replied_at=None, via=None, why=Why.AUDIENCE)
LETTER = Letter(alert=ALERT, own=OWN, by=DORTE.name)


def buttons(letter: Letter, say: Say = DANISH) -> Sequence[dict[str, Any]]:
    return drawn.buttons(dict(alert_letters.letter(letter, say=say).card or {}))


def offered(letter: Letter) -> list[str]:
    return [each["data"]["reply"] for each in buttons(letter) if "reply" in each["data"]]


def answered(reply: Reply, via: Via = Via.TEAMS) -> Letter:
    return replace(LETTER, own=replace(OWN, reply=reply, replied_at=LEFT_AT, via=via))


class TestALetter:
    @BOTH
    def test_says_what_who_why_and_what_to_do(self, say: Say) -> None:
        """BER-07, BER-17, BER-51, BER-83."""
        shown = alert_letters.letter(LETTER, say=say)
        told = ALERT.situation

        assert shown.summary == toast_of(ALERT, say=say)
        for words in (told.happened, told.where, told.stands, told.done):
            assert words in shown.words
        for words in (
            DORTE.name,
            ALERT.reference,
            say("readiness.danger"),
            say("readiness.no_names"),
        ):
            assert words in shown.words
        assert say("alert_letter.do_answer") in shown.words
        assert "BUF" in shown.words or say(f"authority.{OWN.authority}") in shown.words

    def test_asks_for_one_of_four_answers(self) -> None:
        """BER-23."""
        assert offered(LETTER) == ["joining", "received", "substitute", "unable"]

    @pytest.mark.parametrize("reply", Reply)
    def test_shows_the_answer_with_its_time_and_offers_the_others(self, reply: Reply) -> None:
        """BER-23."""
        letter = answered(reply)
        words = alert_letters.letter(letter, say=DANISH).words

        assert alert_letters.reply_words(reply, say=DANISH) in words
        assert "kl. " in words
        assert set(offered(letter)) == {*map(str, Reply)} - {reply}

    @pytest.mark.parametrize("via", [Via.PHONE, Via.C3, Via.RADIO])
    def test_says_how_it_was_given_where_it_was_not_here(self, via: Via) -> None:
        """BER-21."""
        shown = alert_letters.letter(answered(Reply.JOINING, via), say=DANISH)
        here = alert_letters.letter(answered(Reply.JOINING), say=DANISH)

        assert shown.words != here.words
        assert "noteret" in shown.words

    def test_of_an_orientation_asks_for_nothing(self) -> None:
        """BER-23: level 1."""
        letter = replace(LETTER, alert=replace(ALERT, level=Level.ORIENTATION))

        assert offered(letter) == []
        assert DANISH("alert_letter.do_nothing") in alert_letters.letter(letter, say=DANISH).words

    @pytest.mark.parametrize(
        ("state", "mark"),
        [
            (AlertState.CLOSED, "AFSLUTTET – "),
            (AlertState.STOOD_DOWN, "AFSLUTTET – "),
            (AlertState.FALSE_ALARM, "FALSK ALARM – "),
        ],
    )
    @pytest.mark.parametrize("occasion", Occasion)
    def test_of_what_is_over_says_so_and_can_be_answered_no_more(
        self, state: AlertState, mark: str, occasion: Occasion
    ) -> None:
        """BER-18, BER-59."""
        over = replace(ALERT, state=state, closed_at=LEFT_AT)
        letter = replace(LETTER, alert=over, occasion=occasion)

        assert alert_letters.letter(letter, say=DANISH).summary.startswith(mark)
        assert [each["verb"] for each in buttons(letter)] == ["alert.open"]

    def test_to_a_substitute_says_for_whom(self) -> None:
        """BER-27."""
        own = replace(OWN, why=Why.SUBSTITUTE, stands_for=LARS.id)
        letter = replace(LETTER, own=own, instead_of=LARS.name)

        assert LARS.name in alert_letters.letter(letter, say=DANISH).words

    def test_by_mail_tells_where_to_answer(self) -> None:
        shown = alert_letters.letter(replace(LETTER, by_mail=True), say=DANISH)

        assert DANISH("alert_letter.do_by_mail") in shown.words
        assert "*svar" not in shown.words


class TestADrill:
    @BOTH
    @pytest.mark.parametrize(
        "state", [AlertState.ACTIVATED, AlertState.CLOSED, AlertState.FALSE_ALARM]
    )
    @pytest.mark.parametrize("occasion", Occasion)
    def test_says_so_first(self, say: Say, state: AlertState, occasion: Occasion) -> None:
        """BER-62: in the notification and in the heading, whatever the letter."""
        drill = replace(ALERT, drill=True, state=state, closed_at=LEFT_AT)
        letter = replace(LETTER, alert=drill, occasion=occasion)
        silent = [Silent(person=SOFIE, recipient=OWN)]
        shown = (
            alert_letters.letter(letter, say=say),
            alert_letters.called_off(letter, say=say),
            alert_letters.several([letter, letter], say=say),
            alert_calls.to_call(drill, silent, say=say),
            alert_calls.to_call(drill, [], say=say),
        )

        mark = say("readiness.drill_mark")
        assert [each.summary.startswith(mark) for each in shown] == [True] * len(shown)
        assert [each.words.startswith(mark) for each in shown] == [True] * len(shown)


class TestSeveral:
    def test_have_buttons_of_their_own(self) -> None:
        """BER-20: and never more than a card has room for."""
        many = [replace(LETTER, alert=replace(ALERT, number=at)) for at in range(1, 6)]
        shown = alert_letters.several(many, say=DANISH)
        found = drawn.buttons(dict(shown.card or {}))

        assert len(found) == 6
        assert len({each["title"] for each in found}) == 6
        assert DANISH("alert_letter.and_more", count=2) in shown.words
