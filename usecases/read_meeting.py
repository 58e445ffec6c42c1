"""Show a meeting as it is: when and where, what one has answered, and who is expected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.committee_meetings import CommitteeMeeting, Invitation, MeetingState
from domain.expected import ExpectedSlot
from domain.matters import Matter
from domain.people import Committee, Person
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit
from usecases.reply_to_meeting import expected_at


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting as one person sees it.

    :param own: what they were asked and answered; None for who was not asked.
    :param stands_for: whose substitute they are asked as, by name.
    :param expected: who is expected, slot by slot: numbers, and nobody's name.
    """

    meeting: CommitteeMeeting
    committee: Committee
    matter: Matter = field(repr=False)
    actor: Actor = field(repr=False)
    own: Invitation | None
    stands_for: str = field(default="", repr=False)
    expected: Sequence[ExpectedSlot] = ()
    ahead: bool

    def may(self, action: Action) -> bool:
        return can(self.actor, action, self.matter)

    @property
    def asked(self) -> bool:
        """Whether they can still answer."""
        return self.own is not None and self.ahead


async def read_meeting(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> MeetingView:
    """Look at a meeting.

    :raises RuleBroken: `committee_meeting.not_found`
    """
    meeting, _, _ = await permit.meeting(tx, by, Action.READ_MEETING, id, now=now)
    return await view_for(tx, meeting, by, now=now)


async def view_for(
    tx: Transaction, meeting: CommitteeMeeting, person: Person, *, now: datetime
) -> MeetingView:
    """Lay a meeting out for somebody, whatever they may; `may` says what that is."""
    own = await tx.committee_meetings.invitation(meeting.id, person.id)
    member = None if own is None or own.stands_for is None else own.stands_for
    return MeetingView(
        meeting=meeting,
        committee=await tx.organisation.committee(meeting.committee),
        matter=await tx.matters.of_meeting(meeting),
        actor=await permit.actor_of(tx, person),
        own=own,
        stands_for="" if member is None else (await tx.people.get(member)).name,
        expected=await expected_at(tx, meeting),
        ahead=meeting.state is MeetingState.PLANNED and now < meeting.starts_at,
    )
