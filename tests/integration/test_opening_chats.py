"""A chat opened with somebody who has the app and never wrote to us (BER-19)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.chats import opener
from domain.delivery import Address, NotDelivered
from scheduler.install_app import OpenChat
from storage.database import Database
from storage.vault import Vault
from tests.support import line as teams
from tests.support.line import APP_ID, HELLO, NOON, TENANT, Line, a_line
from tests.support.town import CARL, INDEX_KEY, MASTER_KEY, ORGANISATION


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The stand-in for Teams, what we remember, and the way to a new chat."""

    line: Line
    database: Database
    opens: OpenChat

    async def hears_somebody(self) -> None:
        where = Address(
            conversation_id="carl", service_url=self.line.teams.service_url, tenant_id=TENANT
        )
        async with self.database.transaction() as tx:
            await tx.addresses.learn(CARL.id, where, now=NOON)


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    database = Database(database_url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await database.open()
    async with database.transaction() as tx:
        await tx.organisation.replace(ORGANISATION)
    async with a_line() as line:
        opens = opener(database, line.connector, app_id=APP_ID, tenant_id=TENANT)
        yield Desk(line=line, database=database, opens=opens)
    await database.dispose()


async def test_is_where_they_are_written_to(desk: Desk) -> None:
    await desk.hears_somebody()
    chat = desk.line.teams.personal(teams.BO)
    chat.installed = True

    address = await desk.opens(teams.BO)

    assert address is not None
    await desk.line.connector.send(
        service_url=address.service_url, conversation=address.conversation_id, activity=HELLO
    )
    assert [each.text for each in desk.line.teams.messages(chat)] == [HELLO["text"]]


async def test_is_not_opened_with_who_has_no_app(desk: Desk) -> None:
    await desk.hears_somebody()
    desk.line.teams.personal(teams.BO).installed = False

    with pytest.raises(NotDelivered):
        await desk.opens(teams.BO)


async def test_waits_until_teams_has_been_heard_from(desk: Desk) -> None:
    """Only Teams itself says where it answers."""
    assert await desk.opens(teams.BO) is None
