"""Which drafts the calendar grows, four weeks before and once: BER-40."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.areas import AREAS
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.meeting_year import KeptHoliday
from domain.people import AreaCode
from domain.plan_calendar import (
    CalendarRow,
    due_drafts,
    holiday_rows,
    lacking,
    read_calendar,
    sensible_row,
)
from domain.plan_templates import PlanKind
from tests.support.action_plans import CATALOGUE, NOW, plan, the
from usecases.read_readiness import calendar_examples

DAY = timedelta(days=1)
EXAMPLES = calendar_examples()
DEMONSTRATION = CalendarRow(
    id=UUID(int=7),
    template="B5",
    name="Demonstration på Blågårds Plads",
    from_on=date(2027, 4, 10),
    to_on=date(2027, 4, 10),
    areas=frozenset({AreaCode("INB")}),
)


def kept(name: str, from_on: date, to_on: date) -> KeptHoliday:
    return KeptHoliday(
        id=UUID(int=1),
        name=name,
        from_on=from_on,
        to_on=to_on,
        source="kk.dk",
        noted_at=NOW,
    )


CHRISTMAS = [
    kept("Juleferie", date(2026, 12, 21), date(2026, 12, 31)),
    kept("Juleferie", date(2027, 1, 1), date(2027, 1, 4)),
    kept("Juleferie", date(2027, 12, 20), date(2027, 12, 31)),
]


class TestADraft:
    @pytest.mark.parametrize(
        ("days_before", "appears"), [(29, False), (28, True), (1, True), (0, True), (-1, False)]
    )
    def test_appears_four_weeks_before_and_until_it_is_over(
        self, days_before: int, *, appears: bool
    ) -> None:
        today = DEMONSTRATION.from_on - days_before * DAY

        due = due_drafts([DEMONSTRATION], drawn=(), today=today)

        assert due == ([DEMONSTRATION] if appears else [])

    def test_appears_once_even_if_its_date_is_changed(self) -> None:
        moved = replace(DEMONSTRATION, from_on=date(2027, 4, 12), to_on=date(2027, 4, 12))

        assert due_drafts([moved], drawn={DEMONSTRATION.id}, today=date(2027, 4, 1)) == []

    @given(st.lists(st.dates(min_value=date(2026, 8, 1), max_value=date(2027, 8, 1))))
    def test_appears_once_however_often_somebody_looks(self, days: list[date]) -> None:
        rows = [*EXAMPLES.days, *holiday_rows(EXAMPLES.holidays, follows=EXAMPLES.follows)]
        drawn: list[UUID] = []

        for today in sorted(days):
            drawn += [each.id for each in due_drafts(rows, drawn=drawn, today=today)]

        assert len(drawn) == len(set(drawn))


class TestAHoliday:
    def test_grows_the_plan_that_follows_it(self) -> None:
        rows = holiday_rows(EXAMPLES.holidays, follows=EXAMPLES.follows)

        assert [(each.name, each.template) for each in rows] == [
            ("Efterårsferie", "B3"),
            ("Juleferie", "B4"),
            ("Vinterferie", "B3"),
            ("Påskeferie", "B3"),
            ("Sommerferie", "B2"),
        ]

    def test_in_two_lines_of_the_table_grows_one_plan(self) -> None:
        rows = holiday_rows(CHRISTMAS, follows=EXAMPLES.follows)

        assert [(each.from_on, each.to_on) for each in rows] == [
            (date(2026, 12, 21), date(2027, 1, 4)),
            (date(2027, 12, 20), date(2027, 12, 31)),
        ]
        assert len({each.id for each in rows}) == 2

    def test_that_no_template_follows_grows_none(self) -> None:
        ascension = kept("Kristi himmelfartsferie", date(2027, 5, 6), date(2027, 5, 7))

        assert holiday_rows([ascension], follows=EXAMPLES.follows) == []

    def test_keeps_its_name_for_the_calendar_when_its_dates_are_put_right(self) -> None:
        winter = kept("Vinterferie", date(2027, 2, 15), date(2027, 2, 19))
        later = replace(winter, from_on=date(2027, 2, 22), to_on=date(2027, 2, 26))

        [before] = holiday_rows([winter], follows=EXAMPLES.follows)
        [after] = holiday_rows([later], follows=EXAMPLES.follows)

        assert after.id == before.id


class TestTheExamples:
    """BER-40: Copenhagen's school year 2026/27, to be edited."""

    def test_have_a_last_school_day_for_each_area(self) -> None:
        areas = [*(area for row in EXAMPLES.days if row.template == "B1" for area in row.areas)]

        assert sorted(areas) == sorted(each.code for each in AREAS)

    def test_are_not_confirmed_where_schools_choose_for_themselves(self) -> None:
        assert not any(each.confirmed for each in EXAMPLES.days if each.template == "B1")

    def test_are_all_sensible(self) -> None:
        for row in EXAMPLES.days:
            assert sensible_row(row, templates=CATALOGUE.templates) is row

    def test_follow_holidays_with_plans_known_in_advance(self) -> None:
        kinds = {CATALOGUE.templates[each].kind for each in EXAMPLES.follows.values()}

        assert kinds == {PlanKind.KNOWN}
        assert EXAMPLES.follows.keys() == {each.name for each in EXAMPLES.holidays}

    def test_add_to_the_table_only_what_it_does_not_have(self) -> None:
        added = lacking(EXAMPLES.holidays, CHRISTMAS[1:])

        assert [(each.from_on, each.to_on) for each in added if each.name == "Juleferie"] == [
            (date(2026, 12, 21), date(2026, 12, 31))
        ]
        assert len(added) == len(EXAMPLES.holidays)

    def test_with_mistakes_name_them(self) -> None:
        problems: list[RuleBroken] = []

        read_calendar(
            {
                "source": "kk.dk",
                "days": [{"template": "B1", "name": "Dag", "from": "25. juni"}, {}],
            },
            problems=problems,
        )

        assert [(each.code, each.facts["about"]) for each in problems] == [
            ("template.time", "calendar, days 1"),
            ("template.missing", "calendar, days 1"),
            ("template.missing", "calendar, days 2"),
            ("template.missing", "calendar, days 2"),
            ("template.missing", "calendar, days 2"),
        ]


