"""A tenant with a handful of people, one group, and one mailbox that the app may use."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from localgraph.server import LocalGraph, running
from tests.localgraph.tenant import BO, BOX, METTE, POLICE, Clock, Tenant


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    clock = Clock()
    graph = LocalGraph(mailboxes=[BOX], now=clock)
    graph.directory.add_person("mette", "Mette Holm", METTE)
    graph.directory.add_person("bo", "Bo Lind", BO, title="Leder")
    graph.directory.add_person("vagt", "Vagt Havende", POLICE, guest=True)
    graph.directory.add_group("lokal", "Lokaludvalg Amager", ["mette", "vagt"])
    graph.apps.publish("app-1", external_id="a3f0")
    async with running(graph, strict=False), ClientSession() as session:
        yield Tenant(graph=graph, clock=clock, session=session)
