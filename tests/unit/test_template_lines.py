"""What of a template is typed as lines, and two who change one at once: BER-39."""

from collections.abc import Callable

import pytest

from domain.errors import RuleBroken
from domain.plan_templates import Data
from domain.template_lines import (
    items,
    read_measures,
    read_phases,
    read_shares,
    read_times,
    written_items,
    written_measures,
    written_phases,
    written_shares,
)
from domain.template_merging import merge
from domain.template_writing import written_template
from tests.support.action_plans import CATALOGUE

WAYS: dict[str, tuple[Callable[[Data], str], Callable[[str], list[Data]]]] = {
    "measures": (written_measures, read_measures),
    "distribution": (written_shares, read_shares),
    "cadence": (written_phases, read_phases),
    "reports": (written_items, read_times),
    "meetings": (written_items, read_times),
}

SEEN: dict[str, Data] = {"title": "Brand", "level": "2", "goal": ["Ro"]}


@pytest.mark.parametrize("code", sorted(CATALOGUE.templates))
@pytest.mark.parametrize("field", WAYS)
def test_what_ships_reads_as_it_is_written(code: str, field: str) -> None:
    """BER-39: every template can be edited in a form without losing a word."""
    said = written_template(CATALOGUE.templates[code], shared=CATALOGUE.lists)[field]
    write, read = WAYS[field]

    assert read(write(said)) == said


class TestALine:
    @pytest.mark.parametrize(
        "typed",
        ["M1: T+4 timer, første døgn", "m1 t+4 t første døgn", "- M1, T + 4 timer, first day"],
    )
    def test_says_a_measure_as_people_type_it(self, typed: str) -> None:
        assert read_measures(typed) == [
            {"measure": "M1", "deadline": "T+4 timer", "first_day": "ja"}
        ]

    def test_may_leave_the_deadline_to_the_catalogue(self) -> None:
        assert read_measures("M19") == [{"measure": "M19", "first_day": "nej"}]

    @pytest.mark.parametrize(
        ("typed", "phase"),
        [
            ("hver time", {"days": "1", "hours": "1"}),
            ("Hver 2. time i 1 dag", {"days": "1", "hours": "2", "lasting": "1"}),
            ("hver dag kl. 9:30 og 16.00", {"days": "1", "at": ["09.30", "16.00"]}),
            ("hver 7. dag kl. 10.00 i 14 dage", {"days": "7", "at": ["10.00"], "lasting": "14"}),
        ],
    )
    def test_says_a_rhythm(self, typed: str, phase: Data) -> None:
        assert read_phases(typed) == [phase]

    @pytest.mark.parametrize(
        ("read", "typed", "code"),
        [
            (read_measures, "opsøgende arbejde", "template.measure_line"),
            (read_measures, "M1: engang", "plan_time.format"),
            (read_shares, "Styregruppen", "template.share_line"),
            (read_shares, "Styregruppen; alle", "template.share_line"),
            (read_phases, "hver dag", "template.phase_line"),
            (read_phases, "hver 2. time kl. 10.00", "template.phase_line"),
            (read_phases, "hver dag kl. 25.00", "plan_time.impossible"),
            (read_times, "snart", "plan_time.format"),
        ],
    )
    def test_that_cannot_be_read_is_said_so(
        self, read: Callable[[str], list[Data]], typed: str, code: str
    ) -> None:
        with pytest.raises(RuleBroken) as refused:
            read(typed)

        assert refused.value.code == code

    def test_of_a_list_needs_no_marks(self) -> None:
        assert items("- Hvem er med\n\n2. Status\n * Næste  møde ") == [
            "Hvem er med",
            "Status",
            "Næste møde",
        ]


class TestTwoWhoChangeOne:
    def test_both_get_what_they_changed(self) -> None:
        mine, theirs = {**SEEN, "title": "Ildspåsættelser"}, {**SEEN, "level": "3"}

        merged = merge(SEEN, mine, theirs)

        assert merged == {"title": "Ildspåsættelser", "level": "3", "goal": ["Ro"]}

    def test_hear_of_it_when_it_is_the_same_field(self) -> None:
        with pytest.raises(RuleBroken, match=r"template\.moved_on"):
            merge(SEEN, {**SEEN, "level": "1"}, {**SEEN, "level": "3"})

    def test_hear_nothing_when_they_meant_the_same(self) -> None:
        same = {**SEEN, "level": "3"}

        assert merge(SEEN, same, same) == same

    def test_take_a_field_away(self) -> None:
        mine: dict[str, Data] = {"title": "Brand", "level": "2"}

        assert merge(SEEN, mine, {**SEEN, "level": "3"}) == {
            "title": "Brand",
            "level": "3",
        }

    def test_are_told_when_nothing_is_changed(self) -> None:
        with pytest.raises(RuleBroken, match=r"template\.unchanged"):
            merge(SEEN, SEEN, {**SEEN, "level": "3"})
