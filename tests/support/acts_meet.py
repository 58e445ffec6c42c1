"""Who may press what on a committee's meeting."""

from datetime import date, time
from uuid import UUID

from domain.committee_meetings import CommitteeMeeting
from tests.support.acts import Staged, act
from tests.support.town import BO, VALBY_GROUP, Town
from usecases.change_meeting import call

MEETING = UUID("a0000000-0000-4000-8000-00000000000e")
SITS = ("facilitator", "member", "recused member", "member when needed")
READS = (*SITS, "secretariat", "head")
RUNS = ("facilitator", "secretariat", "head")


async def a_meeting(town: Town) -> CommitteeMeeting:
    """Bo has called his group to a meeting in three weeks."""
    async with town.remembers() as tx:
        return await call(
            tx,
            id=MEETING,
            committee=VALBY_GROUP.code,
            day=date(2026, 3, 24),
            starts=time(9),
            minutes=90,
            place="Mødelokale 2",
            purpose="Sommerens indsats",
            by=BO,
            now=town.hour.now,
        )


async def on_the_meeting(town: Town) -> Staged:
    meeting = await a_meeting(town)
    return Staged(
        carried={"committee_meeting": str(meeting.id), "version": meeting.version},
        number=meeting.reference,
    )


ACTS = {
    "meet.open": act(on_the_meeting, *READS),
    "meet.more": act(on_the_meeting, *READS),
    "meet.calendar": act(on_the_meeting, *READS),
    "meet.coming": act(on_the_meeting, *SITS),
    "meet.substitute": act(on_the_meeting, *SITS),
    "meet.decline": act(on_the_meeting, *SITS),
    "meet.move": act(on_the_meeting, *RUNS),
    "meet.cancel": act(on_the_meeting, *RUNS),
}
