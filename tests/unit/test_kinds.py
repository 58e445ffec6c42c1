"""What is offered to one person, days to come, and numbers."""

from datetime import date

import pytest

from cards.words import speak
from dialogs.fields import Kind
from dialogs.kinds import ComingDay, Number, Offered, SeveralOffered
from domain.errors import RuleBroken
from domain.people import Language

TODAY = date(2026, 3, 2)
DANISH = speak(Language.DA)
PEOPLE = {"bo": "Bo Havrelygte, Stabsansvarlig", "eva": "Eva Rimfrost, Stabsansvarlig"}
ONE, SOME = Offered().offering(PEOPLE), SeveralOffered().offering(PEOPLE)


def read(kind: Kind, answer: str) -> object:
    return kind.read(answer, today=TODAY, say=DANISH)


def refusal(kind: Kind, answer: str) -> str:
    with pytest.raises(RuleBroken) as refused:
        read(kind, answer)
    return refused.value.code


class TestOffered:
    @pytest.mark.parametrize("said", ["bo", "1", "Bo Havrelygte, Stabsansvarlig", "havre", "BO H"])
    def test_is_picked_by_name_number_title_or_a_part_that_fits_one(self, said: str) -> None:
        assert read(ONE, said) == "bo"

    @pytest.mark.parametrize("said", ["carl", "3", "0", "stabsansvarlig", "", " ", "bo,eva"])
    def test_is_nothing_that_was_not_offered(self, said: str) -> None:
        """AC-CARD-07."""
        assert refusal(ONE, said) == "field.not_an_option"

    def test_is_asked_again_when_it_is_offered_no_more(self) -> None:
        assert ONE.still("bo")
        assert ONE.still(None)
        assert not ONE.offering({"eva": "Eva"}).still("bo")

    def test_offers_nothing_by_itself(self) -> None:
        assert refusal(Offered(), "bo") == "field.not_an_option"


class TestSeveralOffered:
    def test_are_read_in_the_order_they_are_offered_in(self) -> None:
        assert read(SOME, "eva, 1") == ["bo", "eva"]
        assert SOME.raw(["bo", "eva"]) == "bo,eva"
        assert SOME.show(["bo"], DANISH) == PEOPLE["bo"]

    @pytest.mark.parametrize("said", ["", "bo, carl", "stabsansvarlig"])
    def test_are_nothing_that_was_not_offered(self, said: str) -> None:
        assert refusal(SOME, said) == "field.not_an_option"

    def test_are_asked_again_when_one_is_offered_no_more(self) -> None:
        assert SOME.still(["bo", "eva"])
        assert not SOME.offering({"eva": "Eva"}).still(["bo", "eva"])


class TestComingDay:
    @pytest.mark.parametrize(
        ("said", "day"),
        [
            ("i dag", "2026-03-02"),
            ("i morgen", "2026-03-03"),
            ("tomorrow", "2026-03-03"),
            ("09.03.26", "2026-03-09"),
            ("1. januar 27", "2027-01-01"),
            ("2026-04-01", "2026-04-01"),
        ],
    )
    def test_is_today_or_later(self, said: str, day: str) -> None:
        assert read(ComingDay(), said) == day

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ("i går", "date.past"),
            ("2026-03-01", "date.past"),
            ("2036-03-01", "date.too_far"),
            ("snart", "date.coming_format"),
            ("24.12", "date.coming_format"),
            ("31.02.2027", "date.coming_impossible"),
        ],
    )
    def test_is_nothing_else(self, said: str, code: str) -> None:
        assert refusal(ComingDay(), said) == code


class TestNumber:
    @pytest.mark.parametrize(("said", "number"), [("1", "1"), (" 07 ", "7"), ("24.", "24")])
    def test_is_whole_and_within_its_bounds(self, said: str, number: str) -> None:
        assert read(Number(least=1, most=24), said) == number

    @pytest.mark.parametrize("said", ["0", "25", "-1", "1,5", "tre", "", "٣", "0" * 9 + "1"])
    def test_is_nothing_else(self, said: str) -> None:
        assert refusal(Number(least=1, most=24), said) == "field.number"
