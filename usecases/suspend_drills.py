"""Suspend drills while something is real, and let one go on again by hand (BER-64)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert
from domain.notices import Notice, NoticeKind, Tier
from storage.database import Transaction
from usecases.climb_ladder import hold_ladders
from usecases.tell_alerted import addressed

UNTIL_RESUMED = timedelta(days=365)  # nothing but a person lets a drill go on
SUSPENDED = "suspended"  # why its letters were cancelled
UNSENT = (
    NoticeKind.ALERT,
    NoticeKind.ALERT_CALL_LIST,
    NoticeKind.ALERT_STEERING,
    NoticeKind.ALERT_CORRECTED,
)


async def suspend_drills(tx: Transaction, by: Alert, *, now: datetime) -> Sequence[Alert]:
    """Suspend every drill for an alert that is real: nothing more of it is sent.

    Who has had a drill's alert is told when the real one leaves. Hold no ladder before.
    """
    if by.drill:
        return []
    return [
        await _suspended(tx, drill, by, now=now)
        for each in sorted(await tx.alerts.open(drill=True), key=lambda each: each.id)
        if (drill := await tx.alerts.hold(each.id)) and drill.suspended_by is None
    ]


async def release_drills(tx: Transaction, by: Alert, *, now: datetime) -> None:
    """Let the drills go on that an alert suspended which was undone: nobody heard of either.

    While something else is real, they make way for that.
    """
    for each in await tx.alerts.open(drill=True):
        drill = await tx.alerts.hold(each.id)
        if drill is None or drill.suspended_by != by.id:
            continue
        await hold_ladders(tx, drill.id)
        await tx.standings.cancel(drill.id, kind=NoticeKind.DRILL_SUSPENDED, now=now)
        if real := await tx.alerts.open(drill=False):
            first = min(real, key=lambda each: (each.leaves_at, each.id))
            await _suspended(tx, drill, first, now=now)
            continue
        await tx.alerts.save(replace(drill, paused_until=now, suspended_by=None))
        await send_held_back(tx, drill, now=now)
        await tx.alert_log.add(LogEntry(alert=drill.id, kind=LogKind.RESUMED, at=now, by=None))


async def send_held_back(tx: Transaction, drill: Alert, *, now: datetime) -> None:
    """Send what was held back of a drill while it was suspended, now that it goes on."""
    await tx.standings.send_after_all(drill.id, cancelled_for=SUSPENDED, now=now)


async def _suspended(tx: Transaction, drill: Alert, by: Alert, *, now: datetime) -> Alert:
    """Suspend one; its participants are not told whose alert or what it is about."""
    await hold_ladders(tx, drill.id)
    for kind in UNSENT:
        await tx.standings.cancel(drill.id, kind=kind, now=now, why=SUSPENDED)
    await tx.call_list.drop(drill.id)
    told = await addressed(tx, drill, now=now)
    suspended = await tx.alerts.save(
        replace(drill, paused_until=now + UNTIL_RESUMED, suspended_by=by.id)
    )
    before = await tx.alert_log.of(drill.id)
    times = sum(each.kind is LogKind.SUSPENDED for each in before) + 1
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.DRILL_SUSPENDED,
                about=drill.id,
                due_at=by.leaves_at,
                person=each.person,
                tier=Tier.URGENT,
                round=times,
            )
            for each in told
        ]
    )
    await tx.alert_log.add(
        LogEntry(
            alert=drill.id,
            kind=LogKind.SUSPENDED,
            at=now,
            by=None,
            facts={"told": str(len(told))},
        )
    )
    return suspended
