"""Hand over who coordinates an alert or keeps its log: offered, accepted, logged (BER-44, 45)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alert_roles import AlertRole, Offer, is_old, taken_over
from domain.alerts import Alert, Reply
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.permit_alert import hold_alert, record
from usecases.read_alert import may_read

_KIND: Mapping[AlertRole, LogKind] = {
    AlertRole.COORDINATOR: LogKind.COORDINATOR,
    AlertRole.LOG_KEEPER: LogKind.LOG_KEEPER,
}
_A_MINUTE = 60  # seconds


def holder(alert: Alert, role: AlertRole) -> PersonId:
    return alert.coordinator if role is AlertRole.COORDINATOR else alert.log_keeper


async def permit_handing_over(tx: Transaction, by: Person, id: UUID, role: AlertRole) -> Alert:
    """Let who has a role hand it over, and who may act on the alert; hold the alert.

    :raises RuleBroken: as `hold_alert`, and `alert.over`
    """
    alert = await tx.alerts.hold(id)
    if alert is None or holder(alert, role) != by.id:
        alert = await hold_alert(tx, by, id)
    if not alert.is_open:
        raise RuleBroken("alert.over")
    return alert


async def handable(tx: Transaction, by: Person, alert: Alert) -> list[AlertRole]:
    """List the roles that are somebody's to hand over.

    :raises RuleBroken: as `permit_handing_over`, where none is
    """
    if not alert.is_open:
        raise RuleBroken("alert.over")
    own = [role for role in AlertRole if holder(alert, role) == by.id]
    try:
        await hold_alert(tx, by, alert.id)
    except RuleBroken:
        if not own:
            raise
        return own
    return [*AlertRole]


async def takers(tx: Transaction, alert: Alert, role: AlertRole) -> Mapping[PersonId, Person]:
    """List who can be asked: who joins, and the Secretariat; not who has it already."""
    joining = [
        each.person
        for each in await tx.recipients.of(alert.id)
        if each.reply in {Reply.JOINING, Reply.RECEIVED}
    ]
    everybody = {each.id: each for each in await tx.people.everybody()}
    office = [each.id for each in everybody.values() if each.offices & OF_THE_SECRETARIAT]
    return {
        each: everybody[each]
        for each in dict.fromkeys([*joining, *office])
        if each in everybody
        and everybody[each].active
        and everybody[each].s115_covered
        and each != holder(alert, role)
    }


async def offer_role(
    tx: Transaction, *, id: UUID, role: AlertRole, to: PersonId, by: Person, now: datetime
) -> Offer:
    """Ask somebody to take it over; until they do, nothing has changed.

    Who was asked before is asked no more.

    :raises RuleBroken: as `permit_handing_over`, and `alert.no_taker`
    """
    alert = await permit_handing_over(tx, by, id, role)
    if to not in await takers(tx, alert, role):
        raise RuleBroken("alert.no_taker")
    offer = Offer(alert=id, role=role, to=to, by=by.id, at=now)
    await tx.alert_offers.offer(offer)
    if to != by.id:
        await _tell(tx, NoticeKind.ALERT_ROLE_OFFERED, offer, to, now=now)
    await tx.alert_log.add(_line(offer, "offered", by=by.id, now=now))
    await record(tx, alert, "alert.offer_role", by=by, now=now)
    return offer


async def take_role(
    tx: Transaction, *, id: UUID, role: AlertRole, by: Person, now: datetime
) -> Alert:
    """Take it over; who had it hears so.

    :raises RuleBroken: as `asked_of`; `alert.over`, `alert.offer_old`
    """
    alert, offer = await _offered(tx, id=id, role=role, by=by, now=now)
    taken = await tx.alerts.save(taken_over(alert, offer, by=by.id))
    if not await tx.alert_offers.close(offer):
        raise RuleBroken("alert.not_offered")
    told = {offer.by, holder(alert, role)} - {by.id}
    for each in sorted(told):
        await _tell(tx, NoticeKind.ALERT_ROLE_ANSWERED, offer, each, now=now)
    await tx.alert_log.add(_line(offer, "accepted", by=by.id, now=now))
    await record(tx, alert, "alert.take_role", by=by, now=now)
    return taken


async def decline_role(
    tx: Transaction, *, id: UUID, role: AlertRole, by: Person, now: datetime
) -> Alert:
    """Say no; it stays with who has it, and who asked hears so.

    :raises RuleBroken: as `take_role`
    """
    alert, offer = await _offered(tx, id=id, role=role, by=by, now=now)
    if not await tx.alert_offers.close(offer):
        raise RuleBroken("alert.not_offered")
    if offer.by != by.id:
        await _tell(tx, NoticeKind.ALERT_ROLE_ANSWERED, offer, offer.by, now=now)
    await tx.alert_log.add(_line(offer, "declined", by=by.id, now=now))
    return alert


async def withdraw_old_offers(tx: Transaction, *, id: UUID, now: datetime) -> bool:
    """Take back what nobody has answered in an hour: the role stays where it is."""
    withdrawn = False
    for offer in (await tx.alert_offers.of(id)).values():
        if is_old(offer, now=now) and await tx.alert_offers.close(offer):
            await _tell(tx, NoticeKind.ALERT_ROLE_ANSWERED, offer, offer.by, now=now)
            await tx.alert_log.add(_line(offer, "lapsed", by=None, now=now))
            withdrawn = True
    return withdrawn


async def asked_of(tx: Transaction, *, id: UUID, role: AlertRole, by: Person) -> Offer:
    """Find the offer that is somebody's to answer.

    :raises RuleBroken: `alert.not_offered` where they were asked, and are not any more;
        `alert.not_found` where they never were.
    """
    alert = await may_read(tx, by, id)
    offer = (await tx.alert_offers.of(id)).get(role)
    if offer is not None and offer.to == by.id:
        return offer
    lines = await tx.alert_log.of(alert.id)
    if any(each.kind is _KIND[role] and by.id in each.people for each in lines):
        raise RuleBroken("alert.not_offered")
    raise RuleBroken("alert.not_found", about=str(id))


async def _offered(
    tx: Transaction, *, id: UUID, role: AlertRole, by: Person, now: datetime
) -> tuple[Alert, Offer]:
    offer = await asked_of(tx, id=id, role=role, by=by)
    alert = await tx.alerts.hold(id)
    if alert is None or not alert.is_open:
        raise RuleBroken("alert.over")
    if is_old(offer, now=now):
        raise RuleBroken("alert.offer_old")
    return alert, offer


async def _tell(
    tx: Transaction, kind: NoticeKind, offer: Offer, person: PersonId, *, now: datetime
) -> None:
    await tx.outbox.add(
        [
            Notice(
                kind=kind,
                about=offer.alert,
                due_at=now,
                person=person,
                tier=Tier.URGENT,
                round=round_of(offer),
            )
        ]
    )


def round_of(offer: Offer) -> int:
    """Give an offer the number of its minute and its role: each is told once."""
    at = int(offer.at.timestamp()) // _A_MINUTE
    return 2 * at + (offer.role is AlertRole.LOG_KEEPER)


def role_of(round: int) -> AlertRole:
    return AlertRole.LOG_KEEPER if round % 2 else AlertRole.COORDINATOR


def _line(offer: Offer, what: str, *, by: PersonId | None, now: datetime) -> LogEntry:
    return LogEntry(
        alert=offer.alert,
        kind=_KIND[offer.role],
        at=now,
        by=by,
        facts={"what": what},
        people=(offer.to,),
    )
