"""Each rule catches the fault it is there for."""

from collections.abc import Mapping
from typing import Any

import pytest

from cards import blocks
from cards.words import speak
from domain.people import Language
from tests.cards.rules import findings

DANISH = speak(Language.DA)
TEXT: Mapping[str, Any] = {"type": "TextBlock", "text": "Ord", "wrap": True}
FIELD: Mapping[str, Any] = {"type": "Input.Text", "id": "navn", "label": "Navn"}
CHOICE: Mapping[str, Any] = {
    "type": "Input.ChoiceSet",
    "id": "valg",
    "label": "Valg",
    "choices": [{"title": "Ja", "value": "yes"}, {"title": "Nej", "value": "no"}],
}
PRESS = blocks.button("Næste", "form.next", {})


def _card(*body: Mapping[str, Any], **more: object) -> dict[str, Any]:
    pieces = [blocks.heading("Et kort"), *map(dict, body)]
    return {**blocks.card(*pieces, say=DANISH, summary="Et kort", actions=[PRESS]), **more}


def test_a_card_as_ours_are_has_no_findings() -> None:
    assert not findings(_card(TEXT, FIELD, CHOICE))


@pytest.mark.parametrize(
    ("piece", "finding"),
    [
        ({"type": "Image", "url": "https://example.com/x.png"}, "no piece of ours"),
        ({"type": "ProgressBar", "value": 3}, "no piece of ours"),
        ({**TEXT, "wrap": False}, "no wrap"),
        ({**TEXT, "text": "22. november kl. 9"}, "makes a list"),
        ({**TEXT, "text": "# Overskrift"}, "does not show"),
        ({**TEXT, "text": "![x](https://example.com/x.png)"}, "does not show"),
        ({**TEXT, "text": "<b>fed</b>"}, "HTML"),
        ({**TEXT, "text": "Tages op senest {date}"}, "nobody filled in"),
        ({**TEXT, "text": "{{DATE(2026-03-02)}}"}, "nobody filled in"),
        ({**TEXT, "text": " "}, "empty"),
        ({"type": "FactSet", "facts": [{"title": "Frist", "value": "3. marts"}]}, "makes a list"),
        ({**FIELD, "label": ""}, "no label"),
        ({**FIELD, "isRequired": True}, "without errorMessage"),
        ({**FIELD, "regex": ".*"}, "without errorMessage"),
        ({**CHOICE, "choices": []}, "nothing to choose"),
        ({**CHOICE, "choices": [CHOICE["choices"][0]] * 2}, "two choices"),
        ({**CHOICE, "choices": [{"title": "Begge", "value": "yes,no"}]}, "a comma"),
        ({**CHOICE, "value": "maybe"}, "no choice"),
    ],
)
def test_a_piece_that_reads_badly_is_found(piece: Mapping[str, Any], finding: str) -> None:
    found = findings(_card(piece))

    assert len(found) == 1
    assert finding in found[0]


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        ({"lang": ""}, "no lang"),
        ({"fallbackText": ""}, "no fallbackText"),
        ({"body": [TEXT]}, "no heading"),
        ({"fallbackText": "x" * 40_000}, "bytes"),
        ({"actions": [{**PRESS, "title": ""}]}, "no title"),
        ({"actions": [blocks.button("Gå videre til det næste trin nu", "x", {})]}, "characters"),
        ({"actions": [{**PRESS, "verb": "another"}]}, "something else"),
        ({"actions": [blocks.link("Åbn", "javascript:alert(1)")]}, "an address"),
    ],
)
def test_a_card_that_is_wrong_as_a_whole_is_found(more: Mapping[str, Any], finding: str) -> None:
    assert any(finding in each for each in findings(_card(TEXT, **more)))


def test_two_fields_of_one_name_are_found() -> None:
    assert findings(_card(FIELD, FIELD)) == ["/: 2 pieces are called navn"]


def test_a_required_field_may_stop_the_main_button_only() -> None:
    required = {**FIELD, "isRequired": True, "errorMessage": "Skriv navnet."}
    way_out = blocks.button("Tilbage", "form.back", {}, inputs=False)
    stopped = blocks.button("Tilbage", "form.back", {})

    assert not findings(_card(required, actions=[PRESS, way_out]))
    assert findings(_card(required, actions=[PRESS, stopped]))
