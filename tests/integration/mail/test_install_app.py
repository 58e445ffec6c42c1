"""The app put into the Teams of who never opened it, and why it could not be (BER-19)."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from domain.delivery import Address
from domain.installing import IN_A_ROW, Install
from domain.people import Person, PersonId
from graph.apps import Apps
from localgraph.server import LocalGraph, running
from scheduler.install_app import install_app
from storage.database import Database
from storage.vault import Vault
from tests.support.graph_here import graph_at
from tests.support.outlook import Ticking
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DORTE,
    INDEX_KEY,
    MASTER_KEY,
    MONDAY_NOON,
    ORGANISATION,
)

APP = "b1c5353a-7aca-41b3-830f-27d5218fe0e5"
A_DAY = timedelta(days=1)


@dataclass(kw_only=True)
class Rollout:
    """A register whose people have accounts, and the job that gives them the app."""

    database: Database
    graph: LocalGraph
    apps: Apps
    clock: Ticking
    chats: list[str] = field(default_factory=list)

    async def runs(self) -> int:
        return await install_app(self.database, self.apps, self._open, now=lambda: self.clock.at)

    async def finishes(self) -> None:
        while await self.runs():
            pass

    async def outcomes(self) -> Mapping[PersonId, Install]:
        async with self.database.transaction() as tx:
            return await tx.app_installs.outcomes()

    async def is_known(self, person: Person) -> bool:
        async with self.database.transaction() as tx:
            return await tx.addresses.of(person.id) is not None

    def has_it(self, person: Person) -> bool:
        return APP in self.graph.apps.installed.get(person.aad_id, {})

    @property
    def asked(self) -> int:
        return len(self.graph.log.of("apps.install"))

    async def _open(self, aad_id: str) -> Address | None:
        self.chats.append(aad_id)
        return Address(
            conversation_id=f"chat-{aad_id}", service_url="https://teams.example/", tenant_id="t"
        )


@pytest.fixture
async def rollout(database_url: str) -> AsyncIterator[Rollout]:
    database = Database(database_url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await database.open()
    clock = Ticking(MONDAY_NOON)
    async with (
        running(LocalGraph(mailboxes=[], now=lambda: clock.at)) as standin,
        graph_at(standin.base_url, timer=clock.timer()) as graph,
    ):
        standin.apps.publish(APP, external_id="ssp")
        for each in ORGANISATION.people:
            standin.directory.add_person(each.aad_id, each.name, each.email)
        async with database.transaction() as tx:
            await tx.organisation.replace(ORGANISATION)
        apps = Apps(graph, base=standin.base_url, app_id=APP)
        yield Rollout(database=database, graph=standin, apps=apps, clock=clock)
        assert standin.log.wrong == []  # MTG-12
    await database.dispose()


async def knows(rollout: Rollout, *people: Person) -> None:
    address = Address(conversation_id="chat", service_url="https://teams.example/", tenant_id="t")
    async with rollout.database.transaction() as tx:
        for each in people:
            await tx.addresses.learn(each.id, address, now=rollout.clock.at)


async def test_who_has_no_chat_gets_the_app_and_nobody_else(rollout: Rollout) -> None:
    await knows(rollout, ANNA)
    async with rollout.database.transaction() as tx:
        await tx.addresses.learn(
            BO.id,
            Address(conversation_id="bo", service_url="https://teams.example/", tenant_id="t"),
            now=rollout.clock.at,
        )
        await tx.addresses.block(BO.id, "removed")

    await rollout.finishes()

    assert not rollout.has_it(ANNA)
    assert not rollout.has_it(BO)  # who took it out is left in peace
    assert rollout.has_it(CARL)
    assert rollout.asked == len([each for each in ORGANISATION.people if each.active]) - 2
    assert not rollout.chats  # Teams tells us by itself


async def test_where_it_is_already_a_chat_is_opened(rollout: Rollout) -> None:
    rollout.graph.apps.installed[CARL.aad_id] = {APP: "INST"}

    await rollout.finishes()

    assert (await rollout.outcomes())[CARL.id] is Install.THERE
    assert rollout.chats == [CARL.aad_id]
    assert await rollout.is_known(CARL)
    async with rollout.database.transaction() as tx:
        assert (await tx.addresses.known())[CARL.id].heard_at is None


async def test_why_it_cannot_be_is_kept_for_each(rollout: Rollout) -> None:
    """A guest, a closed account, nobody, and a policy: four different things to do."""
    for person in (ANNA, BO, DORTE):
        rollout.graph.apps.blocked[person.aad_id] = (403, "Forbidden")
    rollout.graph.directory.add_person("guest", "Gæst", "gaest@politi.example", guest=True)
    rollout.graph.directory.change_person(BO.aad_id, enabled=False)
    rollout.graph.directory.people[ANNA.aad_id].guest = True
    rollout.graph.directory.delete_person(CARL.aad_id)
    await rollout.finishes()

    outcomes = await rollout.outcomes()

    assert outcomes[ANNA.id] is Install.GUEST
    assert outcomes[BO.id] is Install.CLOSED
    assert outcomes[CARL.id] is Install.UNKNOWN
    assert outcomes[DORTE.id] is Install.REFUSED


async def test_it_is_tried_again_on_the_next_day_or_when_somebody_asks(rollout: Rollout) -> None:
    rollout.graph.apps.blocked[DORTE.aad_id] = (403, "Forbidden")
    await rollout.finishes()
    rollout.graph.apps.blocked.clear()
    tried = rollout.asked
    await rollout.finishes()
    assert rollout.asked == tried

    async with rollout.database.transaction() as tx:
        assert await tx.app_installs.ask_again(now=rollout.clock.at)
    await rollout.finishes()
    assert (await rollout.outcomes())[DORTE.id] is Install.DONE

    tried = rollout.asked
    rollout.clock.at += A_DAY
    await rollout.finishes()
    assert rollout.asked > tried


async def test_without_consent_it_stops_after_a_few(rollout: Rollout) -> None:
    """MTG-18: no storm; it goes on by itself when there is consent."""
    rollout.graph.gate.consent_only("User.Read.All")

    await rollout.runs()

    assert rollout.asked == IN_A_ROW


@pytest.mark.parametrize("status", [429, 503])
async def test_a_storm_loses_nobody(rollout: Rollout, status: int) -> None:
    rollout.graph.faults.add(op="apps.install", times=30, status=status, retry_after=60)
    for _ in range(60):
        await rollout.runs()
        rollout.clock.at += timedelta(minutes=1)

    assert all(rollout.has_it(each) for each in ORGANISATION.people if each.active)
    assert not rollout.graph.log.too_early


async def test_an_answer_that_is_lost_puts_it_there_once(rollout: Rollout) -> None:
    rollout.graph.faults.lose_answer(op="apps.install")

    await rollout.finishes()

    assert all(rollout.has_it(each) for each in ORGANISATION.people if each.active)
