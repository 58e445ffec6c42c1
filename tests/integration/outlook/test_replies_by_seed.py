"""A thousand random rounds of answers, here and in Outlook: after each, the last one counts."""

import random
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from domain.committee_meetings import Reply
from tests.integration.outlook.steps import answered, called, found, moved
from tests.support.outlook import Office
from tests.support.town import ANNA, BENTE, BO, CARL, KASPER, KLAUS, LIV, SOFIE

MEETINGS = (UUID(int=1), UUID(int=2))
MEMBERS = (CARL, SOFIE, LIV, KASPER, BENTE, KLAUS)
ROUNDS = 1000
HOURS = (time(9), time(10, 30), time(13))
NOT_COMING = frozenset({Reply.DECLINED, Reply.SUBSTITUTE})
# What may be kept here once somebody has said this in Outlook, and nothing since.
MEANS = {
    "accepted": frozenset({Reply.COMING}),
    "declined": NOT_COMING,
    "tentativelyAccepted": NOT_COMING | {Reply.ASKED},
}
NOTHING = frozenset({Reply.ASKED})
PRESSES = (Reply.COMING, Reply.DECLINED, Reply.SUBSTITUTE)
A_SECOND = timedelta(seconds=1)


@dataclass(kw_only=True)
class Story:
    """What people say, in the order in which they say it."""

    office: Office
    chance: random.Random
    said: dict[tuple[UUID, str], frozenset[Reply]]
    not_yet_moved: set[UUID]

    async def step(self) -> None:
        """Let one thing happen, at a second of its own."""
        self.office.passes(A_SECOND * self.chance.randrange(2, 60))
        meeting, what = self.chance.choice(MEETINGS), self.chance.random()
        if what < 0.5:
            await self._answers_in_outlook(meeting)
        elif what < 0.85:
            person, press = self.chance.choice(MEMBERS), self.chance.choice(PRESSES)
            await answered(self.office, person, press, id=meeting)
            self.said[meeting, person.email] = frozenset({press})
        elif what < 0.92:
            await self._is_moved(meeting)
        else:
            self.office.graph.calendar.feed.expire()

    async def _answers_in_outlook(self, meeting: UUID) -> None:
        """Let one answer who is in the event; to an hour that is not the meeting's, in vain."""
        event = await self.office.event(meeting)
        address = self.chance.choice([each.address for each in event.attendees])
        response = self.chance.choice([*MEANS])
        if address != BO.email:
            self.office.graph.outlook.answer(event, address, response)
        if address != BO.email and meeting not in self.not_yet_moved:
            self.said[meeting, address] = MEANS[response]

    async def _is_moved(self, meeting: UUID) -> None:
        now = (await found(self.office, meeting)).starts
        hour = self.chance.choice([each for each in HOURS if each != now])
        await moved(self.office, id=meeting, starts=hour)
        self.said = {key: said for key, said in self.said.items() if key[0] != meeting}
        self.not_yet_moved.add(meeting)

    async def follows(self) -> None:
        """Let the answers be read, and Outlook follow what they lead to."""
        await self.office.reads()
        await self.office.keeps()
        self.not_yet_moved.clear()

    async def agrees(self) -> int:
        """Hold what is kept here against what was said; give how many answers that were."""
        held = 0
        async with self.office.database.transaction() as tx:
            invited = {each: await tx.committee_meetings.invitations(each) for each in MEETINGS}
            people = await tx.people.of_ids([each.id for each in (*MEMBERS, ANNA, BO)])
        for meeting, invitations in invited.items():
            own = {people[each.person].email: each.reply for each in invitations}
            event = await self.office.event(meeting)
            assert {each.address for each in event.attendees} == own.keys()
            self.said = {
                (of, who): said
                for (of, who), said in self.said.items()
                if of != meeting or who in own
            }  # a substitute who is asked no longer has said nothing
            for address in own.keys() - {BO.email}:
                said = self.said.get((meeting, address), NOTHING)
                assert own[address] in said, (address, said)
                held += said != NOTHING
        return held


async def test_a_thousand_rounds_end_as_the_last_answers_say(office: Office) -> None:
    """MTG-17: pressed, answered in Outlook, moved, forgotten by Outlook, in any order."""
    chance = random.Random(20261123)  # noqa: S311
    story = Story(office=office, chance=chance, said={}, not_yet_moved=set())
    for each in MEETINGS:
        await called(office, id=each)
    await office.keeps(minutes=2)
    held = 0
    for _ in range(ROUNDS):
        for _ in range(chance.randrange(1, 4)):
            await story.step()
        await story.follows()
        held += await story.agrees()

    assert held > 4 * ROUNDS
    assert len(office.graph.log.of("calendarView.delta")) > ROUNDS
