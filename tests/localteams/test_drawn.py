"""Cards as a client holds them."""

import pytest

from localteams.drawn import NotOnTheCard, inputs, press, words
from localteams.state import Json

FORM: Json = {
    "type": "AdaptiveCard",
    "body": [
        {"type": "TextBlock", "text": "Hvem drejer det sig om?"},
        {
            "type": "ColumnSet",
            "columns": [
                {"type": "Column", "items": [{"type": "Input.Text", "id": "name"}]},
                {"type": "Column", "items": [{"type": "Input.Number", "id": "age", "value": 14}]},
            ],
        },
        {"type": "Input.Toggle", "id": "known", "title": "Kendt i forvejen"},
        {
            "type": "Input.ChoiceSet",
            "id": "area",
            "value": "valby",
            "choices": [{"title": "Valby", "value": "valby"}],
        },
        {"type": "FactSet", "facts": [{"title": "Frist", "value": "16.03.2026"}]},
    ],
    "actions": [
        {
            "type": "Action.Execute",
            "title": "Videre",
            "verb": "form.answer",
            "data": {"draft": "1"},
            "fallback": {"type": "Action.Submit", "title": "Videre", "data": {"verb": "form.old"}},
        },
        {
            "type": "Action.Execute",
            "title": "Tilbage",
            "verb": "form.back",
            "associatedInputs": "none",
        },
    ],
}


def test_untouched_inputs_are_sent_as_a_client_sends_them() -> None:
    assert inputs(FORM) == {"name": "", "age": "14", "known": "false", "area": "valby"}


def test_a_press_merges_what_was_typed_into_the_buttons_data() -> None:
    assert press(FORM, "form.answer", {"name": "Ali"}) == {
        "type": "Action.Execute",
        "title": "Videre",
        "verb": "form.answer",
        "data": {"draft": "1", "name": "Ali", "age": "14", "known": "false", "area": "valby"},
    }


def test_a_button_without_associated_inputs_sends_none() -> None:
    assert press(FORM, "form.back")["data"] == {}
    with pytest.raises(NotOnTheCard, match="no input"):
        press(FORM, "form.back", {"name": "Ali"})


def test_a_fallback_is_not_a_button() -> None:
    with pytest.raises(NotOnTheCard):
        press(FORM, "form.old")


def test_the_words_are_what_a_person_reads() -> None:
    assert words(FORM).splitlines() == [
        "Hvem drejer det sig om?",
        "Kendt i forvejen",
        "Valby",
        "Frist: 16.03.2026",
        "Videre",
        "Tilbage",
    ]
