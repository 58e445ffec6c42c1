"""The whole house with Microsoft 365: nobody waits for it, and who can change it hears of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.settings import Settings
from dialogs.concern_report import CONCERN_REPORT
from localgraph.server import LocalGraph, running
from tests.support.chat import Chat
from tests.support.town import ANNA, DANISH, Town

MAILBOX = "ssp-sekretariat@kbh.example"
MINUTE = timedelta(minutes=1)
FIRST_STEP = DANISH(f"concern.step.{CONCERN_REPORT.steps[0].key}")


@dataclass(kw_only=True)
class Connected:
    """The town, its bot begun again with Microsoft 365."""

    town: Town
    graph: LocalGraph

    @property
    def settings(self) -> Settings:
        return replace(
            self.town.settings,
            graph=True,
            graph_mailbox=MAILBOX,
            graph_directory=True,
            local_graph=self.graph.base_url,
        )

    async def starts(self) -> None:
        await self.town.stops()
        self.town.settings = self.settings
        await self.town.starts()


@pytest.fixture
async def connected(town: Town) -> AsyncIterator[Connected]:
    tenant = LocalGraph(mailboxes=[MAILBOX], now=lambda: town.hour.now)
    async with running(tenant) as graph:
        graph.directory.add_person("box", "SSP-sekretariatet", MAILBOX)
        yield Connected(town=town, graph=graph)
        await town.stops()


async def test_a_turn_is_answered_while_graph_keeps_us_waiting(
    connected: Connected,
) -> None:
    """No turn ever waits on Graph: what does, waits on its own."""
    connected.graph.hold()
    await connected.starts()
    async with asyncio.timeout(10):
        await connected.graph.began(1)
        teams = connected.town.teams
        anna = Chat(person=ANNA, teams=teams, settle=teams.settled)

        assert FIRST_STEP in await anna.types("bekymring")

    assert connected.graph.limits.under_way
    connected.graph.let_go()
    await connected.town.settles()


async def test_what_the_house_asks_is_what_microsoft_describes(connected: Connected) -> None:
    """MTG-12: every call of a whole house that wakes up."""
    await connected.starts()
    await connected.town.passes(timedelta(hours=24))

    assert connected.graph.log.of("calendarView.delta")
    assert connected.graph.log.wrong == []


async def test_consent_that_is_missing_is_told_once_to_who_can_give_it(
    connected: Connected, dorte: Chat
) -> None:
    """A clear line for the administrator, and no storm (MTG-18)."""
    connected.graph.gate.consent_only("GroupMember.Read.All", "User.Read.All")
    await connected.starts()
    for _ in range(5):
        await connected.town.passes(MINUTE)

    (told,) = [
        dorte.reads(each)
        for each in dorte.messages()
        if DANISH("trouble.microsoft.refused.title") in dorte.reads(each)
    ]
    assert "Ingen adgang til postkassen." in told
    assert "Calendars.ReadWrite" in told
    assert MAILBOX not in told
    refused = [call for call in connected.graph.log.calls if call.status == 403]
    assert len(refused) <= 5


async def test_a_tenant_that_gives_no_token_leaves_the_bot_as_it_was(
    connected: Connected, anna: Chat
) -> None:
    """Token refused: nothing of Microsoft 365, and everything else."""
    connected.graph.gate.tokens = set()
    await connected.starts()
    await connected.town.passes(MINUTE)

    assert FIRST_STEP in await anna.types("bekymring")
