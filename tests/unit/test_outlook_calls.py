"""What is said to Graph of an event, and how what it shows is read, whatever it is."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outlook_events import Response
from domain.outlook_steps import Part
from graph.calendar import Calendar, actual_of, events_of
from graph.calls import Sends
from tests.support.graph_here import graph_at
from tests.unit.test_outlook_steps import ACTUAL, OURS, THERE, WANTED

MAILBOX = "ssp-sekretariat@kbh.example"
AN_HOUR = timedelta(hours=1)
SHOWN: dict[str, Any] = {
    "id": "A",
    "subject": "SSP-møde",
    "start": {"dateTime": "2026-03-02T11:00:00.0000000", "timeZone": "UTC"},
    "end": {"dateTime": "2026-03-02T13:00:00.0000000", "timeZone": "Romance Standard Time"},
    "attendees": [
        {
            "type": "required",
            "status": {"response": "accepted", "time": "2026-03-02T11:05:00.1234567Z"},
            "emailAddress": {"name": "Carl", "address": "carl@ssp-demo.example"},
        },
        {
            "type": "resource",
            "status": {"response": "of a later release", "time": "0001-01-01T00:00:00Z"},
            "emailAddress": {"name": "Lokale", "address": "lokale@kbh.example"},
        },
    ],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)


@pytest.fixture
async def calendar() -> AsyncIterator[Calendar]:
    """A mailbox that nobody is asked about: the calls are only written."""
    async with graph_at("http://127.0.0.1:9/v1.0") as graph:
        yield Calendar(graph, mailbox=MAILBOX)


class TestAnEventThatIsShown:
    def test_is_read_in_whatever_zone_it_is_told(self) -> None:
        actual = actual_of(SHOWN)

        assert actual is not None
        assert actual.begins_at == datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
        assert actual.ends_at == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    def test_says_who_answered_what_and_when(self) -> None:
        actual = actual_of(SHOWN)

        assert actual is not None
        assert [(each.response, each.answered_at) for each in actual.attendees] == [
            (Response.ACCEPTED, datetime(2026, 3, 2, 11, 5, tzinfo=UTC)),
            (Response.NONE, None),
        ]

    @given(name=st.sampled_from([*SHOWN]), thing=JSON)
    def test_may_be_anything_and_breaks_nothing(self, name: str, thing: object) -> None:
        """What is not as we know it is no event of ours."""
        actual = actual_of({**SHOWN, name: thing})

        assert actual is None or actual.ends_at.tzinfo is UTC

    @pytest.mark.parametrize("link", ["http://teams.example", "javascript:x", "https://a b", ""])
    def test_has_no_link_that_is_none(self, link: str) -> None:
        """What is shown on a card leads where it says."""
        actual = actual_of({**SHOWN, "onlineMeeting": {"joinUrl": link}})

        assert actual is not None
        assert actual.join_link == ""

    def test_that_is_removed_is_none(self) -> None:
        removed = {"id": "A", "@removed": {"reason": "deleted"}}

        assert events_of({"value": [removed, SHOWN]}) == [actual_of(SHOWN)]


class TestACall:
    async def test_tells_the_hour_on_the_wall(self, calendar: Calendar) -> None:
        call = calendar.create(WANTED, revision=0, sends=Sends.IN_TURN)

        assert call.body is not None
        assert call.body["start"] == {
            "dateTime": "2026-03-02T12:00:00",
            "timeZone": "Romance Standard Time",
        }

    async def test_tells_the_hour_that_comes_twice_so_that_it_is_not_mistaken(
        self, calendar: Calendar
    ) -> None:
        """MTG-19: at half past two, after the clock was set back."""
        twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        wanted = replace(WANTED, begins_at=twice, ends_at=twice + AN_HOUR)
        call = calendar.create(wanted, revision=0, sends=Sends.IN_TURN)

        assert call.body is not None
        assert call.body["start"] == {"dateTime": "2026-10-25T01:30:00", "timeZone": "UTC"}

    async def test_to_change_has_what_differs_and_never_a_body(self, calendar: Calendar) -> None:
        """MTG-15, MTG-16."""
        named = {
            Part.SUBJECT: {"subject"},
            Part.PLACE: {"location"},
            Part.HOUR: {"start", "end"},
            Part.GUESTS: {"attendees"},
        }
        for part in Part:
            call = calendar.change(
                WANTED, replace(ACTUAL, change_key="K"), {part}, ours=OURS, sends=Sends.IN_TURN
            )
            assert call.body is not None
            assert call.body.keys() == named[part]
            assert call.headers["If-Match"] == 'W/"K"'

    async def test_to_call_off_a_meeting_of_nobody_removes_it(self, calendar: Calendar) -> None:
        """Exchange calls no meeting off to which nobody is asked."""
        alone = calendar.cancel(replace(THERE, guests=()), said="Aflyst", sends=Sends.IN_TURN)
        asked = calendar.cancel(THERE, said="Aflyst", sends=Sends.IN_TURN)

        assert (alone.method, alone.body) == ("DELETE", None)
        assert (asked.method, asked.body) == ("POST", {"Comment": "Aflyst"})

    async def test_that_looks_for_what_was_never_tried_is_a_mistake(
        self, calendar: Calendar
    ) -> None:
        with pytest.raises(ValueError, match="nothing was tried"):
            calendar.find(THERE.anew())
