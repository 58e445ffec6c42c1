"""A whole year of committee meetings, with the processes killed again and again (MTG-21, MTG-22).

The clock is the bench's own: hour by hour from November to the next February. Two processes on
SQLite and three on PostgreSQL do what falls due; now and then one is killed wherever it is, and
for three days in March there is none. People answer, move and cancel meetings meanwhile.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.support.figures import end, note, tell
from bench.support.servers import postgresql_server
from domain.people import CommitteeType
from storage.database import Database
from storage.migrate import upgrade
from tests.support.meeting_town import FEW, WHOLE, YEAR, Period
from tests.support.meeting_workers import VAULT, workers
from tests.support.meeting_year import MeetingYear, Outcome

OUTAGE = (date(2027, 3, 9), date(2027, 3, 12))  # three working days
SPRING = Period(from_on=date(2027, 1, 1), to_on=date(2027, 4, 15))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One database, and so many processes on it."""

    name: str
    sqlite: bool
    processes: int


STORIES = (
    Story(name="sqlite", sqlite=True, processes=2),
    Story(name="postgresql", sqlite=False, processes=3),
)


async def main(*, quick: bool) -> int:
    for story in STORIES:
        began = time.monotonic()
        outcome = await _told(
            story,
            kinds=FEW if quick else WHOLE,
            period=SPRING if quick else YEAR,
            crashes=12 if quick else 60,
        )
        _tell(story, outcome, seconds=time.monotonic() - began, crashes=12 if quick else 60)
    return end()


async def _told(
    story: Story,
    *,
    kinds: tuple[tuple[CommitteeType, int, int], ...],
    period: Period,
    crashes: int,
) -> Outcome:
    async with _database(story) as (url, folder):
        database = Database(url, VAULT)
        await database.open()
        with workers(url, folder, many=story.processes) as crew:
            year = MeetingYear(
                database=database,
                workers=crew,
                kinds=kinds,
                period=period,
                crashes=crashes,
                outage=OUTAGE,
            )
            await year.is_published()
            note(f"{story.name}: published")
            await year.passes()
            outcome = await year.came_to()
        await database.dispose()
    return outcome


@asynccontextmanager
async def _database(story: Story) -> AsyncIterator[tuple[str, Path]]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        if story.sqlite:
            url = f"sqlite+aiosqlite:///{folder / 'year.sqlite3'}"
            await upgrade(url)
            yield url, folder
            return
        with postgresql_server() as server:
            url = await server.create("year")
            await upgrade(url)
            yield url, folder


def _tell(story: Story, outcome: Outcome, *, seconds: float, crashes: int) -> None:
    name = f"year.{story.name}"
    beside = {"meetings": outcome.meetings, "deadlines": outcome.deadlines}
    tell(f"{name}.lost", outcome.lost, "deadlines", at_most=0, beside=beside)
    tell(f"{name}.doubled", outcome.doubled, "deadlines", at_most=0)
    tell(f"{name}.untold", outcome.untold, "people", at_most=0)
    tell(f"{name}.unexplained", outcome.unexplained, "deadlines", at_most=0)
    late = {str(kind): float(count) for kind, count in sorted(outcome.late.items())}
    tell(f"{name}.late", outcome.late.total(), "deadlines", beside=late)
    tell(f"{name}.dropped", outcome.dropped, "deadlines")
    beside = {"with work left": outcome.cut_short}
    tell(f"{name}.crashes", outcome.kills, "processes", at_least=crashes, beside=beside)
    tell(f"{name}.seconds", seconds, "s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few committees, one spring")
    sys.exit(asyncio.run(main(quick=parser.parse_args().quick)))
