"""Find another way to somebody whom a message did not reach (BER-16)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.delivery import Delivery, DeliveryState
from domain.notices import PAUSABLE, Medium, Notice, NoticeKind
from domain.people import Office, PersonId
from storage.database import Transaction
from usecases.pass_duty_on import pass_duty_on
from usecases.read_roster import read_roster

GATHERED = timedelta(seconds=10)  # so that a leader is told of many at once
WRITTEN_DOWN = timedelta(seconds=2)  # later: what ended within the ten seconds is known by then


async def reach_otherwise(
    tx: Transaction, delivery: Delivery, *, state: DeliveryState, mail: bool, now: datetime
) -> None:
    """Do what follows when a delivery ends unreached, in the transaction that ends it.

    A duty goes to the next. The person gets the same by e-mail where there is any, and is put
    on the call list; of an alert their SSP leaders hear by name. A mere reminder is worth none
    of it. Everything here happens once, however often it is asked for.
    """
    notice = delivery.notice
    await pass_duty_on(tx, notice, now=now)
    if notice.person is None or notice.kind in PAUSABLE:
        return
    await tx.call_list.add(notice.person, about=notice.about, why=state, now=now)
    if mail:
        await tx.outbox.add([replace(notice, medium=Medium.EMAIL, due_at=now)])
    if notice.tier.is_alert:
        await _tell_leaders(tx, notice, notice.person, now=now)


async def _tell_leaders(
    tx: Transaction, notice: Notice, person: PersonId, *, now: datetime
) -> None:
    """Queue one letter for each leader; it names everybody, as things stand when it is sent.

    Those of the first ten seconds share the first letter, those of the next ten the next.
    """
    stretch = max(0, (now - notice.due_at) // GATHERED) + 1
    told = [] if notice.kind is NoticeKind.UNREACHED_TOLD else await _leaders(tx, person)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.UNREACHED_TOLD,
                about=notice.about,
                due_at=notice.due_at + GATHERED * stretch + WRITTEN_DOWN,
                person=leader,
                tier=notice.tier,
                round=stretch,
            )
            for leader in told or await _secretariat(tx)
            if leader != person
        ]
    )


async def _leaders(tx: Transaction, person: PersonId) -> Sequence[PersonId]:
    return (await read_roster(tx)).leaders_of(person)


async def _secretariat(tx: Transaction) -> Sequence[PersonId]:
    return [each.id for each in await tx.people.of_office(Office.SEK)]
