"""The four questions in one text (BER-03, BER-04): written with them, around them, or without."""

import pytest

from cards.words import speak
from dialogs.alert_fields import ASKED, FourQuestions, divided, situation_in, written
from domain.errors import RuleBroken
from domain.people import Language
from tests.support.walks import SAY, TODAY

KIND = FourQuestions()
ANSWERED = dict(
    zip(ASKED, ("Slagsmål", "Ved stationen", "Uroligt", "Politiet er der"), strict=True)
)


def read(text: str) -> str:
    return str(KIND.read(text, today=TODAY, say=SAY))


class TestTheText:
    @pytest.mark.parametrize("language", Language)
    def test_is_read_back_as_it_was_written(self, language: Language) -> None:
        """In either language, whichever the reader speaks."""
        assert divided(read(written(ANSWERED, speak(language)))) == ANSWERED

    def test_may_have_its_answers_on_lines_of_their_own(self) -> None:
        text = "Hvad er der sket?\nSlagsmål\nog flugt\n\nhvor\nVed stationen"

        assert divided(text) == {
            "happened": "Slagsmål\nog flugt",
            "where": "Ved stationen",
            "stands": "",
            "done": "",
        }

    def test_without_the_questions_says_what_has_happened(self) -> None:
        said = situation_in("Der er slagsmål. Hvor mange ved vi ikke", unknown="Vides ikke")

        assert said.happened == "Der er slagsmål. Hvor mange ved vi ikke"
        assert (said.where, said.stands, said.done) == ("Vides ikke",) * 3

    def test_does_not_take_a_word_for_a_question(self) -> None:
        assert divided("Slagsmål\nHvordan det går, ved vi ikke")["stands"] == ""

    def test_before_the_first_question_belongs_to_what_has_happened(self) -> None:
        said = divided("Slagsmål\nHvad er der sket? Det begyndte kl. 20\nHvor? Ved stationen")

        assert said["happened"] == "Slagsmål\nDet begyndte kl. 20"
        assert said["where"] == "Ved stationen"


class TestARefusal:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (written({}, SAY), "situation.unanswered"),
            ("Hvor? Ved stationen", "situation.unanswered"),
            ("Slagsmål med 040511-4321", "measure.cpr"),
            ("Hvad er der sket? " + "a" * 601, "measure.too_long"),
        ],
    )
    def test_is_given_at_once(self, text: str, code: str) -> None:
        """BER-51: and nothing that holds a CPR number is kept."""
        with pytest.raises(RuleBroken) as refused:
            read(text)

        assert refused.value.code == code
