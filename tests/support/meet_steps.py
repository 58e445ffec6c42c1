"""What people do with a committee's meeting, in the steps of a story."""

import re
from dataclasses import replace

from domain.committee_meetings import Reply
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


async def all_come(town: Town, reference: str) -> None:
    """Let everybody who is asked have said that they come."""
    async with town.remembers() as tx:
        meeting = await tx.committee_meetings.by_reference(reference)
        assert meeting is not None
        for each in await tx.committee_meetings.invitations(meeting.id):
            await tx.committee_meetings.save_reply(
                replace(each, reply=Reply.COMING, replied_at=town.hour.now)
            )
