"""Add to an open alert what would have been another one: its people, its areas, its words."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.activation import similar
from domain.alert_audience import in_order, recipients
from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert, Audience, Recipient, Situation, Why
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.people import AreaCode, Person
from domain.plan_measures import AT_MOST, person_free
from storage.database import Transaction
from usecases.activate_alert import Order, told_beyond, told_in
from usecases.climb_ladder import hold_ladders
from usecases.correct_alert import telling
from usecases.permit_alert import permit_activation, record
from usecases.read_roster import read_roster
from usecases.tell_alerted import addressed, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The alert as it is now, and who hears of it for the first time."""

    alert: Alert
    new: int = field(default=0)


async def join_alert(
    tx: Transaction, order: Order, *, to: str, by: Person, now: datetime
) -> Joined:
    """Add an order to a similar open alert (BER-08): nobody is alerted twice.

    Its level and its ladders stay as they are; who is new gets the alert, who has it gets what
    was added. What the order does not know changes nothing.

    :param to: the reference of the alert that was offered.
    :raises RuleBroken: as `permit_activation`; `alert.not_similar` when it is not open there any
        more; `alert.externals_reason`, `measure.cpr`, `measure.too_long`
    """
    await permit_activation(tx, by, order.audience.areas)
    alert = await _similar(tx, order, to=to, now=now)
    audience = in_order(order.audience)
    roster = await read_roster(tx)
    await hold_ladders(tx, alert.id)
    told = await addressed(tx, alert, now=now) if now >= alert.leaves_at else []
    rows = [
        replace(each, why=Why.ADDED)
        for each in recipients(audience, roster, alert=alert.id, now=now)
    ]
    new = await tx.recipients.add(rows)
    joined = await tx.alerts.save(
        replace(
            alert,
            audience=_both(alert.audience, audience),
            situation=_added(alert.situation, order.situation),
        )
    )
    number = telling(await tx.alert_log.of(alert.id))
    await _alert_them(tx, joined, [each for each in rows if each.person in new], now=now)
    await tell(tx, joined, told, kind=NoticeKind.ALERT_CORRECTED, round=number, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=alert.id,
            kind=LogKind.JOINED,
            at=now,
            by=by.id,
            words="\n".join(
                each
                for each in (
                    told_in(replace(alert, title="", situation=order.situation)),
                    *told_beyond(audience),
                )
                if each
            ),
            facts={
                "what": "more",
                "number": str(number),
                "new": str(len(new)),
                "told": str(len(told)),
                **({"beyond": str(len(audience.externals))} if audience.externals else {}),
            },
            people=tuple(sorted(new)),
        )
    )
    await record(tx, joined, "alert.join_alert", by=by, now=now)
    return Joined(alert=joined, new=len(new))


async def _similar(tx: Transaction, order: Order, *, to: str, now: datetime) -> Alert:
    """Hold the alert that was offered, if it still is like this order."""
    year, _, number = to.removeprefix("R").partition("-")
    found = await tx.alerts.by_number(int(year), int(number)) if number else None
    held = await tx.alerts.hold(found.id) if found else None
    alike = similar(
        [held] if held else [],
        areas=order.audience.areas,
        level=order.level,
        drill=order.drill,
        now=now,
    )
    if alike is None:
        raise RuleBroken("alert.not_similar", reference=to)
    return alike


async def _alert_them(
    tx: Transaction, alert: Alert, rows: list[Recipient], *, now: datetime
) -> None:
    leaves_at = max(now, alert.leaves_at)
    away = await tx.absences.away(local_date(leaves_at))
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.ALERT,
                about=alert.id,
                due_at=leaves_at,
                person=each.person,
                tier=each.tier,
            )
            for each in rows
            if each.person not in away
        ]
    )


def _both(one: Audience, other: Audience) -> Audience:
    """Unite two audiences; with the whole city, it is the whole city."""
    areas: frozenset[AreaCode] = (
        one.areas | other.areas if one.areas and other.areas else frozenset()
    )
    return Audience(
        areas=areas,
        authorities=one.authorities | other.authorities,
        committees=one.committees | other.committees,
        types=one.types | other.types,
        people=one.people | other.people,
        offices=one.offices | other.offices,
        externals=tuple(dict.fromkeys((*one.externals, *other.externals))),
        externals_because=_under(one.externals_because, other.externals_because),
    )


def _added(was: Situation, more: Situation) -> Situation:
    return Situation(
        happened=_under(was.happened, more.happened),
        where=_under(was.where, more.where),
        stands=_under(was.stands, more.stands),
        done=_under(was.done, more.done),
        needs=was.needs,
    )


def _under(was: str, more: str) -> str:
    """Write what is new under what was said; what is said already is not said again.

    Where there is no room for both, what was said is cut: the log has all of it.
    """
    new = person_free(more)
    if new in was or not was:
        return was or new
    room = AT_MOST - len(new) - len("\n")
    if len(was) <= room:
        return f"{was}\n{new}"
    return f"{was[: room - 1]}…\n{new}" if room > 1 else new
