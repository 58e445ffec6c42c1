"""Take what people answer in Outlook as if they had pressed it in Teams (MTG-17, MTG-25)."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from domain.committee_meetings import Reply
from domain.errors import RuleBroken
from domain.outlook_events import ActualEvent, Attendee, OutlookEvent
from domain.outlook_replies import Standing, answer_of, counts
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.reply_to_meeting import reply
from usecases.reply_to_readiness_meeting import reply_to_readiness_meeting

Standings = Callable[[PersonId], Awaitable[Standing | None]]
Answer = Callable[[Person, Reply, datetime], Awaitable[object]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """A meeting of either kind: how somebody stands to it, and how they answer."""

    standing: Standings
    answer: Answer


async def answer_from_outlook(tx: Transaction, actual: ActualEvent, *, now: datetime) -> int:
    """Take the answers that an event shows, the oldest first; give how many changed something.

    An answer counts when it is to the hour that the meeting has now, and when none was given
    after it, in Outlook or here.
    """
    row = (await tx.outlook.of_graph_ids([actual.id])).get(actual.id)
    if row is None or row.hour_put_at is None or actual.off:
        return 0
    given = sorted((each for each in actual.attendees if each.answered_at), key=_at)
    meeting = await _meeting(tx, row, actual, now=now) if given else None
    if meeting is None:
        return 0
    people = {each.key: each.person for each in row.guests}
    return sum(
        [
            await _take(tx, meeting, people[each.key], each, since=row.hour_put_at)
            for each in given
            if each.key in people
        ]
    )


async def _take(
    tx: Transaction, meeting: _Meeting, person: PersonId, given: Attendee, *, since: datetime
) -> bool:
    standing = await meeting.standing(person)
    if standing is None or given.answered_at is None:
        return False
    if not counts(given.answered_at, standing, since=since):
        return False
    answer = answer_of(given.response, standing)
    if answer is None:
        return False
    try:
        await meeting.answer(await tx.people.get(person), answer, given.answered_at)
    except RuleBroken as refusal:
        log.info("an answer in outlook was not taken", extra={"why": refusal.code})
        return False
    return True


async def _meeting(
    tx: Transaction, row: OutlookEvent, actual: ActualEvent, *, now: datetime
) -> _Meeting | None:
    """Find what the event is about; nothing where it is at another hour."""
    return await _of_committee(tx, row, actual, now) or await _of_alert(tx, row, actual, now)


async def _of_committee(
    tx: Transaction, row: OutlookEvent, actual: ActualEvent, now: datetime
) -> _Meeting | None:
    found = await tx.committee_meetings.find(row.meeting)
    if found is None or not actual.is_at(found.starts_at, found.ends_at):
        return None

    async def standing(person: PersonId) -> Standing | None:
        own = await tx.committee_meetings.invitation(found.id, person)
        if own is None:
            return None
        return Standing(
            reply=own.reply,
            asked_at=own.asked_at,
            replied_at=own.replied_at,
            stands_for=own.stands_for,
        )

    async def answer(by: Person, said: Reply, at: datetime) -> object:
        return await reply(
            tx, id=found.id, seen=found.version, by=by, answer=said, said_at=at, now=now
        )

    return _Meeting(standing=standing, answer=answer)


async def _of_alert(
    tx: Transaction, row: OutlookEvent, actual: ActualEvent, now: datetime
) -> _Meeting | None:
    found = await tx.readiness_meetings.find(row.meeting)
    if found is None or not actual.is_at(found.begins_at, found.ends_at):
        return None

    async def standing(person: PersonId) -> Standing | None:
        for each in await tx.readiness_meetings.attendances(found.id):
            if each.person == person:
                return Standing(
                    reply=each.reply,
                    asked_at=each.asked_at,
                    replied_at=each.replied_at,
                    stands_for=each.stands_for,
                )
        return None

    async def answer(by: Person, said: Reply, at: datetime) -> object:
        return await reply_to_readiness_meeting(
            tx, id=found.id, seen=found.sequence, by=by, reply=said, said_at=at, now=now
        )

    return _Meeting(standing=standing, answer=answer)


_at = attrgetter("answered_at")
