"""The bot is killed between remembering an answer and giving it (AC-IN-06)."""

import asyncio
import signal

import pytest

from localteams.server import LocalTeams, NoAnswer
from tests.support.chat import Chat
from tests.support.processes import a_process
from tests.support.town import ANNA, DANISH, Town

LATER = 30.0  # seconds, when Teams asks again


def last_told(teams: LocalTeams) -> object:
    """What Teams last told the bot."""
    told = [each for each in teams.wire.exchanges if each.path.endswith("/api/messages")]
    return told[-1].request


async def test_an_answer_that_was_promised_is_given_once_by_the_next_process(
    town: Town, anna: Chat
) -> None:
    await town.stops()
    teams, before = town.teams, len(anna.messages())

    # Teams does not confirm the answer, and before it can the bot is killed
    async with a_process(town.settings) as first:
        teams.faults.add(person=ANNA.aad_id, timeout=True, times=1)
        typing = asyncio.create_task(teams.says(ANNA.aad_id, "bekymring"))
        await teams.pulse.until(lambda: teams.faults.struck or None)
        first.send_signal(signal.SIGKILL)
        with pytest.raises(NoAnswer):
            await typing

    # Teams tells the next one the same again, twice
    async with a_process(town.settings):
        await teams.sender.set_clock(offset_seconds=LATER)
        for _ in ("again", "and again"):
            await teams.sender.redeliver(last_told(teams))
        await teams.settled()

    await town.starts()
    assert len(anna.messages()) == before + 1
    assert DANISH("concern.step.safety") in anna.last()
