"""Put the app into the Teams of who never opened it, so that they can be reached (BER-19)."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from domain.delivery import Address, NotDelivered
from domain.installing import FAILED, IN_A_ROW, TOGETHER, TRIED_AGAIN, Install, Installed
from domain.people import PersonId
from graph.calls import GraphTrouble
from storage.database import Database

INSTALL_EVERY: Final = timedelta(minutes=1)

OpenChat = Callable[[str], Awaitable[Address | None]]


class Installs(Protocol):
    """Who puts the app into somebody's Teams."""

    async def install(self, aad_id: str) -> Install:
        """Put it there, or say why it cannot be.

        :raises GraphTrouble: when that is not about this person.
        """
        ...


async def install_app(
    database: Database, installs: Installs, open_chat: OpenChat, *, now: Callable[[], datetime]
) -> int:
    """Try whom it is time for, and count them; each once a day, or when somebody asks.

    It stops at the first trouble that is not about one person, and goes on the next minute.
    Whom it was put in for writes to us through Teams by themselves; for whom it was there
    already, a chat is opened.

    :param open_chat: gives where to write to somebody by their Entra id, if that can be done.
    """
    async with database.transaction() as tx:
        due = await tx.app_installs.due(now=now(), at_most=TOGETHER)
    refused = 0
    for tried, (person, aad_id) in enumerate(due):
        try:
            outcome = await installs.install(aad_id)
        except GraphTrouble:
            return tried  # it has been noted for an administrator
        address = await _opened(open_chat, aad_id) if outcome is Install.THERE else None
        await _keep(database, person, outcome, address, now=now())
        refused = refused + 1 if outcome in FAILED else 0
        if refused == IN_A_ROW == tried + 1:
            return refused
    return len(due)


async def _opened(open_chat: OpenChat, aad_id: str) -> Address | None:
    try:
        return await open_chat(aad_id)
    except NotDelivered:
        return None


async def _keep(
    database: Database,
    person: PersonId,
    outcome: Install,
    address: Address | None,
    *,
    now: datetime,
) -> None:
    async with database.transaction() as tx:
        await tx.app_installs.put(
            Installed(person=person, outcome=outcome, tried_at=now, next_at=now + TRIED_AGAIN)
        )
        if address is not None:
            await tx.addresses.open(person, address)
