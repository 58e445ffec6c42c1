"""Requests for access: by when, who may let the document go, and what can become of one (ACC)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import access_requests
from domain.access_requests import AccessKind, AccessRequest, AccessState, due_on, reminders
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.working_days import is_working_day

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DORTE, DENNIS = PersonId("dorte"), PersonId("dennis")
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2035, 12, 31))


def request(state: AccessState = AccessState.REGISTERED) -> AccessRequest:
    return AccessRequest(
        id=UUID(int=1),
        reference="A2026-0001",
        case=UUID(int=2),
        kind=AccessKind.RECORDS,
        received_on=date(2026, 3, 2),
        due_on=date(2026, 3, 11),
        state=state,
        registered_by=DORTE,
        drafted_by=DORTE,
    )


class TestTheDays:
    """ACC-2."""

    def test_are_seven_working_days_for_records(self) -> None:
        assert due_on(AccessKind.RECORDS, date(2026, 3, 2)) == date(2026, 3, 11)

    def test_leave_out_easter(self) -> None:
        assert due_on(AccessKind.RECORDS, date(2026, 3, 31)) == date(2026, 4, 14)

    def test_are_a_month_under_the_gdpr(self) -> None:
        assert due_on(AccessKind.GDPR, date(2026, 1, 31)) == date(2026, 2, 28)

    @given(days)
    def test_of_reminders_come_in_order_before_the_last(self, received: date) -> None:
        third, sixth = reminders(received)

        assert received < third < sixth < due_on(AccessKind.RECORDS, received)
        assert is_working_day(third)
        assert is_working_day(sixth)


class TestTheSecondPerson:
    def test_lets_the_document_go(self) -> None:
        drafted = access_requests.drafted(request(), by=DORTE)
        released = access_requests.released(drafted, by=DENNIS, now=NOW)

        assert (released.state, released.reviewed_by) == (AccessState.RELEASED, DENNIS)
        assert not released.is_open

    def test_is_not_who_drafted_it(self) -> None:
        """ACC-3."""
        with pytest.raises(RuleBroken, match="countersign.own"):
            access_requests.released(request(AccessState.IN_REVIEW), by=DORTE, now=NOW)

    @pytest.mark.parametrize("state", set(AccessState) - {AccessState.IN_REVIEW})
    def test_lets_nothing_go_that_nobody_asked_them_about(self, state: AccessState) -> None:
        with pytest.raises(RuleBroken, match=r"access\.not_in_review"):
            access_requests.released(request(state), by=DENNIS, now=NOW)


class TestAnEndedRequest:
    @pytest.mark.parametrize("state", [AccessState.RELEASED, AccessState.CLOSED])
    def test_stays_as_it_is(self, state: AccessState) -> None:
        ended = request(state)
        for attempt in (access_requests.back, access_requests.closed):
            with pytest.raises(RuleBroken, match=r"access\.not_open"):
                attempt(ended)
        with pytest.raises(RuleBroken, match=r"access\.not_open"):
            access_requests.drafted(ended, by=DORTE)


def test_a_draft_that_came_back_can_be_drafted_again() -> None:
    drafted = access_requests.drafted(request(), by=DORTE)

    assert access_requests.back(drafted).state is AccessState.REGISTERED
    with pytest.raises(RuleBroken, match=r"access\.in_review"):
        access_requests.drafted(drafted, by=DORTE)
    assert replace(access_requests.closed(drafted), state=AccessState.IN_REVIEW) == drafted
