"""What people do with a committee's meeting, in the steps of a story."""

import re

from domain.people import Membership, PersonId, Seat
from tests.support.chat import Chat
from tests.support.town import VALBY_GROUP, Town

CALLED = {
    "committee": "KG5",
    "day": "2026-03-24",
    "starts": "09:00",
    "minutes": "90",
    "place": "Mødelokale 2",
    "purpose": "Vi skal tale om sommeren",
    "despite": "",
}


async def gives_a_substitute(town: Town, person: str = "per", slot: str = "KG.5") -> None:
    async with town.remembers() as tx:
        await tx.organisation.seat(
            Membership(
                committee=VALBY_GROUP.code,
                person=PersonId(person),
                slot=slot,
                seat=Seat.SUBSTITUTE,
            )
        )


async def calls(bo: Chat, **changes: str) -> str:
    await bo.types("indkald")
    read = await bo.presses("form.next", **{**CALLED, **changes})
    found = re.search(r"M\d{4}-\d{4}", read)
    assert found is not None, read
    return found[0]


async def moves(bo: Chat, reference: str) -> str:
    await bo.types(f"flyt {reference}")
    return await bo.presses("form.next", day="2026-03-25", starts="10:00")
