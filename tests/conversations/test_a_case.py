"""A case from its first opening to its end: read, coordinated, acted on, led, closed, reopened."""

import asyncio

import pytest

from domain.cases import CaseState
from tests.support.case_stories import (
    CHILD,
    CONFIDED,
    COORDINATED,
    NAME,
    PROTECTS,
    REASON,
    RISK,
    WHAT,
    a_case,
    anew,
    coordinates,
    opens,
)
from tests.support.chat import Chat
from tests.support.town import DANISH, Town


class TestOpening:
    async def test_asks_about_a_near_relation_first_and_shows_only_the_name(
        self, town: Town, bo: Chat
    ) -> None:
        """INH-2."""
        case = await a_case(town)

        asked = await bo.types(f"sag {case.reference}")

        assert DANISH("relation.title", reference=case.reference) in asked
        assert NAME in asked
        assert DANISH("case.state") not in asked

    async def test_shows_the_police_what_it_may_not_be_used_for(
        self, town: Town, carl: Chat, sofie: Chat
    ) -> None:
        """S115-10."""
        case = await a_case(town)

        assert DANISH("reading.police") in await opens(carl, case)
        assert DANISH("reading.police") not in await opens(sofie, case)


class TestACoordination:
    async def test_is_recorded_whole_and_read_again(self, town: Town, bo: Chat, sofie: Chat) -> None:
        """CASE-4."""
        case = await a_case(town)

        told = await coordinates(bo, case)

        assert DANISH("coordination.done_title") in told
        now = await anew(town, case)
        assert (now.state, now.level) == (CaseState.FOLLOW_UP, 2)
        read = await opens(sofie, case)
        for words in (RISK, PROTECTS, REASON, CHILD, WHAT):
            assert words in read
