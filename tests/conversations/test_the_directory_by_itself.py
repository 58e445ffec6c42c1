"""The whole house with a directory: each morning, on demand, and never while somebody waits."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.chat import Chat
from tests.support.entra_town import EntraTown, an_entra
from tests.support.town import DANISH, LIV, PLUS_GROUP, STINE, VALBY_GROUP, Town


@pytest.fixture
async def entra(town: Town) -> AsyncIterator[EntraTown]:
    """The town's bot, begun again with Microsoft 365; two committees have their groups."""
    async with an_entra(town.house.database, hour=lambda: town.hour.now) as entra:
        await town.stops()
        town.settings = replace(
            town.settings,
            graph=True,
            graph_directory=True,
            local_graph=entra.graph.base_url,
        )
        await town.starts()
        entra.database = town.house.database
        await entra.links(VALBY_GROUP, PLUS_GROUP)
        yield entra
        await town.stops()


async def test_who_left_is_out_the_next_morning(town: Town, entra: EntraTown) -> None:
    await town.passes(timedelta(hours=24))  # the first morning of a chore is nobody's
    entra.graph.directory.change_person(LIV.aad_id, enabled=False)
    await town.passes(timedelta(hours=24))
    await town.passes(timedelta(seconds=20))

    assert not (await entra.person(LIV)).active


async def test_who_left_is_out_when_a_steward_asks(town: Town, entra: EntraTown) -> None:
    stine = town.chat(STINE)
    entra.graph.directory.change_person(LIV.aad_id, enabled=False)
    await stine.types("hent katalog")
    await town.passes(timedelta(seconds=20))

    assert not (await entra.person(LIV)).active
    assert DANISH("directory.told_done", count=1) in stine.everything()


async def test_a_careful_house_lets_a_steward_look_at_everybody(
    town: Town, entra: EntraTown
) -> None:
    await town.stops()
    town.settings = replace(town.settings, directory_at_once=0)
    await town.starts()
    entra.database = town.house.database
    entra.graph.directory.change_person(LIV.aad_id, enabled=False)
    await town.chat(STINE).types("hent katalog")
    await town.passes(timedelta(seconds=20))

    assert (await entra.person(LIV)).active
    assert len(await entra.found()) == 1


async def test_a_turn_is_answered_while_entra_keeps_us_waiting(
    town: Town, entra: EntraTown
) -> None:
    """No turn ever waits on Graph."""
    stine = Chat(person=STINE, teams=town.teams, settle=town.teams.settled)
    entra.door.closes()
    await stine.types("hent katalog")
    town.house.timetable.wake_all()
    async with asyncio.timeout(10):
        await entra.door.knocked()
        told = await stine.types("katalog")

    assert DANISH("directory.asked") in told
    entra.door.opens()
    await town.settles()
