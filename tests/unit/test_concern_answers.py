"""What the answers of a concern form mean (concern.md §4.2, §4.4; domain.md CON-6)."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.shown import Json
from dialogs.concern_answers import (
    born,
    chosen,
    judged,
    parts,
    reported,
    said,
    signs,
    ticked,
    wording_of,
)
from dialogs.concern_report import CONCERN_REPORT
from dialogs.flow import Field
from dialogs.sent import Answers
from domain.data_classes import DataClass
from domain.gates import Sensitive
from domain.levels import TICKABLE
from domain.people import AreaCode
from tests.support.walks import walk

CPR = "7503115000"  # a replacement number: 15 March 2011


class TestBorn:
    @pytest.mark.parametrize(
        ("answers", "day"),
        [
            ({}, None),
            ({"born": None, "cpr": None, "age_about": "14"}, None),
            ({"born": "2011-05-04"}, date(2011, 5, 4)),
            ({"cpr": CPR}, date(2011, 3, 15)),
            ({"cpr": CPR, "born": "2011-05-04", "born_check": "cpr"}, date(2011, 3, 15)),
            ({"cpr": CPR, "born": "2011-05-04", "born_check": "typed"}, date(2011, 5, 4)),
            ({"cpr": CPR, "born": "2011-05-04", "born_check": "unknown"}, None),
            ({"cpr": CPR, "born_check": "typed"}, date(2011, 3, 15)),
        ],
    )
    def test_is_the_date_that_the_reporter_stands_by(
        self, answers: Answers, day: date | None
    ) -> None:
        """§4.4 rule 5: where two dates disagree we ask, and do not pick."""
        assert born(answers) == day


class TestSigns:
    def test_are_the_ticks_of_all_levels_and_not_the_frame(self) -> None:
        answers: Answers = {"signs_1": ["L1.a"], "signs_4": ["L4.a", "period"], "signs_2": None}

        assert signs(answers) == ["L1.a", "L4.a"]
        assert ticked(answers, "period")
        assert not ticked(answers, "L2.b")

    def test_are_never_the_ones_the_system_computes(self) -> None:
        """LVL-2: the reporter is not asked about earlier registrations."""
        offered = {
            name
            for step in CONCERN_REPORT.steps
            for field in step.fields
            if field.key.startswith("signs_")
            for name in getattr(field.kind, "names", ())
        }

        assert offered == {each.code for each in TICKABLE} | {"period"}


class TestReported:
    @pytest.mark.parametrize(
        ("answer", "area", "elsewhere"),
        [
            ("VAL", AreaCode("VAL"), False),
            ("elsewhere", None, True),
            ("unknown", None, False),
            (None, None, False),
        ],
    )
    def test_knows_the_area(self, *, answer: Json, area: AreaCode | None, elsewhere: bool) -> None:
        found = reported({"area": answer})

        assert (found.area, found.elsewhere) == (area, elsewhere)

    @pytest.mark.parametrize(("answer", "level"), [("3", 3), ("unknown", None), (None, None)])
    def test_knows_the_level_proposed(self, answer: Json, level: int | None) -> None:
        assert reported({"level": answer}).level == level

    def test_knows_whether_there_is_a_name_and_not_which(self) -> None:
        found = reported({"name": "Max Myrekær"})

        assert found.name_known
        assert "Max" not in repr(found)
        assert not reported({"name": None}).name_known

    def test_knows_who_wants_to_be_shielded_and_who_is_near(self) -> None:
        found = reported({"shield": "yes", "relation_names": "Carl Dybdahl"})

        assert (found.shielded, found.near_relations) == (True, "Carl Dybdahl")
        assert "Carl" not in repr(found)
        assert not reported({"shield": "no"}).shielded


class TestJudged:
    @pytest.mark.parametrize("missing", ["c1", "c2", "c3"])
    def test_holds_a_condition_only_when_it_was_answered_with_yes(self, missing: str) -> None:
        answers: dict[str, Json] = {"c1": "yes", "c2": "yes", "c3": "yes"}

        held = [
            (found.part_of_ssp, found.reasonable, found.necessary)
            for found in (judged(answers | {missing: "no"}), judged({**answers, missing: None}))
        ]

        assert held == [tuple(key != missing for key in answers)] * 2

    def test_names_what_is_sensitive_and_why_it_must_be_said(self) -> None:
        found = judged(
            {"sensitive": ["health"], "heightened": "Uden det giver fraværet ikke mening"}
        )

        assert found.sensitive == {Sensitive.HEALTH}
        assert found.heightened_reason == "Uden det giver fraværet ikke mening"
        assert judged({"sensitive": ["none"]}).sensitive == set()


class TestParts:
    @given(st.data())
    def test_hold_every_answer_once_under_its_own_class(self, data: st.DataObject) -> None:
        """domain.md §14.2: each class is sealed and read apart."""

        def choose(_: Field, offered: Sequence[Json]) -> Json:
            return data.draw(st.sampled_from(offered))

        answers = walk(CONCERN_REPORT, choose).answers
        sorted_ = parts(CONCERN_REPORT, answers)

        fields = CONCERN_REPORT.fields()
        given_ = {
            key: value
            for key, value in answers.items()
            if key in fields and value not in (None, [])
        }
        held = [(key, value) for part in sorted_.values() for key, value in part.items()]
        assert sorted(held, key=str) == sorted(given_.items(), key=str)
        assert all(
            fields[key].data is data_class for data_class, p in sorted_.items() for key in p
        )

    def test_hold_the_cpr_number_where_only_few_may_look(self) -> None:
        found = parts(CONCERN_REPORT, {"cpr": CPR, "name": "Max", "adult": True, "school": None})

        assert found == {DataClass.CPR: {"cpr": CPR}, DataClass.IDENTITY: {"name": "Max"}}


def test_said_and_chosen_give_nothing_where_there_is_something_else() -> None:
    assert said({"a": ["x"], "b": None, "c": "words"}, "c") == "words"
    assert (said({"a": ["x"]}, "a"), said({}, "a"), chosen({"a": "x"}, "a")) == ("", "", [])


def test_wording_is_minded_once_for_each_kind() -> None:
    text = "cpr 750311-5000 og 751212-5000, ring 33 66 15 80"

    assert wording_of({"observed": text}) == ["cpr", "contact"]
    assert wording_of({}) == []
