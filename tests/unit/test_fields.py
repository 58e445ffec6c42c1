"""Every kind of answer: clicked or typed, read, filled in again and shown again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.shown import Json
from cards.words import Say, speak
from dialogs.fields import AreaChoice, Choice, CprNumber, Day, Kind, Several, Text
from domain.areas import AREAS, Area
from domain.errors import RuleBroken
from domain.people import Language

TODAY = date(2026, 3, 2)
DANISH, ENGLISH = speak(Language.DA), speak(Language.EN)
YES_NO = Choice(names=("yes", "no"), texts="choice")
SOURCES = Choice(names=("own", "youth", "another", "document"), texts="concern.source")
SIGNS = Several(names=("L1.a", "L1.b", "L1.c", "L1.d"), texts="criterion")
SENSITIVE = Several(names=("health", "religion", "none"), texts="concern.sensitive", alone="none")
REPLACEMENT_CPR = "7503115000"


def read(kind: Kind, answer: str) -> Json:
    return kind.read(answer, today=TODAY, say=DANISH)


def refusal(kind: Kind, answer: str) -> RuleBroken:
    with pytest.raises(RuleBroken) as refused:
        read(kind, answer)
    return refused.value


class TestChoice:
    @pytest.mark.parametrize("said", ["yes", "1", "1.", " Ja ", "JA", "ja."])
    def test_is_picked_by_its_button_its_number_or_its_title(self, said: str) -> None:
        assert read(YES_NO, said) == "yes"

    @pytest.mark.parametrize("said", ["", "3", "0", "-1", "måske", "ja nej", "1,2", "１"])
    def test_is_nothing_else(self, said: str) -> None:
        assert refusal(YES_NO, said).code == "field.not_an_option"

    def test_is_read_in_the_language_it_is_asked_in(self) -> None:
        assert YES_NO.read("no", today=TODAY, say=ENGLISH) == "no"
        assert YES_NO.show("no", ENGLISH) == ENGLISH("choice.no")

    @given(st.sampled_from(SOURCES.names), st.sampled_from([DANISH, ENGLISH]))
    def test_is_read_the_same_clicked_numbered_and_titled(self, name: str, say: Say) -> None:
        number = str(SOURCES.names.index(name) + 1)

        ways = {SOURCES.raw(name), number, SOURCES.show(name, say)}

        assert {SOURCES.read(way, today=TODAY, say=say) for way in ways} == {name}


class TestSeveral:
    @pytest.mark.parametrize(
        ("said", "picked"),
        [
            ("L1.a,L1.c", ["L1.a", "L1.c"]),
            ("3, 1", ["L1.a", "L1.c"]),
            ("3;1;3", ["L1.a", "L1.c"]),
            ("2", ["L1.b"]),
            ("2,", ["L1.b"]),
        ],
    )
    def test_are_picked_by_numbers_or_names_in_any_order(
        self, said: str, picked: list[str]
    ) -> None:
        assert read(SIGNS, said) == picked

    @pytest.mark.parametrize("name", SIGNS.names)
    def test_are_picked_by_a_title_even_with_a_comma_in_it(self, name: str) -> None:
        assert read(SIGNS, DANISH(f"criterion.{name}")) == [name]

    @pytest.mark.parametrize("said", ["", ",", " ; ,", "5", "1, 9", "noget"])
    def test_are_at_least_one_of_the_options(self, said: str) -> None:
        assert refusal(SIGNS, said).code == "field.not_an_option"

    def test_leave_one_that_stands_alone_alone(self) -> None:
        refused = refusal(SENSITIVE, "health,none")

        assert refused.code == "field.stands_alone"
        assert refused.facts == {"option": DANISH("concern.sensitive.none")}
        assert read(SENSITIVE, "none") == ["none"]
        assert read(SENSITIVE, "none,3") == ["none"]

    @given(st.sets(st.sampled_from(SIGNS.names), min_size=1))
    def test_come_back_as_the_card_would_send_them(self, chosen: set[str]) -> None:
        value = [name for name in SIGNS.names if name in chosen]

        assert read(SIGNS, SIGNS.raw(list(value))) == value

    def test_are_shown_by_their_titles(self) -> None:
        assert SENSITIVE.show(["health", "religion"], DANISH) == "; ".join(
            [DANISH("concern.sensitive.health"), DANISH("concern.sensitive.religion")]
        )
        assert (SENSITIVE.raw(None), SENSITIVE.show(None, DANISH)) == ("", "")


class TestAreaChoice:
    @pytest.mark.parametrize("area", AREAS, ids=lambda area: area.code)
    def test_is_one_of_the_fifteen(self, area: Area) -> None:
        number = str(AREAS.index(area) + 1)

        assert {read(AreaChoice(), said) for said in (area.code, area.name, number)} == {area.code}
        assert AreaChoice().show(area.code, DANISH) == area.name

    def test_or_another_municipality_or_not_known(self) -> None:
        assert read(AreaChoice(), "En anden kommune") == "elsewhere"
        assert read(AreaChoice(), "17") == "unknown"
        assert AreaChoice().show("elsewhere", DANISH) == DANISH("area.elsewhere")

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ("Nørrebro", "area.ambiguous"),
            ("Frederiksberg", "area.elsewhere"),
            ("Aarhus", "area.unknown"),
        ],
    )
    def test_and_never_guessed(self, said: str, code: str) -> None:
        """AREA-5, AREA-7."""
        assert refusal(AreaChoice(), said).code == code


class TestText:
    def test_has_a_least_and_a_most(self) -> None:
        kind = Text(least=3, at_most=5)

        assert read(kind, "  abc  ") == "abc"
        assert read(kind, "abcde") == "abcde"
        assert refusal(kind, "ab   ").facts == {"least": 3}
        assert refusal(kind, "abcdef").facts == {"at_most": 5, "written": 6}

    def test_may_have_to_have_a_shape(self) -> None:
        kind = Text(shape=r"[0-9]+", shape_problem="field.age")

        assert read(kind, "14") == "14"
        assert refusal(kind, "14 år").code == "field.age"

    def test_leaves_out_what_nobody_sees(self) -> None:
        """AC-OUT-02: so that it is neither refused for it nor hides a CPR number with it."""
        assert read(Text(shape=r"[a-zA-Z ]+"), "Max \u202eM\u200b") == "Max M"
        assert refusal(Text(), "040511\u200b-4321").code == "field.cpr"

    def test_is_told_how_much_room_there_is(self) -> None:
        piece = Text(at_most=77, lines=True).piece("k", "Hvad?", value="før", say=DANISH)

        assert (piece["maxLength"], piece["isMultiline"], piece["value"]) == (77, True, "før")


class TestDay:
    @pytest.mark.parametrize("said", ["2026-03-01", "1.3.2026", "01-03-26", "i går"])
    def test_is_read_from_the_card_or_as_people_write(self, said: str) -> None:
        assert read(Day(), said) == "2026-03-01"

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ("2026-03-03", "date.future"),
            ("30.2.2026", "date.impossible"),
            ("forleden", "date.format"),
        ],
    )
    def test_is_a_day_that_has_come(self, said: str, code: str) -> None:
        assert refusal(Day(), said).code == code

    @given(st.dates(min_value=date(1900, 1, 1), max_value=TODAY))
    def test_comes_back_as_the_card_would_send_it(self, day: date) -> None:
        value = read(Day(), day.isoformat())

        assert read(Day(), Day().raw(value)) == value
        assert Day().show(value, DANISH) == DANISH.day(day)


class TestCprNumber:
    def test_is_kept_as_ten_digits(self) -> None:
        assert read(CprNumber(), "750311 – 5000") == REPLACEMENT_CPR

    def test_is_refused_without_being_repeated(self) -> None:
        refused = refusal(CprNumber(), "3201993000")

        assert refused.code == "cpr.date"
        assert "3201993000" not in str(refused.facts)

    def test_is_never_put_back_into_a_card(self) -> None:
        """concern.md §4.4 rule 7."""
        piece = CprNumber().piece("cpr", "CPR", value=REPLACEMENT_CPR, say=DANISH)

        assert "value" not in piece
        assert "5000" not in str(piece)
        assert "5000" not in CprNumber().show(REPLACEMENT_CPR, DANISH)

    def test_is_asked_for_with_its_form_where_there_is_none(self) -> None:
        piece = CprNumber().piece("cpr", "CPR", value="", say=DANISH)

        assert piece["placeholder"] == DANISH("cpr.placeholder")


@pytest.mark.parametrize(
    "kind", [Text(), Day(), CprNumber()], ids=lambda kind: type(kind).__name__
)
def test_a_free_answer_has_no_options(kind: Kind) -> None:
    assert kind.options(DANISH) == {}