class TestARow:
    def test_becomes_a_plan_with_its_deadlines_counted_from_its_days(self) -> None:
        """BER-40: with owners, and nothing is sent before somebody lets it run."""
        row = next(each for each in EXAMPLES.days if each.template == "B1")

        draft = plan("B1", starts_at=row.starts_at, ends_at=row.ends_at, now=NOW)

        assert local_date(the(draft, "M6").due_at) == row.from_on - 21 * DAY
        assert draft.period_end is not None
        assert local_date(draft.period_end) == row.to_on + DAY
        assert all(each.owner for each in draft.measures)
        assert draft.released_at is None

    def test_that_lasts_has_reports_on_its_last_day(self) -> None:
        row = holiday_rows(EXAMPLES.holidays, follows=EXAMPLES.follows)[2]

        draft = plan("B3", starts_at=row.starts_at, ends_at=row.ends_at, now=NOW)
        assert draft.period_end is not None
        reports = draft.cadence.reports(
            start=draft.starts_at, end=draft.ends_at, until=draft.period_end
        )

        assert [local_date(each) for each in reports] == [row.from_on, row.to_on]

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (replace(DEMONSTRATION, name=" "), "no_name"),
            (replace(DEMONSTRATION, template="H1"), "template"),
            (replace(DEMONSTRATION, template="B9"), "template"),
            (replace(DEMONSTRATION, areas=frozenset({AreaCode("XXX")})), "area"),
            (replace(DEMONSTRATION, to_on=date(2027, 4, 9)), "backwards"),
            (replace(DEMONSTRATION, to_on=date(2027, 9, 1)), "long"),
            (replace(DEMONSTRATION, school="010203-1234"), "cpr"),
        ],
    )
    def test_that_no_plan_can_be_made_for_is_refused(self, row: CalendarRow, code: str) -> None:
        with pytest.raises(RuleBroken, match=f"calendar.{code}"):
            sensible_row(row, templates=CATALOGUE.templates)

    def test_entered_late_has_its_draft_the_same_day(self) -> None:
        today = datetime(2027, 4, 8, 12, tzinfo=UTC).date()

        assert due_drafts([DEMONSTRATION], drawn=(), today=today) == [DEMONSTRATION]
