"""Note that a person has sent an alert by C3; the bot itself never does, nor says so (BER-50)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alert_sharings import ShareKind, ShareWay, Sharing
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import Office, Person, PersonId
from storage.database import Transaction
from usecases.permit_alert import hold_alert, record
from usecases.tick_measure_of import tick_measure_of

C3 = "M19"  # in the catalogue of measures
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class C3Sent:
    """What somebody says was sent by C3.

    :param id: made when the form was opened: sent twice, it is the same.
    :param who: who sent it, and `at` when; no later than now.
    :param words: the text as it was sent; empty where they wrote another.
    """

    id: UUID
    alert: UUID
    who: PersonId
    at: datetime
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class C3Seen:
    """An alert whose texts for C3 somebody copies, and what was noted as sent."""

    alert: Alert
    sent: Sequence[Sharing]
    people: dict[PersonId, str] = field(repr=False)


async def see_c3(tx: Transaction, *, id: UUID, by: Person) -> C3Seen:
    """See it, for who acts on the alert.

    :raises RuleBroken: those of `hold_alert`
    """
    alert = await hold_alert(tx, by, id)
    sent = await tx.sharings.of_alert(alert.id, kind=ShareKind.C3)
    people = await tx.people.of_ids({each.person for each in sent if each.person is not None})
    return C3Seen(alert=alert, sent=sent, people={who: each.name for who, each in people.items()})


async def who_sends_c3(tx: Transaction, by: Person) -> list[Person]:
    """List who may have sent it: oneself first, then the Secretariat."""
    others = [each for each in await tx.people.of_office(Office.SEK) if each.id != by.id]
    return [by, *others]


async def note_c3(tx: Transaction, sent: C3Sent, *, by: Person, now: datetime) -> Sharing:
    """Note who sent it by C3 and when; the measure of the Secretariat is done then.

    :raises RuleBroken: those of `hold_alert`; `c3.nobody`, `c3.to_come`, `c3.before_alert`
    """
    alert = await hold_alert(tx, by, sent.alert)
    before = await tx.sharings.find(sent.id)
    if before is not None:
        return before
    if sent.who not in {each.id for each in await who_sends_c3(tx, by)}:
        raise RuleBroken("c3.nobody")
    if sent.at > now:
        raise RuleBroken("c3.to_come")
    if sent.at < alert.activated_at - A_MINUTE:
        raise RuleBroken("c3.before_alert")
    row = Sharing(
        id=sent.id,
        kind=ShareKind.C3,
        alert=alert.id,
        person=sent.who,
        way=ShareWay.C3,
        words=sent.words,
        by=by.id,
        at=sent.at,
    )
    await tx.sharings.add([row])
    done = await tick_measure_of(tx, alert, C3, party=Party.SEK, by=by, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=alert.id,
            kind=LogKind.C3,
            at=now,
            by=by.id,
            people=(sent.who,),
            facts={
                "what": "sent",
                "when": sent.at.isoformat(),
                **({"measure": C3} if done else {}),
            },
        )
    )
    await record(tx, alert, "alert.note_broadcast", by=by, now=now)
    return row
