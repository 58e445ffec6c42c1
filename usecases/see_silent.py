"""See whom to telephone about an alert (BER-21, BER-25)."""

from collections.abc import Sequence
from uuid import UUID

from domain.alert_calls import Silent
from domain.alerts import Alert, Reply
from domain.people import Authority, Person
from storage.database import Transaction
from usecases.permit_alert import hold_alert


async def silent_of(
    tx: Transaction, alert: Alert, *, authority: Authority | None = None
) -> list[Silent]:
    """List them in the order of the alert, leaders first; those of one authority, or of all."""
    waiting = [
        each
        for each in await tx.recipients.of(alert.id, authority=authority)
        if each.reply in {None, Reply.RECEIVED}
    ]
    people = await tx.people.of_ids([each.person for each in waiting])
    return [
        Silent(person=people[each.person], recipient=each)
        for each in waiting
        if each.person in people and people[each.person].active
    ]


async def see_silent(tx: Transaction, *, id: UUID, by: Person) -> tuple[Alert, Sequence[Silent]]:
    """List them, with their telephones, to who may act on the alert.

    :raises RuleBroken: `alert.not_found`, `alert.not_yours`
    """
    alert = await hold_alert(tx, by, id)
    return alert, await silent_of(tx, alert)
