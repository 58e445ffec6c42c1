"""Any way at all through the forms (concern.md §4.1, §4.6; domain.md CON-3)."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cards.shown import Json
from dialogs.concern_report import CONCERN_REPORT
from dialogs.flow import Field, Flow, Step, is_
from dialogs.questions import closed
from dialogs.registry import FLOWS
from dialogs.sent import Answers
from domain.data_classes import DataClass
from tests.support.walks import SAY, TODAY, Walk, answered, first_of, samples, walk

FIELDS = CONCERN_REPORT.fields()


@st.composite
def walks(draw: st.DrawFn, flow: Flow = CONCERN_REPORT) -> Walk:
    def choose(_: Field, offered: Sequence[Json]) -> Json:
        return draw(st.sampled_from(offered))

    return walk(flow, choose)


@st.composite
def whole_walks(draw: st.DrawFn) -> Walk:
    """Draw one that comes to the review."""
    going = draw(walks())
    assume(not going.diverted)
    return going


@st.composite
def soups(draw: st.DrawFn) -> Answers:
    """Draw answers to any questions, as if every branch were open."""
    keys = draw(st.sets(st.sampled_from(sorted(FIELDS))))
    return {key: draw(st.sampled_from(samples(FIELDS[key]))) for key in sorted(keys)}


def asked(answers: Answers) -> set[str]:
    """Name the questions that these answers leave open."""
    return {
        field.key
        for step in CONCERN_REPORT.steps_shown(answers)
        for field in step.fields_shown(answers)
    }


class TestAnyWalk:
    @given(st.data(), st.sampled_from(sorted(FLOWS)))
    def test_goes_forward_only_and_ends(self, data: st.DataObject, name: str) -> None:
        flow = FLOWS[name]
        going = data.draw(walks(flow))

        places = [flow.steps.index(step) for step in going.steps]

        assert places == sorted(set(places))
        assert going.diverted or going.steps[-1] is flow.steps[-1]

    @given(walks())
    def test_keeps_no_answer_whose_question_is_not_asked(self, going: Walk) -> None:
        for _, answers in going.stops:
            assert answers.keys() & FIELDS.keys() <= asked(answers)

    @given(whole_walks())
    def test_leads_through_the_steps_that_its_answers_show(self, going: Walk) -> None:
        """A text whose CPR number was masked needs no second look; nothing else is unstable."""
        shown = CONCERN_REPORT.steps_shown(going.answers)

        assert [step for step in going.steps if step in shown or step.key != "wording"] == shown

    @given(walks())
    def test_can_be_gone_back_on_step_by_step(self, going: Walk) -> None:
        here, back = going.steps[-1], [going.steps[-1]]
        while (before := CONCERN_REPORT.before(here, going.answers)) is not here:
            here = before
            back.append(here)

        assert back[::-1] == [
            step
            for step in CONCERN_REPORT.steps_shown(going.answers)
            if CONCERN_REPORT.steps.index(step) <= CONCERN_REPORT.steps.index(going.steps[-1])
        ]

    @given(whole_walks())
    def test_keeps_everything_when_it_is_gone_again_from_card_to_card(self, going: Walk) -> None:
        """What a card was filled in with, sent back as it stands, changes nothing."""
        answers = going.answers

        for step in CONCERN_REPORT.steps_shown(answers):
            again = dict(answers)
            for field in step.fields_shown(answers):
                if (value := answers[field.key]) is not None:
                    raw = field.kind.raw(value)
                    again[field.key] = field.kind.read(raw, today=TODAY, say=SAY)
            step.check(again)
            answers = CONCERN_REPORT.open_answers(step.settle(again, TODAY))

        assert answers == going.answers

    @given(whole_walks())
    def test_is_complete_when_it_has_come_to_the_review(self, going: Walk) -> None:

        assert CONCERN_REPORT.first_open(going.answers).review

    @given(whole_walks(), st.data())
    def test_leads_back_to_whatever_is_taken_out(self, going: Walk, data: st.DataObject) -> None:
        required = [
            (step, field)
            for step, answers in going.stops
            for field in step.fields_shown(answers)
            if not field.optional and field.key in going.answers
        ]
        step, field = data.draw(st.sampled_from(required))

        left = {key: value for key, value in going.answers.items() if key != field.key}

        first = CONCERN_REPORT.first_open(CONCERN_REPORT.open_answers(left))
        assert CONCERN_REPORT.steps.index(first) <= CONCERN_REPORT.steps.index(step)
        assert not first.review


class TestOpenAnswers:
    @given(soups())
    def test_keeps_the_asked_ones_and_no_others(self, soup: Answers) -> None:
        kept = CONCERN_REPORT.open_answers(soup)

        assert kept == {key: value for key, value in soup.items() if key in kept}
        assert kept.keys() <= asked(kept)

    @given(soups())
    def test_is_settled_after_once(self, soup: Answers) -> None:
        kept = CONCERN_REPORT.open_answers(soup)

        assert CONCERN_REPORT.open_answers(kept) == kept

    @given(soups())
    def test_names_all_that_would_be_wiped(self, soup: Answers) -> None:
        """concern.md §4.1 rule 5: nothing that was answered goes without a word."""
        kept = CONCERN_REPORT.open_answers(soup)

        wiped = {key for key, value in soup.items() if key not in kept and value not in (None, [])}
        assert set(closed(CONCERN_REPORT, soup, soup)) == wiped

    def test_keeps_what_a_step_worked_out(self) -> None:
        assert CONCERN_REPORT.open_answers({"adult": True}) == {"adult": True}

    def test_lets_go_of_a_branch_within_a_branch(self) -> None:
        answers = answered(CONCERN_REPORT, CONCERN_REPORT.step("gate"), {"name": "Max"}, first_of)
        assert {"sensitive", "heightened"} <= answers.keys()

        left = CONCERN_REPORT.open_answers({**answers, "sensitive": ["none"]})

        assert "heightened" not in left


class TestStep:
    ONE = Step(
        key="one",
        fields=(
            Field(key="a", kind=FIELDS["danger"].kind, data=DataClass.TEXT),
            Field(key="b", kind=FIELDS["danger"].kind, data=DataClass.TEXT, shown=is_("a", "yes")),
        ),
    )

    @pytest.mark.parametrize(
        ("answers", "missing"),
        [({}, ["a"]), ({"a": "no"}, []), ({"a": "yes"}, ["b"]), ({"a": "yes", "b": None}, [])],
    )
    def test_misses_what_it_asks_and_has_no_answer_to(
        self, answers: Answers, missing: list[str]
    ) -> None:
        assert [field.key for field in self.ONE.missing(answers)] == missing
        assert self.ONE.is_complete(answers) is (missing == [])

    def test_is_not_complete_while_its_answers_do_not_go_together(self) -> None:
        criteria = CONCERN_REPORT.step("criteria")
        none = dict.fromkeys(field.key for field in criteria.fields)

        assert not criteria.missing(none)
        assert not criteria.is_complete(none)
        assert criteria.is_complete({**none, "sign_other": "Sover dårligt"})


def test_ac_card_09_a_step_of_an_older_release_leads_to_the_first() -> None:
    assert CONCERN_REPORT.step("abolished") is CONCERN_REPORT.steps[0]
