"""When it is time for a drill, and that none is counted among real alerts: BER-63, BER-65."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alert_figures import Target
from domain.drills import (
    Exercise,
    Measured,
    begins_on,
    compared,
    ends_on,
    exercise_of,
    is_due,
    next_by,
)
from tests.support.action_plans import CATALOGUE
from usecases.see_figures import GOALS

DAYS = st.dates(date(2026, 1, 1), date(2036, 12, 31))
FIGURES = st.dictionaries(
    st.sampled_from([*Target, "answered"]), st.integers(0, 100_000), max_size=5
)


class TestAReminder:
    """BER-65: an alarm drill each quarter, and a tabletop twice a year."""

    def test_comes_each_quarter_and_each_half_year_where_nothing_is_held(self) -> None:
        months = [date(2026, month, 1) for month in range(1, 13)]

        due = {
            each: [day.month for day in months if is_due(each, held=(), today=day)]
            for each in Exercise
        }

        assert due == {
            Exercise.CHAIN: [1, 3, 4, 6, 7, 9, 10, 12],
            Exercise.TABLETOP: [1, 6, 7, 12],
        }

    @given(st.sampled_from(Exercise), DAYS, DAYS)
    def test_never_comes_after_one_was_held_in_its_time(
        self, exercise: Exercise, today: date, held: date
    ) -> None:
        in_time = begins_on(exercise, today) <= held <= today

        due = is_due(exercise, held=[held], today=today)

        assert due is (not in_time and is_due(exercise, held=(), today=today))

    @given(st.sampled_from(Exercise), DAYS)
    def test_belongs_to_a_stretch_without_gaps(self, exercise: Exercise, today: date) -> None:
        first, last = begins_on(exercise, today), ends_on(exercise, today)

        assert first <= today <= last
        assert begins_on(exercise, last + timedelta(days=1)) == last + timedelta(days=1)

    @given(st.sampled_from(Exercise), DAYS, DAYS)
    def test_says_by_when_the_next_is_to_be_held(
        self, exercise: Exercise, today: date, latest: date
    ) -> None:
        by = next_by(exercise, latest=min(latest, today), today=today)

        waits = min(latest, today) < begins_on(exercise, today)
        assert (by == ends_on(exercise, today)) is waits
        assert by >= today

    @pytest.mark.parametrize(
        ("code", "exercise"),
        [("Ø1", Exercise.CHAIN), ("Ø2", Exercise.TABLETOP), ("H3", Exercise.TABLETOP)],
    )
    def test_counts_what_a_template_practises(self, code: str, exercise: Exercise) -> None:
        assert exercise_of(CATALOGUE.templates[code]) is exercise


class TestAReport:
    """BER-63: drills beside the live targets, and never among them."""

    @given(st.lists(FIGURES), st.lists(FIGURES), st.randoms())
    def test_has_the_same_live_figures_whatever_drills_there_are(
        self, live: list[dict[str, int]], drills: list[dict[str, int]], order: Random
    ) -> None:
        alone = [Measured(drill=False, figures=each) for each in live]
        mixed = [*alone, *(Measured(drill=True, figures=each) for each in drills)]
        order.shuffle(mixed)

        told = compared(mixed, goals=GOALS)

        expected = compared(alone, goals=GOALS)
        assert [each.live for each in told] == [each.live for each in expected]
        assert [each.goal for each in told] == [GOALS.get(each) for each in Target]
        drilled = compared([each for each in mixed if each.drill], goals=GOALS)
        assert [each.drill for each in told] == [each.drill for each in drilled]

    def test_tells_the_middle_time_of_each(self) -> None:
        measured = [
            *(Measured(drill=True, figures={"first_reply": each}) for each in (60, 120, 600)),
            Measured(drill=False, figures={"first_reply": 30, "quorum": 900}),
        ]

        first, quorum, *_ = compared(measured, goals=GOALS)

        assert (first.drill, first.live) == (timedelta(minutes=2), timedelta(seconds=30))
        assert (quorum.drill, quorum.live) == (None, timedelta(minutes=15))
