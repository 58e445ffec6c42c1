"""Who is told, by when, and what answers for them: INF-4, INF-5, INF-6."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import informings
from domain.errors import RuleBroken
from domain.informings import (
    AFTER_EXEMPTION,
    INFORM_WITHIN,
    REVIEW_WITHIN,
    Addressee,
    Informing,
    InformState,
)
from domain.people import Authority, PersonId

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
BO, CARL = PersonId("bo"), PersonId("carl")
DAY = timedelta(days=1)
DAYS = st.integers(min_value=0, max_value=400)


def begun(addressee: Addressee = Addressee.YOUTH) -> Informing:
    return informings.begun(
        id=UUID(int=list(Addressee).index(addressee) + 1),
        case=UUID(int=9),
        addressee=addressee,
        authority=Authority.SOF,
        collected_on=MONDAY,
    )


def exempted(informing: Informing, *, review_on: date = MONDAY + REVIEW_WITHIN) -> Informing:
    return informings.exempted(
        informing, review_on=review_on, by=BO, second=CARL, now=NOON, today=MONDAY
    )


def test_from_the_first_day_everybody_is_pending_and_due_in_thirty() -> None:
    """INF-4, INF-5."""
    assert begun().state is InformState.PENDING
    assert begun().due_on == MONDAY + timedelta(days=30)
    assert informings.unanswered([], adult=False, today=MONDAY) == tuple(Addressee)


def test_only_the_young_person_counts_from_eighteen() -> None:
    """INF-4."""
    told = informings.told(begun(), on=MONDAY, by=BO, now=NOON, today=MONDAY)

    assert informings.unanswered([told], adult=True, today=MONDAY) == ()
    assert informings.unanswered([told], adult=False, today=MONDAY) == (
        Addressee.CUSTODY_1,
        Addressee.CUSTODY_2,
    )


@given(DAYS)
def test_what_is_pending_never_answers_and_what_was_told_always_does(days: int) -> None:
    """INF-6."""
    told = informings.told(begun(), on=MONDAY, by=BO, now=NOON, today=MONDAY)

    assert not begun().answers(MONDAY + days * DAY)
    assert told.answers(MONDAY + days * DAY)


@given(DAYS)
def test_an_exemption_answers_until_its_review_and_no_day_longer(days: int) -> None:
    """INF-5."""
    assert exempted(begun()).answers(MONDAY + days * DAY) is (days <= REVIEW_WITHIN.days)


@given(DAYS, st.integers(min_value=0, max_value=INFORM_WITHIN.days))
def test_a_plan_answers_until_its_day(days: int, by: int) -> None:
    planned = informings.planned(begun(), by_day=MONDAY + by * DAY, by=BO, now=NOON, today=MONDAY)

    assert planned.answers(MONDAY + days * DAY) is (days <= by)


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "inform.planned_passed"), (31, "inform.planned_too_late")]
)
def test_a_plan_is_within_the_time_there_is(days: int, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        informings.planned(begun(), by_day=MONDAY + days * DAY, by=BO, now=NOON, today=MONDAY)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("days", "code"), [(0, "inform.review_passed"), (91, "inform.review_too_late")]
)
def test_an_exemption_is_reviewed_within_ninety_days(days: int, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        exempted(begun(), review_on=MONDAY + days * DAY)

    assert refusal.value.code == code


def test_when_the_reason_falls_away_they_are_to_be_told_soon() -> None:
    """INF-5."""
    ended = informings.ended_exemption(exempted(begun()), by=BO, now=NOON, today=MONDAY + 40 * DAY)

    assert ended.state is InformState.PENDING
    assert ended.due_on == MONDAY + 40 * DAY + AFTER_EXEMPTION
    assert ended.second_by is None


@pytest.mark.parametrize("addressee", [Addressee.YOUTH, Addressee.CUSTODY_1])
def test_only_the_second_holder_of_custody_may_not_be_there(addressee: Addressee) -> None:
    with pytest.raises(RuleBroken, match=r"inform\.somebody_is_there"):
        informings.nobody(begun(addressee), by=BO, now=NOON)

    there_is_none = informings.nobody(begun(Addressee.CUSTODY_2), by=BO, now=NOON)
    assert there_is_none.answers(MONDAY + 400 * DAY)


def test_nobody_is_told_in_the_future_or_told_twice() -> None:
    told = informings.told(begun(), on=MONDAY, by=BO, now=NOON, today=MONDAY)

    with pytest.raises(RuleBroken, match=r"date\.future"):
        informings.told(begun(), on=MONDAY + DAY, by=BO, now=NOON, today=MONDAY)
    with pytest.raises(RuleBroken, match=r"inform\.already_told"):
        exempted(told)


@pytest.mark.parametrize(
    ("days", "reminded"),
    [(0, None), (13, None), (14, 14), (24, 14), (25, 25), (29, 25), (30, 30), (99, 30)],
)
def test_what_is_pending_is_reminded_of_on_day_14_25_and_30(
    days: int, reminded: int | None
) -> None:
    """INF-5."""
    last = informings.reminded_on(begun(), today=MONDAY + days * DAY)

    assert last == (None if reminded is None else MONDAY + reminded * DAY)
