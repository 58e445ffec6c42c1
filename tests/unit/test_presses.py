"""What a press may bring, and what a typed word means (AC-CARD-01, 03)."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.presses import about
from cards.shown import Json, Shown
from dialogs.conversation import VERBS, VOCABULARY
from dialogs.flow import Flow
from dialogs.offers import Offer, Vocabulary, together
from dialogs.presses import NOBODY, Aim, Thing, Verb
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Transaction

ID = UUID("5f0d3a3c-1d59-4df4-9f0e-0c1f6a2b7d11")
BOX = Thing(name="box", reference=r"x\d{2}")
JSON = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(), max_size=2)


async def nothing(_: Transaction, __: Turn, ___: Aim) -> Shown:
    return Shown(words="", summary="")


async def nobody(_: Transaction, __: object, ___: Turn) -> Shown:
    return Shown(words="", summary="")


PUT = Verb(
    take=nothing,
    about=BOX,
    carries={"side": frozenset({"left", "right"})},
    asks=frozenset({"note"}),
    words=("læg", "put"),
    rest=r"(?: \d)?",
)
FIND = Verb(take=nothing, words=("find", "seek"), rest=r" .{2,10}")
LIST = Verb(take=nothing, words=("liste", "list"))


class TestAPress:
    def test_brings_its_object_the_version_seen_and_what_its_card_asks_for(self) -> None:
        aim = PUT.aim({**about("box", ID, 3), "side": "left", "note": "oven på"})

        assert aim == Aim(id=ID, version=3, inputs={"side": "left", "note": "oven på"})

    def test_need_not_bring_what_was_left_blank(self) -> None:
        assert PUT.aim({**about("box", ID, 3), "side": "left"}).inputs == {"side": "left"}

    @pytest.mark.parametrize(
        "change",
        [
            {"side": "up"},
            {"side": None},
            {"note": 3},
            {"note": ["a"]},
            {"box": "not an id"},
            {"box": str(ID).upper()},
            {"box": None},
            {"version": "3"},
            {"version": True},
            {"version": None},
            {"owner": "bo"},
            {"level": "4"},
            {"case": str(ID)},
        ],
        ids=str,
    )
    def test_that_brings_anything_else_is_refused(self, change: dict[str, Json]) -> None:
        """AC-CARD-03."""
        with pytest.raises(RuleBroken, match="press.not_ours"):
            PUT.aim({**about("box", ID, 3), "side": "left", **change})

    @pytest.mark.parametrize("without", ["box", "version", "side"])
    def test_that_brings_less_is_refused(self, without: str) -> None:
        whole: dict[str, Json] = {**about("box", ID, 3), "side": "left"}

        with pytest.raises(RuleBroken, match="press.not_ours"):
            PUT.aim({key: value for key, value in whole.items() if key != without})

    def test_of_what_can_only_be_typed_is_refused(self) -> None:
        with pytest.raises(RuleBroken, match="press.not_ours"):
            Verb(take=nothing, words=("liste",), typed_only=True).aim({})

    @given(
        st.sampled_from(sorted(VERBS)),
        st.dictionaries(st.text(min_size=1, max_size=8), JSON, max_size=4),
    )
    def test_of_any_kind_takes_nothing_that_was_made_up(
        self, name: str, data: dict[str, Json]
    ) -> None:
        verb = VERBS[name]
        own = {*verb.carries, *verb.asks, *([verb.about.name, "version"] if verb.about else [])}
        try:
            aim = verb.aim(data)
        except RuleBroken:
            return

        assert data.keys() <= own
        assert verb.about is not None or aim.id == NOBODY


class TestATypedWord:
    WORDS = Vocabulary.of([PUT, FIND, LIST])

    @pytest.mark.parametrize(
        ("said", "verb", "rest"),
        [
            ("læg x12", PUT, ""),
            ("put x12 3", PUT, " 3"),
            ("find en bold", FIND, " en bold"),
            ("liste", LIST, ""),
        ],
    )
    def test_is_understood_alone_or_with_a_number(self, said: str, verb: Verb, rest: str) -> None:
        understood = self.WORDS.understand(said)

        assert understood is not None
        assert understood[0] is verb
        assert understood[1]["rest"] == rest

    @pytest.mark.parametrize(
        "said",
        ["læg", "læg x1", "læg x12 34", "læg y12", "liste x12", "en liste", "find", "find e"],
    )
    def test_is_not_taken_for_another(self, said: str) -> None:
        assert self.WORDS.understand(said) is None

    @pytest.mark.parametrize(
        ("said", "name"),
        [
            ("åbn b2026-0001", "concern.open"),
            ("åbn 2026-0001", "case.open"),
            ("flyt b2026-0001", "concern.reroute"),
            ("niveau 2026-0042", "case.set_level"),
            ("hej", "help"),
            ("", "help"),
        ],
    )
    def test_goes_by_the_kind_of_number(self, said: str, name: str) -> None:
        understood = VOCABULARY.understand(said)

        assert understood is not None
        assert understood[0] is VERBS[name]

    def test_could_be_a_sentence_only_where_anything_may_follow(self) -> None:
        assert FIND.free
        assert not PUT.free
        assert not LIST.free


class TestOffers:
    def test_that_answer_the_same_press_do_not_go_together(self) -> None:
        with pytest.raises(ValueError, match=r"box\.put"):
            together([Offer(verbs={"box.put": PUT}), Offer(verbs={"box.put": LIST})])

    def test_that_have_forms_of_one_name_do_not_go_together(self) -> None:
        form = Flow(name="box", steps=(), finish=nobody)

        with pytest.raises(ValueError, match="box"):
            together([Offer(verbs={}, flows=(form,)), Offer(verbs={}, flows=(form,))])


class TestWhatWasMistyped:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("beredskab strat", "beredskab start"),
            ("fravær slutt", "fravær slut"),
            ("alrm r2026-0001", "alarm R2026-0001"),
            ("svr r2026-0001 deltager", "svar R2026-0001"),
            ("godmorgen", ""),
            ("alrm", ""),
            ("beredskab start nu hvis det altså er det, I synes er det rigtige", ""),
        ],
    )
    def test_is_named_as_it_should_have_been(self, said: str, meant: str) -> None:
        """The number is kept; what else was written is not said again."""
        assert VOCABULARY.nearest(said) == meant

    @given(st.data())
    def test_leads_to_what_is_understood_when_a_letter_is_missing(
        self, data: st.DataObject
    ) -> None:
        plain = [verb for verb in VERBS.values() if verb.words and not verb.about]
        long = sorted(word for verb in plain for word in verb.words if len(word) > 6)
        said = data.draw(st.sampled_from(long))
        at = data.draw(st.integers(min_value=0, max_value=len(said) - 1))

        near = VOCABULARY.nearest(said[:at] + said[at + 1 :])

        assert VOCABULARY.understand(near) or VOCABULARY.understand(f"{near} ord")
