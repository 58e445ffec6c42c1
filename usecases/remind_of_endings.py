"""Remind of what is left when an alert has ended: to evaluate, to learn, to file (BER-61, 54).

What belongs to somebody who has left is the Secretariat's: else nobody would ever do it, and the
alert could never be erased.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.alert_states import was_undone
from domain.alerts import OVER, REOPEN_WITHIN
from domain.dates import local_date
from domain.evaluations import round_of
from domain.notices import Notice, NoticeKind
from domain.people import Office, PersonId
from storage.database import Transaction

_DAY = timedelta(days=1)


async def remind_of_endings(tx: Transaction, *, now: datetime) -> None:
    """Tell owners on the day and each week after; told again, it is told once."""
    await tx.outbox.add(
        [
            *await _evaluations(tx, now=now),
            *await _learnings(tx, now=now),
            *await _to_file(tx, now=now),
        ]
    )


async def seen_to_by(tx: Transaction, owner: PersonId) -> Sequence[PersonId]:
    """Name who is to do what somebody was given: they, or the Secretariat when they have left."""
    found = (await tx.people.of_ids([owner])).get(owner)
    if found is not None and found.active:
        return [owner]
    return [each.id for each in await tx.people.of_office(Office.SEK)]


async def _evaluations(tx: Transaction, *, now: datetime) -> list[Notice]:
    """Remind of what is due, but not where the alert was opened again."""
    today, found = local_date(now), list[Notice]()
    for each in await tx.evaluations.due(today):
        alert = await tx.alerts.find(each.alert)
        if alert is not None and alert.state in OVER:
            found += [
                Notice(
                    kind=NoticeKind.EVALUATION_DUE,
                    about=each.alert,
                    due_at=now,
                    person=person,
                    round=round_of(each.due_on, today=today),
                )
                for person in await seen_to_by(tx, each.owner)
            ]
    return found


async def _learnings(tx: Transaction, *, now: datetime) -> list[Notice]:
    today = local_date(now)
    return [
        Notice(
            kind=NoticeKind.LEARNING_DUE,
            about=each.id,
            due_at=now,
            person=person,
            round=round_of(each.due_on, today=today),
        )
        for each in await tx.learnings.open_before(today + _DAY)
        for person in await seen_to_by(tx, each.owner)
    ]


async def _to_file(tx: Transaction, *, now: datetime) -> list[Notice]:
    """Remind the Secretariat of the log, once nobody can open the alert again."""
    today = local_date(now)
    office = [each.id for each in await tx.people.of_office(Office.SEK)]
    return [
        Notice(
            kind=NoticeKind.ALERT_TO_FILE,
            about=alert.id,
            due_at=now,
            person=person,
            round=round_of(local_date(alert.closed_at), today=today),
        )
        for alert in await tx.alerts.over(before=now - REOPEN_WITHIN)
        if alert.filed_at is None and alert.closed_at is not None and not was_undone(alert)
        for person in office
    ]
