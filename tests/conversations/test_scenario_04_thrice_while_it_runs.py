"""Scenario 4 of concern.md §5.4: the same invoke three times in 40 s, the first still running."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Engine, event
from sqlalchemy.util import await_only

from localteams.server import LocalTeams
from tests.support.chat import Chat, reference_in
from tests.support.reports import REPORT
from tests.support.town import DANISH, Town

SECONDS_15 = timedelta(seconds=15)
A_MOMENT = 0.3  # seconds, in which what would be answered early is


@dataclass(frozen=True, kw_only=True)
class Slow:
    """A database that takes its time over one statement, until it is let go on."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    def before_cursor_execute(self, *about: object) -> None:
        """Wait inside the first turn that files a concern."""
        if "INSERT INTO" in str(about[2]) and "concerns" in str(about[2]):
            self.reached.set()
            await_only(self.goes_on.wait())


@contextmanager
def slow_to_file() -> Iterator[Slow]:
    slow = Slow()
    event.listen(Engine, "before_cursor_execute", slow.before_cursor_execute)
    try:
        yield slow
    finally:
        slow.goes_on.set()
        event.remove(Engine, "before_cursor_execute", slow.before_cursor_execute)


def what_teams_brought(teams: LocalTeams) -> object:
    return [each for each in teams.wire.exchanges if each.direction == "to_bot"][-1].request


async def test_a_press_that_comes_thrice_while_it_runs_is_taken_once(
    town: Town, anna: Chat, bo: Chat
) -> None:
    """AC-AUTH-06, 15.4.2: one concern, one letter, and the same receipt three times."""
    await anna.types("bekymring")
    await anna.fills(REPORT)
    await town.stops()
    unheard = await town.teams.presses(
        anna.person.aad_id, anna.card_with("form.send"), "form.send"
    )
    assert not unheard.ok
    press = what_teams_brought(town.teams)
    await town.starts()

    with slow_to_file() as slow:
        first = asyncio.create_task(town.teams.sender.redeliver(press))
        await slow.reached.wait()
        again = []
        for _ in range(2):
            town.hour.now += SECONDS_15
            again.append(asyncio.create_task(town.teams.sender.redeliver(press)))
        answered, _ = await asyncio.wait([first, *again], timeout=A_MOMENT)
        assert not answered
        slow.goes_on.set()
        answers = await asyncio.gather(first, *again)
    await town.settles()

    bodies = [each.body for each in answers if each is not None and each.fine]
    assert len(bodies) == 3
    assert all(body == bodies[0] for body in bodies)
    reference = reference_in(str(bodies[0]))
    assert (await anna.types("mine bekymringer")).count("**B2026") == 1
    titles = bo.everything().splitlines()
    assert titles.count(DANISH("task.waiting_title", reference=reference)) == 1
