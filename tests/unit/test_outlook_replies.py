"""An answer in Outlook is taken as a press in Teams is; the last one counts (MTG-17)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.committee_meetings import Reply
from domain.outlook_events import Response
from domain.outlook_replies import Standing, answer_of, counts
from tests.support.town import LIV, MONDAY_NOON

A_MINUTE = timedelta(minutes=1)
ASKED = Standing(reply=Reply.ASKED, asked_at=MONDAY_NOON)
STANDING_IN = replace(ASKED, stands_for=LIV.id)


class TestAnAnswer:
    @pytest.mark.parametrize(
        ("response", "before", "answer"),
        [
            (Response.ACCEPTED, Reply.ASKED, Reply.COMING),
            (Response.ACCEPTED, Reply.SUBSTITUTE, Reply.COMING),
            (Response.ACCEPTED, Reply.COMING, None),
            (Response.DECLINED, Reply.ASKED, Reply.SUBSTITUTE),
            (Response.DECLINED, Reply.COMING, Reply.SUBSTITUTE),
            (Response.DECLINED, Reply.SUBSTITUTE, None),
            (Response.DECLINED, Reply.DECLINED, None),
            (Response.TENTATIVE, Reply.ASKED, None),
            (Response.TENTATIVE, Reply.COMING, Reply.ASKED),
            (Response.TENTATIVE, Reply.SUBSTITUTE, None),
            (Response.NONE, Reply.COMING, None),
            (Response.WAITING, Reply.COMING, None),
            (Response.ORGANIZER, Reply.ASKED, None),
        ],
    )
    def test_of_a_member_is_theirs_and_asks_their_substitute(
        self, response: Response, before: Reply, answer: Reply | None
    ) -> None:
        assert answer_of(response, replace(ASKED, reply=before)) is answer

    def test_of_a_substitute_asks_no_substitute_of_theirs(self) -> None:
        assert answer_of(Response.DECLINED, STANDING_IN) is Reply.DECLINED


class TestTheLast:
    def test_counts(self) -> None:
        given = replace(ASKED, reply=Reply.COMING, replied_at=MONDAY_NOON + 2 * A_MINUTE)

        assert counts(MONDAY_NOON + 3 * A_MINUTE, given, since=MONDAY_NOON)
        assert not counts(MONDAY_NOON + A_MINUTE, given, since=MONDAY_NOON)

    def test_is_none_to_an_hour_that_outlook_showed_before(self) -> None:
        since = MONDAY_NOON + 5 * A_MINUTE

        assert not counts(MONDAY_NOON + 4 * A_MINUTE, ASKED, since=since)
        assert counts(MONDAY_NOON + 6 * A_MINUTE, ASKED, since=since)

    def test_is_none_to_what_one_was_asked_before(self) -> None:
        again = replace(ASKED, asked_at=MONDAY_NOON + 5 * A_MINUTE)

        assert not counts(MONDAY_NOON + 4 * A_MINUTE, again, since=MONDAY_NOON)

    def test_has_been_given_at_some_time(self) -> None:
        assert not counts(None, ASKED, since=MONDAY_NOON)
