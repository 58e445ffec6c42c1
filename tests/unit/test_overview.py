"""The overview counts cases so that nobody can be recognised (CASE-12, STAT-3)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from domain.cases import Case, CaseState
from domain.overview import FEWEST, Row, overview
from domain.people import AreaCode, CommitteeCode, PersonId

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def a_case(*, level: int | None = 2, waited: int | None = None, late: bool = False) -> Case:
    return Case(
        id=uuid4(),
        reference="2026-0001",
        subject=uuid4(),
        state=CaseState.COORDINATION,
        group=CommitteeCode("KG5"),
        area=AreaCode("VAL"),
        level=level,
        opened_at=NOW - timedelta(days=100),
        opened_by=PersonId("bo"),
        last_event_at=NOW,
        coordinated_at=None if waited is None else NOW - timedelta(days=100 - waited),
        follow_up_on=TODAY - timedelta(days=1) if late else TODAY,
    )


def test_counts_what_may_be_told() -> None:
    cases = [a_case(waited=days, late=True) for days in (3, 5, 7, 9, 30)]

    assert overview(cases, today=TODAY) == [
        Row(area=AreaCode("VAL"), level=2, cases=5, days=7, overdue=5)
    ]


def test_says_nothing_of_four() -> None:
    cases = [a_case(waited=3, late=True) for _ in range(4)]

    [row] = overview(cases, today=TODAY)

    assert (row.cases, row.days, row.overdue) == (None, None, None)


def test_hides_a_few_among_many() -> None:
    cases = [a_case(late=number < 2) for number in range(9)]

    [row] = overview(cases, today=TODAY)

    assert (row.cases, row.overdue) == (9, None)


@given(
    st.lists(
        st.builds(
            a_case,
            level=st.none() | st.integers(1, 4),
            waited=st.none() | st.integers(0, 90),
            late=st.booleans(),
        ),
        max_size=40,
    )
)
def test_never_tells_a_number_from_one_to_four(cases: list[Case]) -> None:
    """domain.md §15.9: nothing told is 1 to k−1, and nor is what can be worked out from it."""
    for row in overview(cases, today=TODAY):
        told = [row.cases, row.overdue]
        told += [row.cases - row.overdue] if row.cases and row.overdue is not None else []
        assert not [count for count in told if count is not None and 0 < count < FEWEST]


@given(st.integers(FEWEST, 40))
def test_leaves_open_what_a_hidden_number_is(many: int) -> None:
    """domain.md §15.9: what is hidden may be any of three numbers at least."""
    feasible = [
        late
        for late in range(many + 1)
        for row in overview([a_case(late=number < late) for number in range(many)], today=TODAY)
        if row.overdue is None
    ]

    assert not feasible or len(feasible) >= 3
