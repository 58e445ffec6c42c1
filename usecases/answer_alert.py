"""Answer an alert: for oneself in one tap, or for somebody who was telephoned (BER-21, BER-23)."""

from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert, Recipient, Reply, Via
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.notices import NoticeKind
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.climb_ladder import climb_ladders, write_down
from usecases.permit_alert import hold_alert
from usecases.redraw_alert import redraw_alert


async def answer_alert(
    tx: Transaction, *, id: UUID, by: Person, reply: Reply, mail: bool, now: datetime
) -> Recipient:
    """Note one's own answer, or another one instead of it; give it as it stands.

    The same answer twice is one answer, at its first time. Nothing more of the alert is sent
    to who has answered, and what follows from it for the ladder of their authority is done in
    the same transaction (BER-26, BER-28).

    :param mail: whether there is e-mail as a second channel.

    :raises RuleBroken: `alert.not_found` when it was never meant for them, or is not there;
        `alert.over` when it has ended.
    """
    return await _answer(
        tx, id=id, person=by.id, reply=reply, via=Via.TEAMS, by=by, mail=mail, now=now
    )


async def answer_for(
    tx: Transaction,
    *,
    id: UUID,
    by: Person,
    person: PersonId,
    reply: Reply,
    via: Via,
    mail: bool,
    now: datetime,
) -> Recipient:
    """Note what somebody said by telephone, C3 or radio; it counts as their answer (BER-21).

    :param by: who took it, and is on record as having done so.
    :raises RuleBroken: as `hold_alert`, for everybody but its coordinator and who may activate
        readiness there; `alert.not_told` for somebody whom it was not meant for; `alert.over`
        when it has ended.
    :raises ValueError: via Teams, where everybody answers for themselves alone.
    """
    if via is Via.TEAMS:
        raise ValueError("in Teams, everybody answers for themselves")
    await hold_alert(tx, by, id)
    answered = await _answer(
        tx, id=id, person=person, reply=reply, via=via, by=by, mail=mail, now=now
    )
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="alert.answer_for",
        about=str(id),
        result=str(person),
        purpose=Purpose.CRIME_PREVENTION,
    )
    return answered


async def _answer(
    tx: Transaction,
    *,
    id: UUID,
    person: PersonId,
    reply: Reply,
    via: Via,
    by: Person,
    mail: bool,
    now: datetime,
) -> Recipient:
    """Hold the ladder first: who ends or pauses the alert does so under the same lock."""
    asked = await tx.recipients.find(id, person)
    if asked is None:
        mine = person == by.id
        raise RuleBroken("alert.not_found" if mine else "alert.not_told", about=str(id))
    ladder = await tx.escalations.hold(id, asked.authority)
    alert = await tx.alerts.find(id)
    if alert is None or not alert.is_open:
        raise RuleBroken("alert.over")
    if await tx.recipients.answer(id, person, reply, via=via, by=by.id, now=now):
        await _stop(tx, alert, person, by=by, now=now)
        entry = _entry(alert, asked, reply=reply, via=via, by=by, now=now)
        follows = await climb_ladders(tx, alert, [ladder] if ladder else [], mail=mail, now=now)
        await write_down(tx, [entry, *follows])
    return await tx.recipients.find(id, person) or asked


async def _stop(
    tx: Transaction, alert: Alert, person: PersonId, *, by: Person, now: datetime
) -> None:
    """Send this person nothing more of it, and telephone them no more about it (BER-26)."""
    via = None if person == by.id else by.id
    await tx.standings.acknowledge(
        alert.id, kind=NoticeKind.ALERT, person=person, now=now, via=via
    )
    await tx.call_list.reached(person, by=by.id, about=alert.id, now=now)
    letters = await tx.alert_letters.to(alert.id, [person])
    if via is not None or len(letters.get(person, ())) > 1:  # else the one they pressed shows it
        await redraw_alert(tx, alert.id, now=now, people=[person])


def _entry(
    alert: Alert, asked: Recipient, *, reply: Reply, via: Via, by: Person, now: datetime
) -> LogEntry:
    return LogEntry(
        alert=alert.id,
        kind=LogKind.REPLIED if asked.person == by.id else LogKind.CONFIRMED,
        at=now,
        by=by.id,
        facts={"reply": reply.value, "via": via.value},
        authority=asked.authority,
        people=(asked.person,),
    )
