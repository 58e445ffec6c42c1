"""Weeks of meetings with processes killed in the middle, and three days when nobody was there."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.committee_meetings import DeadlineKind
from storage.database import Database
from tests.support.databases import chosen
from tests.support.meeting_town import FEW, Period
from tests.support.meeting_workers import VAULT, Workers, workers
from tests.support.meeting_year import MeetingYear

SPRING = Period(from_on=date(2027, 1, 4), to_on=date(2027, 3, 31))
OUTAGE = (date(2027, 2, 9), date(2027, 2, 12))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, VAULT)
    await opened.open()
    yield opened
    await opened.dispose()


@pytest.fixture
def crew(database_url: str, tmp_path: Path) -> Iterator[Workers]:
    """Two processes on SQLite, three on PostgreSQL (MTG-22)."""
    many = 2 if chosen() == "sqlite" else 3
    with workers(database_url, tmp_path, many=many) as opened:
        yield opened


class TestASpringOfMeetings:
    async def test_loses_no_deadline_and_does_none_twice(
        self, database: Database, crew: Workers
    ) -> None:
        """MTG-21, MTG-22: each once, whatever is killed; what nobody was there for is late."""
        spring = MeetingYear(
            database=database,
            workers=crew,
            kinds=FEW,
            period=SPRING,
            crashes=20,
            outage=OUTAGE,
        )
        await spring.is_published()
        await spring.passes()
        outcome = await spring.came_to()

        assert outcome.kills >= 20
        assert outcome.deadlines > 60
        assert (outcome.lost, outcome.doubled, outcome.untold, outcome.unexplained) == (0,) * 4
        assert set(outcome.late) > {DeadlineKind.COMMENTS}
