"""The pieces cards are made of (AC-OUT-01, teams.md §2)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards import blocks
from cards.plain import plain
from cards.shown import Json, Piece
from cards.words import speak
from domain.people import Language

DANISH = speak(Language.DA)
NASTY = (
    "[x](http://ond.example) ![](http://ond.example/p.png) **fed** `kode` <at>Bo</at> "
    '${navn} {{DATE(2026-03-02)}} {"type": "Action.OpenUrl"} "}],"actions":[{'
)


class TestQuote:
    def test_ac_out_01_shows_words_as_text_that_nothing_interprets(self) -> None:
        assert blocks.quote(NASTY) == {
            "type": "RichTextBlock",
            "inlines": [{"type": "TextRun", "text": NASTY}],
            "spacing": "Small",
        }

    @given(st.text(max_size=80))
    def test_ac_out_01_makes_one_piece_of_any_words(self, words: str) -> None:
        made = json.loads(json.dumps(blocks.quote(words)))

        assert made["inlines"] == [{"type": "TextRun", "text": plain(words)}]


class TestCard:
    def test_says_its_version_its_language_and_what_stands_in_for_it(self) -> None:
        card = blocks.card(blocks.heading("Hej"), say=DANISH, summary="Kort")

        assert (card["version"], card["lang"], card["fallbackText"]) == ("1.5", "da", "Kort")
        assert "actions" not in card

    def test_carries_actions_where_there_are_any(self) -> None:
        again = blocks.button("Se", "concern.stand", {})

        card = blocks.card(say=DANISH, summary="", actions=[again])

        assert card["actions"] == [again]


class TestButton:
    def test_does_the_same_on_clients_without_execute(self) -> None:
        button = blocks.button("Tag op", "concern.take_up", {"concern": "1", "version": 2})

        assert (button["type"], button["verb"]) == ("Action.Execute", "concern.take_up")
        assert button["data"] == {"concern": "1", "version": 2}
        assert button["fallback"] == {
            "type": "Action.Submit",
            "title": "Tag op",
            "data": {"concern": "1", "version": 2, "verb": "concern.take_up"},
        }

    def test_can_leave_what_was_written_alone(self) -> None:
        button = blocks.button("Annullér", "form.cancel", {}, inputs=False)

        assert button["associatedInputs"] == "none"
        assert isinstance(button["fallback"], dict)
        assert button["fallback"]["associatedInputs"] == "none"


class TestInputs:
    @pytest.mark.parametrize(
        ("options", "several", "style"),
        [(6, False, "expanded"), (7, False, "compact"), (7, True, "expanded")],
    )
    def test_offer_a_list_only_where_there_is_much_to_choose_one_from(
        self, *, options: int, several: bool, style: str
    ) -> None:
        named = {str(number): f"Nr. {number}" for number in range(options)}

        piece = blocks.choice_input("k", "Hvad?", named, value="", several=several)

        assert (piece["style"], piece["isMultiSelect"]) == (style, several)

    def test_leave_out_a_value_and_a_hint_that_are_not_there(self) -> None:
        piece = blocks.text_input("k", "Hvad?", value="", hint="", at_most=9, lines=False)

        assert piece.keys() & {"value", "placeholder"} == set()

    def test_ac_out_02_are_filled_in_with_plain_text(self) -> None:
        piece = blocks.text_input(
            "k", "Hvad?", value="a\u202eb\x00c", hint="x", at_most=9, lines=True
        )

        assert (piece["value"], piece["placeholder"]) == ("abc", "x")

    def test_have_a_label_each(self) -> None:
        pieces = [
            blocks.text_input("k", "Hvad?", value="", hint="", at_most=9, lines=False),
            blocks.date_input("k", "Hvad?", value="2026-03-02"),
            blocks.choice_input("k", "Hvad?", {"a": "A"}, value="a"),
        ]

        assert [(piece["id"], piece["label"]) for piece in pieces] == [("k", "Hvad?")] * 3


class TestABox:
    def test_says_in_words_what_its_colour_says(self) -> None:
        [said] = items_of(blocks.warning("Se efter"))

        assert said == {**blocks.paragraph("Se efter"), "color": "Attention"}

    def test_holds_what_is_to_be_mended(self) -> None:
        wrong = blocks.date_input("k", "Hvornår?", value="")

        assert items_of(blocks.warning("Se efter", wrong))[1:] == [wrong]

    def test_gathers_what_is_worth_knowing(self) -> None:
        assert items_of(blocks.notice("Et", "To")) == [
            blocks.paragraph("Et"),
            blocks.paragraph("To"),
        ]


def items_of(box: Piece) -> list[Json]:
    assert isinstance(box["items"], list)
    return box["items"]


def test_every_text_wraps() -> None:
    """A cut sentence is a lost one, at 340 px above all."""
    texts = [blocks.heading, blocks.paragraph, blocks.small, blocks.label]

    assert all(make("Langt")["wrap"] is True for make in texts)


def test_facts_stand_in_rows() -> None:
    assert blocks.facts([("Område", "Valby")]) == {
        "type": "FactSet",
        "facts": [{"title": "Område", "value": "Valby"}],
    }
