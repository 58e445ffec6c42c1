"""The figures: told in words and tables too, without colour, and nothing written becomes code."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.figures.gantt import measure_chart
from cards.figures.spans import MOST_TICKS, lasting, tick_step
from cards.figures.svg import Figure
from cards.figures.timeline import timeline
from domain.alert_figures import MarkKind, TimelineMark
from tests.support.alerts_written import NOW, a_plan
from tests.support.catalogue import DANISH
from tests.support.drawings import SVG, drawn, seen
from tests.support.readiness_golden import figures

ALL = pytest.mark.parametrize("name", figures())
HOSTILE = '</text><script>alert("1")</script>&amp;\x00\x1b\u202e\ufffe\ud800'
PAINTS = re.compile(r"currentColor|none|url\(#[a-z0-9-]+\)")


def elements(figure: Figure) -> Iterator[Element]:
    return drawn(figure).iter()


@ALL
class TestEachFigure:
    def test_has_a_title_and_a_description_for_who_does_not_see_it(self, name: str) -> None:
        """BER-67, BER-82."""
        figure = figures()[name]
        title, desc = list(drawn(figure))[:2]

        assert (title.tag, title.text) == (f"{SVG}title", figure.title)
        assert (desc.tag, desc.text) == (f"{SVG}desc", figure.desc)
        assert drawn(figure).get("role") == "img"
        assert drawn(figure).get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"

    def test_is_a_table_too(self, name: str) -> None:
        """BER-67, BER-82: a text alternative for each figure."""
        figure = figures()[name]

        assert figure.rows
        assert {len(row) for row in figure.rows} == {len(figure.head)}

    def test_has_no_colour_of_its_own(self, name: str) -> None:
        """BER-67: on light, dark and high contrast it has the colour of the text around it."""
        paints = {
            each.get(key)
            for each in elements(figures()[name])
            for key in ("fill", "stroke", "color")
            if each.get(key) is not None
        }

        assert [each for each in paints if not PAINTS.fullmatch(str(each))] == []
        assert [each for each in elements(figures()[name]) if each.get("style")] == []

    def test_refers_to_what_is_in_it(self, name: str) -> None:
        svg = figures()[name].svg
        ids = [each.get("id") for each in elements(figures()[name]) if each.get("id")]

        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)
        assert len(ids) == len(set(ids))
        assert all(str(each).startswith(f"{name}-") for each in ids)

    def test_is_the_same_each_time(self, name: str) -> None:
        assert figures()[name] == figures()[name]


@pytest.mark.parametrize("name", [name for name in figures() if name != "comparison"])
def test_a_drill_says_so_first_where_it_is_seen_and_where_it_is_heard(name: str) -> None:
    """BER-62."""
    figure = figures(drill=True)[name]

    assert figure.title.startswith("ØVELSE – ")
    assert seen(figure)[0].startswith("ØVELSE – ")
    assert "figure-drill" in str(drawn(figure).get("class"))
    assert "ØVELSE" not in figures()[name].svg


class TestWhatSomebodyWrote:
    def test_is_only_text_in_a_timeline(self) -> None:
        mark = TimelineMark(at=NOW, kind=MarkKind.REPLY, words=HOSTILE)
        figure = timeline([mark], drill=False, id="timeline", say=DANISH)

        assert [each for each in elements(figure) if each.tag == f"{SVG}script"] == []
        assert any('</text><script>alert("1")</script>&amp;' in each for each in seen(figure))

    def test_is_only_text_in_a_chart_of_measures(self) -> None:
        plan = a_plan()
        measures = tuple(replace(each, title=HOSTILE) for each in plan.measures)
        figure = measure_chart(
            replace(plan, title=HOSTILE, measures=measures), now=NOW, id="gantt", say=DANISH
        )

        assert [each for each in elements(figure) if each.tag == f"{SVG}script"] == []
        assert drawn(figure).find(f"{SVG}title") is not None

    @pytest.mark.parametrize("id", ["", 'a" onload="x', "A", "1a", "a b"])
    def test_names_no_part_of_a_page(self, id: str) -> None:
        with pytest.raises(ValueError, match="id of a figure"):
            timeline([], drill=False, id=id, say=DANISH)


class TestLengthsOfTime:
    @pytest.mark.parametrize(
        ("span", "said"),
        [
            (timedelta(), "0 min"),
            (timedelta(seconds=59), "under 1 min"),
            (timedelta(minutes=119), "119 min"),
            (timedelta(hours=2), "2 t"),
            (timedelta(hours=5, minutes=7), "5 t 7 min"),
            (timedelta(days=3), "3 dage"),
        ],
    )
    def test_are_said_as_somebody_would(self, span: timedelta, said: str) -> None:
        assert lasting(span, say=DANISH) == said

    @given(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=400)))
    def test_have_few_ticks(self, span: timedelta) -> None:
        assert span / tick_step(span) <= MOST_TICKS
