"""Take what people answer in Outlook as if they had pressed it in Teams (MTG-17, MTG-25)."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.committee_meetings import Invitation, Reply
from domain.errors import RuleBroken
from domain.outlook_events import ActualEvent, OutlookEvent, Response
from domain.outlook_replies import Standing, answer_of, counts, said_at
from domain.people import Person, PersonId
from domain.readiness_meetings import Attendance
from storage.database import Transaction
from usecases.reply_to_meeting import reply
from usecases.reply_to_readiness_meeting import reply_to_readiness_meeting

Standings = Callable[[], Awaitable[Mapping[PersonId, Standing]]]
Answer = Callable[[Person, Reply, datetime], Awaitable[object]]

GIVEN = frozenset({Response.ACCEPTED, Response.DECLINED, Response.TENTATIVE})
LONG_AGO = datetime.min.replace(tzinfo=UTC)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """A meeting of either kind: how people stand to it, and how they answer."""

    standings: Standings
    answer: Answer


async def answer_from_outlook(tx: Transaction, actual: ActualEvent, *, now: datetime) -> int:
    """Take the answers that an event shows, the oldest first; give how many changed something.

    An answer counts when it is to the hour that the meeting has now, and when none was given
    after it, in Outlook or here.
    """
    row = (await tx.outlook.of_graph_ids([actual.id])).get(actual.id)
    if row is None or row.hour_put_at is None or actual.off:
        return 0
    answered = (each for each in actual.attendees if each.response in GIVEN)
    given = sorted(answered, key=lambda each: each.answered_at or LONG_AGO)
    meeting = await _meeting(tx, row, actual, now=now) if given else None
    if meeting is None:
        return 0
    people = {each.key: each.person for each in row.guests}
    standings, taken = await meeting.standings(), 0
    for each in given:
        person = people.get(each.key)
        standing = None if person is None else standings.get(person)
        if person is None or standing is None:
            continue
        at = said_at(each.answered_at, standing, changed_at=actual.changed_at)
        if not counts(at, standing, since=row.hour_put_at):
            continue
        if await _take(tx, meeting, person, answer_of(each.response, standing), at):
            taken += 1
            standings = await meeting.standings()  # a substitute was asked, or let go
    return taken


async def _take(
    tx: Transaction,
    meeting: _Meeting,
    person: PersonId,
    answer: Reply | None,
    at: datetime | None,
) -> bool:
    if answer is None or at is None:
        return False
    try:
        await meeting.answer(await tx.people.get(person), answer, at)
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

    async def standings() -> Mapping[PersonId, Standing]:
        invitations = await tx.committee_meetings.invitations(found.id)
        return {each.person: _standing(each) for each in invitations}

    async def answer(by: Person, said: Reply, at: datetime) -> object:
        return await reply(
            tx, id=found.id, seen=found.version, by=by, answer=said, said_at=at, now=now
        )

    return _Meeting(standings=standings, answer=answer)


async def _of_alert(
    tx: Transaction, row: OutlookEvent, actual: ActualEvent, now: datetime
) -> _Meeting | None:
    found = await tx.readiness_meetings.find(row.meeting)
    if found is None or not actual.is_at(found.begins_at, found.ends_at):
        return None

    async def standings() -> Mapping[PersonId, Standing]:
        asked = await tx.readiness_meetings.attendances(found.id)
        return {each.person: _standing(each) for each in asked}

    async def answer(by: Person, said: Reply, at: datetime) -> object:
        return await reply_to_readiness_meeting(
            tx, id=found.id, seen=found.sequence, by=by, reply=said, said_at=at, now=now
        )

    return _Meeting(standings=standings, answer=answer)


def _standing(asked: Invitation | Attendance) -> Standing:
    return Standing(
        reply=asked.reply,
        asked_at=asked.asked_at,
        replied_at=asked.replied_at,
        stands_for=asked.stands_for,
    )
