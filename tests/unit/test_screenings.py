"""A screening: what a group may be called, and what its general part may not say (GRP-5)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.given_names import GIVEN_NAMES
from domain.lexicon import ORIGINS
from domain.screenings import (
    MEASURE_AT_MOST,
    MOST_MEASURES,
    Screening,
    Target,
    Verdict,
    check,
    check_alias,
    check_person_free,
    holds_name,
    measures,
    two_words,
)

LINE = st.text(st.characters(whitelist_categories=("L", "N"), max_codepoint=400), min_size=1)
LINES = st.lists(LINE.map(lambda text: text[:MEASURE_AT_MOST]), max_size=MOST_MEASURES)
WHOLE = Screening(
    alias="Gruppen ved stationen",
    behaviour="De mødes om aftenen og råber efter dem, der går forbi.",
    dynamics="To fører an, de andre følger med.",
    online="En lukket gruppe på en tjeneste til billeder",
    places="Pladsen foran stationen",
    existing={Verdict.KEEP: ("Gadeplan to aftener om ugen",), Verdict.STOP: ("Åben hal",)},
    new={Target.WHOLE: ("Fælles fodbold",), Target.INDIVIDUAL: ("Fritidspas",)},
    participants=("Gadeplan, SOF", "Nærpolitiet"),
)


def refusal(code: str) -> "pytest.RaisesExc[RuleBroken]":
    return pytest.raises(RuleBroken, match=f"^{code}$")


def is_refused(alias: str, code: str) -> bool:
    try:
        check_alias(alias)
    except RuleBroken as problem:
        return problem.code == code
    return False


class TestAnAlias:
    @pytest.mark.parametrize(
        "alias",
        [
            "Gruppen ved Blågårds Plads",
            "Valby Station-gruppen",
            "De unge ved hallen i Sydhavnen",
            "Knallertgruppen",
        ],
    )
    def test_may_say_where_they_are(self, alias: str) -> None:
        check_alias(alias, names=["Anna Bregnekær", "Bo Havrelygte"])

    @pytest.mark.parametrize("word", sorted(ORIGINS))
    def test_says_nothing_of_ethnicity_or_religion(self, word: str) -> None:
        """GRP-5."""
        with refusal("group.alias_background"):
            check_alias(f"Gruppen {word.replace('*', 'e')} ved stationen")

    @pytest.mark.parametrize("alias", ["{}-gruppen", "{}s venner"])
    def test_holds_no_given_name(self, alias: str) -> None:
        """GRP-5."""
        said = [alias.format(name.title()) for name in sorted(GIVEN_NAMES)]

        assert [each for each in said if not is_refused(each, "group.alias_name")] == []

    @pytest.mark.parametrize(
        "alias",
        ["Bregnekær Havrelygte-klubben", "Dem omkring Storm Bregnekær", "storm bregnekærs"],
    )
    def test_holds_nobodys_name(self, alias: str) -> None:
        with refusal("group.alias_name"):
            check_alias(alias, names=["Storm Bregnekær", "Bregnekær Havrelygte"])

    @pytest.mark.parametrize(
        "alias", ["010203-1234", "Ring 12 34 56 78", "Hans bror Storm", "Bandemedlemmerne"]
    )
    def test_holds_no_number_no_relative_and_no_label(self, alias: str) -> None:
        with refusal("group.alias_name"):
            check_alias(alias)


class TestWhatLeadersReadToo:
    @pytest.mark.parametrize("words", WHOLE.texts)
    def test_may_say_what_the_group_does(self, words: str) -> None:
        check_person_free(words, names=["Storm Bregnekær"])

    @pytest.mark.parametrize(
        "words",
        [
            "Den ene er født 010203-1234.",
            "Man kan ringe til 12 34 56 78.",
            "Hans storebror hedder Storm Bregnekær.",
            "Storm Bregnekær fører an.",
            "Det er Bregnekærs Storm Bregnekærs idé.",
        ],
    )
    def test_says_nothing_about_one_person(self, words: str) -> None:
        """S115-9: local committees and leaders read no person's data."""
        with refusal("group.not_person_free"):
            check_person_free(words, names=["Storm Bregnekær"])

    def test_is_looked_at_in_every_part(self) -> None:
        """A name hidden in any one of the texts is found."""
        name = "Storm Bregnekær"
        check(WHOLE, names=[name])
        for spoilt in (
            replace(WHOLE, behaviour=name),
            replace(WHOLE, dynamics=name),
            replace(WHOLE, online=name),
            replace(WHOLE, places=name),
            replace(WHOLE, existing={Verdict.ADD: ("Fodbold", name)}),
            replace(WHOLE, new={Target.PART: (name,)}),
        ):
            with refusal("group.not_person_free"):
                check(spoilt, names=[name])


class TestNames:
    def test_of_one_word_count_where_they_stand_with_a_capital(self) -> None:
        assert holds_name("De er altid hos Storm.", ["Storm"])
        assert holds_name("Storms venner", ["Storm"])
        assert not holds_name("De kom i storm og regn.", ["Storm"])

    def test_too_short_to_tell_are_let_be(self) -> None:
        assert not holds_name("Bo og de andre", ["Bo"])

    def test_of_two_words_that_stand_apart_are_let_be(self) -> None:
        assert not holds_name("Storm er der, og Bregnekær er et sted.", ["Storm Bregnekær"])

    @given(before=LINE, after=LINE)
    def test_are_found_wherever_they_stand(self, before: str, after: str) -> None:
        assert holds_name(f"{before} Storm Bregnekær {after}", ["Storm Ulv Bregnekær"])

    def test_are_offered_for_looking_up_two_words_at_a_time(self) -> None:
        assert two_words("Dem om Storm Ulv Bregnekær") == ["Storm Ulv", "Ulv Bregnekær"]


class TestMeasures:
    @given(lines=LINES)
    def test_are_the_lines_that_say_something(self, lines: list[str]) -> None:
        assert measures("\n\n".join(f" - {line}" for line in lines)) == tuple(lines)

    def test_may_be_none(self) -> None:
        assert measures(None) == measures("  \n ") == ()

    def test_are_short_and_few(self) -> None:
        with refusal("group.measure_long"):
            measures("x" * (MEASURE_AT_MOST + 1))
        with refusal("group.many_measures"):
            measures("\n".join("x" * (MOST_MEASURES + 1)))


class TestARecordOfIt:
    @given(
        texts=st.lists(LINE, min_size=5, max_size=5),
        existing=st.dictionaries(st.sampled_from(Verdict), LINES.map(tuple)),
        new=st.dictionaries(st.sampled_from(Target), LINES.map(tuple)),
        participants=LINES.map(tuple),
    )
    def test_says_the_same_when_it_is_read_again(
        self,
        texts: list[str],
        existing: dict[Verdict, tuple[str, ...]],
        new: dict[Target, tuple[str, ...]],
        participants: tuple[str, ...],
    ) -> None:
        alias, behaviour, dynamics, online, places = texts
        screening = Screening(
            alias=alias,
            behaviour=behaviour,
            dynamics=dynamics,
            online=online,
            places=places,
            existing=existing,
            new=new,
            participants=participants,
        )

        assert Screening.of(screening.content()) == screening

    def test_of_an_older_release_is_read_as_far_as_it_goes(self) -> None:
        assert Screening.of({"alias": "Knallertgruppen"}).places == ""

    def test_shows_none_of_its_words(self) -> None:
        """AC-LOG-04."""
        assert "station" not in repr(WHOLE)
