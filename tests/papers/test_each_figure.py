"""Each figure of readiness: what it counts, and what is drawn of it (BER-67)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.figures.comparison import drill_beside_live
from cards.figures.curve import APART, BOTTOM, TOP, acknowledgement_curve, spread
from cards.figures.gantt import measure_chart
from cards.figures.incidents import LARGEST, incidents_figure
from cards.figures.matrix import answer_matrix
from cards.figures.svg import Figure
from cards.figures.timeline import timeline
from domain.alert_figures import Incidents, stands_of
from domain.alerts import QUORUM, Recipient, Reply
from domain.people import Authority
from domain.plan_measures import MeasureState
from tests.support.alerts_written import (
    LEFT_AT,
    NOW,
    YNB,
    a_plan,
    a_recipient,
    answers,
    recipients,
    without_answers,
)
from tests.support.catalogue import DANISH
from tests.support.drawings import SVG, drawn, seen
from tests.support.readiness_golden import figures


class TestTheCurve:
    def test_tells_how_many_of_each_authority_had_answered_and_when(self) -> None:
        """BER-67: share acked over time, per authority."""
        assert [row[1:] for row in figures()["curve"].rows] == [
            ("2", "2", "100 %", "2 min", "9 min"),
            ("3", "2", "67 %", "4 min", "11 min"),
            ("1", "1", "100 %", "1 min", "1 min"),
            ("1", "1", "100 %", "3 min", "3 min"),
            ("1", "0", "0 %", "–", "–"),
        ]

    def test_climbs_when_somebody_answers(self) -> None:
        people = [
            a_recipient(1, Authority.KP, reply=Reply.JOINING, after=10),
            a_recipient(2, Authority.KP, reply=Reply.UNABLE, after=20),
        ]
        figure = self._of(people, minutes=40)
        path = drawn(figure).find(f".//{SVG}path")

        assert path is not None
        assert path.get("d") == "M56.0 336.0H192.0V192.0H328.0V48.0H600.0"

    def test_climbs_at_the_first_answer_of_somebody_who_answered_otherwise_later(self) -> None:
        now = a_recipient(1, Authority.KP, reply=Reply.UNABLE, after=30)
        said = [
            (now.person, Reply.UNABLE, LEFT_AT + timedelta(minutes=30)),
            (now.person, Reply.JOINING, LEFT_AT + timedelta(minutes=4)),
        ]
        figure = acknowledgement_curve(
            [now],
            answers=said,
            left_at=LEFT_AT,
            until=NOW,
            drill=False,
            id="curve",
            say=DANISH,
        )

        assert figure.rows[0][4:] == ("4 min", "4 min")

    def test_leaves_out_what_was_answered_afterwards(self) -> None:
        late = [a_recipient(1, Authority.KP, reply=Reply.JOINING, after=41)]

        assert self._of(late, minutes=40).rows[0][2] == "0"

    def test_counts_an_answer_that_came_before_it_left_at_once(self) -> None:
        early = [a_recipient(1, Authority.KP, reply=Reply.JOINING, after=-3)]

        assert self._of(early, minutes=40).rows[0][2:] == ("1", "100 %", "0 min", "0 min")

    def test_tells_six_authorities_apart_by_dashes_marks_and_names(self) -> None:
        """BER-67: never colour alone."""
        people = [
            a_recipient(number, authority, reply=Reply.JOINING, after=number)
            for number, authority in enumerate(Authority, start=1)
        ]
        figure = self._of(people, minutes=40)
        groups = [
            each
            for each in drawn(figure).iter(f"{SVG}g")
            if str(each.get("class")).startswith("figure-series")
        ]
        dashes = [line.get("stroke-dasharray") for line in drawn(figure).iter(f"{SVG}path")]

        assert len(groups) == len(set(dashes)) == len(Authority)
        assert [name for name in Authority if f"{name} 1/1" not in seen(figure)] == []

    def test_does_not_depend_on_the_order_of_rows(self) -> None:
        people = list(recipients())

        assert self._of(people[::-1], minutes=25) == self._of(people, minutes=25)

    def test_is_drawn_before_anybody_has_answered(self) -> None:
        assert {row[2] for row in self._of(list(without_answers()), minutes=1).rows} == {"0"}

    def test_says_that_nobody_is_asked(self) -> None:
        assert DANISH("figure.nobody_asked") in seen(self._of([], minutes=5))

    def _of(self, people: list[Recipient], *, minutes: int) -> Figure:
        return acknowledgement_curve(
            people,
            answers=answers(people),
            left_at=LEFT_AT,
            until=LEFT_AT + timedelta(minutes=minutes),
            drill=False,
            id="curve",
            say=DANISH,
        )

    @given(st.lists(st.floats(min_value=TOP, max_value=BOTTOM), max_size=6))
    def test_keeps_its_labels_apart_and_inside(self, wanted: list[float]) -> None:
        placed = sorted(spread(wanted))

        assert all(b - a >= APART - 0.001 for a, b in pairwise(placed))
        assert all(TOP <= each <= BOTTOM for each in placed)


class TestTheMatrix:
    def test_counts_every_answer_and_says_where_somebody_is_missing(self) -> None:
        """BER-24, BER-67."""
        rows = {row[0]: row[1:] for row in figures()["matrix"].rows}

        assert rows["Børne- og Ungdomsforvaltningen"] == (
            *("1", "0", "0", "1", "1"),
            "Opfyldt: 1 af 1",
        )
        assert rows["Kultur- og Fritidsforvaltningen"] == (
            *("0", "0", "1", "0", "0"),
            "Mangler: 0 af 1",
        )
        assert "KFF, BIF" in figures()["matrix"].desc

    def test_has_a_row_for_an_authority_of_whom_nobody_is_asked(self) -> None:
        stands = stands_of([], {Authority.KP: 2})
        figure = answer_matrix(stands, drill=False, id="matrix", say=DANISH)

        assert figure.rows == (("Københavns Politi", *["0"] * 5, "Mangler: 0 af 2"),)

    def test_does_not_count_for_the_quorum_who_replaces_somebody_uncounted(self) -> None:
        people = [
            replace(a_recipient(1, Authority.KP, reply=Reply.JOINING, after=1), quorum=False)
        ]
        stands = stands_of(people, QUORUM)
        figure = answer_matrix(stands, drill=False, id="matrix", say=DANISH)

        assert figure.rows[2][1:] == ("1", "0", "0", "0", "0", "Mangler: 0 af 1")


class TestTheMeasures:
    def test_fill_their_bars_by_how_they_stand(self) -> None:
        """BER-67: Gantt of measures; each state has its own filling and its word."""
        fills = {
            (str(each.get("class")).removeprefix("figure-measure-"), box.get("fill"))
            for each in drawn(figures()["gantt"]).iter(f"{SVG}g")
            for box in each.findall(f"{SVG}rect")
        }

        assert fills == {
            ("open", "none"),
            ("overdue", "none"),
            ("overdue", "url(#gantt-hatched)"),
            ("done", "currentColor"),
            ("dropped", "url(#gantt-crossed)"),
        }

    def test_are_hatched_while_under_way(self) -> None:
        plan = a_plan()
        taken = replace(plan.measures[0], state=MeasureState.UNDER_WAY)
        figure = measure_chart(
            replace(plan, measures=(taken,)), now=LEFT_AT, id="gantt", say=DANISH
        )

        assert 'fill="url(#gantt-hatched)"' in figure.svg
        assert figure.rows[0][-1] == "I gang"

    def test_say_in_words_and_by_a_thick_line_what_is_overdue(self) -> None:
        overdue = [
            each
            for each in drawn(figures()["gantt"]).iter(f"{SVG}g")
            if each.get("class") == "figure-measure-overdue"
        ]
        boxes = [box for each in overdue for box in each.findall(f"{SVG}rect")]

        assert {box.get("stroke-width") for box in boxes} == {"3"}
        assert sum(each.startswith("Overskredet") for each in seen(figures()["gantt"])) == 7

    def test_may_be_none(self) -> None:
        figure = measure_chart(replace(a_plan(), measures=()), now=NOW, id="gantt", say=DANISH)

        assert DANISH("figure.no_measures") in seen(figure)

    def test_lie_within_the_drawing_also_in_the_night_an_hour_comes_twice(self) -> None:
        autumn = LEFT_AT.replace(month=10, day=25, hour=0)
        plan = replace(
            a_plan(),
            starts_at=autumn,
            measures=tuple(
                replace(each, given_at=autumn, due_at=autumn + timedelta(hours=number))
                for number, each in enumerate(a_plan().measures)
            ),
        )
        figure = measure_chart(plan, now=autumn + timedelta(hours=2), id="gantt", say=DANISH)
        places = [float(box.get("x", "0")) for box in drawn(figure).iter(f"{SVG}rect")]

        assert all(330 <= each <= 720 for each in places)


class TestTheTimeline:
    def test_begins_each_day_with_its_name(self) -> None:
        assert [each for each in seen(figures()["timeline"]) if "november" in each] == [
            "mandag 2. november 2026",
            "tirsdag 3. november 2026",
        ]

    def test_tells_kinds_apart_by_marks_and_words(self) -> None:
        assert [row[1] for row in figures()["timeline"].rows] == [
            *("Alarm", "Svar", "Eskalering", "Møde", "Handleplan", "Situation", "Andet")
        ]

    def test_may_be_empty(self) -> None:
        assert timeline([], drill=False, id="timeline", say=DANISH).rows == ()


class TestTheIncidents:
    def test_are_counted_by_area_and_month_and_months_without_any_are_there(self) -> None:
        """BER-67: incidents per area and month."""
        figure = figures()["incidents"]

        assert figure.head[1:] == (
            *("sep 2026", "okt 2026", "nov 2026", "dec 2026", "jan 2027", "I alt"),
        )
        assert figure.rows == (
            ("Valby", "0", "0", "7", "0", "0", "7"),
            ("Ydre Nørrebro", "3", "0", "1", "0", "0", "4"),
            ("hele byen", "0", "0", "0", "0", "1", "1"),
        )

    def test_are_numbers_in_circles(self) -> None:
        circles = list(drawn(figures()["incidents"]).iter(f"{SVG}circle"))

        assert len(circles) == 4
        assert {"7", "3", "1"} <= set(seen(figures()["incidents"]))

    @pytest.mark.parametrize("none", [{}, {(YNB, date(2026, 9, 1)): 0}])
    def test_may_be_none(self, none: Incidents) -> None:
        figure = incidents_figure(none, drill=False, id="incidents", say=DANISH)

        assert (figure.rows, figure.desc) == ((), DANISH("figure.incidents_none"))

    def test_fill_the_drawing_with_the_largest(self) -> None:
        sizes = {
            float(each.get("r", "0"))
            for each in drawn(figures()["incidents"]).iter(f"{SVG}circle")
        }

        assert max(sizes) == LARGEST


class TestDrillsBesideLive:
    def test_stand_beside_each_other_and_beside_the_target(self) -> None:
        """BER-63, BER-67: a report of its own compares drills with live."""
        assert figures()["comparison"].rows == (
            ("Første svar", "under 1 min", "3 min", "2 min"),
            ("Kvorum", "12 min", "26 min", "20 min"),
            ("Beredskabsmøde", "75 min", "–", "60 min"),
            ("Færdig handleplan", "–", "–", "–"),
        )

    def test_are_told_apart_by_hatching_and_a_legend(self) -> None:
        svg = figures()["comparison"].svg

        assert 'fill="url(#comparison-hatched)"' in svg
        assert {"Øvelser", "Virkelige", "Mål"} <= set(seen(figures()["comparison"]))

    def test_may_be_none(self) -> None:
        assert drill_beside_live([], id="comparison", say=DANISH).rows == ()
