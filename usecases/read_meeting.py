"""Show a meeting as it is: when and where, what one has answered, and who is expected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.committee_meetings import CommitteeMeeting, Invitation, MeetingState, Reply
from domain.expected import ExpectedSlot, Seated, seated, stand_in_of
from domain.matters import Matter
from domain.people import Committee, Person, PersonId
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit
from usecases.reply_to_meeting import expected_at


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting as one person sees it.

    :param own: what they were asked and answered; None for who was not asked.
    :param stands_for: whose substitute they are asked as, by name.
    :param stand_in: what their own substitute says who comes, or is asked; None for nobody.
    :param expected: who is expected, slot by slot: numbers, and nobody's name.
    :param seated: who that is and what they said, for who may manage the meeting; nobody, for
        everybody else.
    :param link: to the meeting in Teams; empty where there is none, or it is over.
    """

    meeting: CommitteeMeeting
    committee: Committee
    matter: Matter = field(repr=False)
    actor: Actor = field(repr=False)
    own: Invitation | None
    stands_for: str = field(default="", repr=False)
    stand_in: Reply | None = None
    stand_in_name: str = field(default="", repr=False)
    expected: Sequence[ExpectedSlot] = ()
    seated: Sequence[Seated] = ()
    people: Mapping[PersonId, Person] = field(default_factory=dict, repr=False)
    link: str = field(default="", repr=False)
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
    view = await view_for(tx, meeting, by, now=now)
    return await _by_name(tx, view) if view.may(Action.MANAGE_MEETING) else view


async def view_for(
    tx: Transaction, meeting: CommitteeMeeting, person: Person, *, now: datetime
) -> MeetingView:
    """Lay a meeting out for somebody, whatever they may; `may` says what that is."""
    own = await tx.committee_meetings.invitation(meeting.id, person.id)
    member = None if own is None or own.stands_for is None else own.stands_for
    stand_in = stand_in_of(person.id, await tx.committee_meetings.invitations(meeting.id))
    return MeetingView(
        meeting=meeting,
        committee=await tx.organisation.committee(meeting.committee),
        matter=await tx.matters.of_meeting(meeting),
        actor=await permit.actor_of(tx, person),
        own=own,
        stands_for=await _name(tx, member),
        stand_in=None if stand_in is None else stand_in.reply,
        stand_in_name=await _name(tx, None if stand_in is None else stand_in.person),
        expected=await expected_at(tx, meeting),
        link=await _link(tx, meeting, now=now),
        ahead=meeting.is_ahead(now=now),
    )


async def _by_name(tx: Transaction, view: MeetingView) -> MeetingView:
    invitations = await tx.committee_meetings.invitations(view.meeting.id)
    people = await tx.people.of_ids([each.person for each in invitations])
    return replace(view, seated=seated(invitations), people=people)


async def _link(tx: Transaction, meeting: CommitteeMeeting, *, now: datetime) -> str:
    """Give the way into the meeting in Teams, until it is over."""
    held = meeting.state is MeetingState.PLANNED and now < meeting.ends_at
    return await tx.outlook.join_link(meeting.id) if held else ""


async def _name(tx: Transaction, person: PersonId | None) -> str:
    return "" if person is None else (await tx.people.get(person)).name
