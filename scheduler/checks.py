"""What the auditor looks at: notices, ladders, deadlines, chores, the trail, and the pace."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from domain.notices import Medium
from domain.pacing import refused_share
from domain.people import Office
from domain.troubles import Trouble, TroubleCode
from scheduler.audit import Check, Meanwhile
from scheduler.chores import MISSED_AFTER, Chores
from scheduler.keep_trail import broken_trail
from scheduler.plan_years import LEASE
from storage.database import Transaction

LATE: Final = timedelta(minutes=1)
UNPUBLISHED: Final = 2 * LEASE  # a replica may have died over it, but not two
SOON: Final = timedelta(days=30)  # to have a new certificate made
TOO_MUCH: Final = 0.1  # of what we send in a minute (BER-79)


def checks(
    chores: Chores,
    *,
    real: Callable[[], datetime],
    widen: Meanwhile | None,
    proof_ends: datetime | None = None,
) -> Mapping[TroubleCode, Check]:
    """Give every check.

    :param real: the true hour, which the pace goes by.
    :param proof_ends: when the certificate ends that we prove ourselves with; None never.
    :param widen: starts the second channel for alerts that wait, while Teams throttles us.
    """

    async def missed(tx: Transaction, now: datetime) -> Trouble | None:
        overdue = await chores.overdue(tx, now)
        if not overdue:
            return None
        since = min(period.due_at for period in overdue.values())
        return Trouble(code=TroubleCode.CHORES_MISSED, count=len(overdue), since=since)

    async def refused(tx: Transaction, now: datetime) -> Trouble | None:
        pace = await tx.pace.now(Medium.TEAMS)
        share = 0.0 if pace is None else refused_share(pace, now=real())
        if share <= TOO_MUCH:
            return None
        percent = round(100 * share)
        return Trouble(code=TroubleCode.PACE_THROTTLED, count=percent, since=now - LATE)

    async def ends(_: Transaction, __: datetime) -> Trouble | None:
        left = None if proof_ends is None else proof_ends - real()
        if proof_ends is None or left is None or left > SOON:
            return None
        return Trouble(
            code=TroubleCode.CERTIFICATE_ENDS, count=max(0, left.days), since=proof_ends
        )

    return {
        TroubleCode.OUTBOX_OVERDUE: Check(look=_overdue, patience=LATE),
        TroubleCode.AUDIT_BROKEN: Check(
            look=broken_trail, patience=timedelta(), tells=(Office.DPO, Office.HEAD)
        ),
        TroubleCode.CHORES_MISSED: Check(look=missed, patience=MISSED_AFTER),
        TroubleCode.DEADLINES_WAIT: Check(look=_deadlines, patience=MISSED_AFTER),
        TroubleCode.LADDERS_WAIT: Check(look=_ladders, patience=LATE),
        TroubleCode.PLANS_WAIT: Check(look=_plans, patience=UNPUBLISHED),
        TroubleCode.MICROSOFT_REFUSED: Check(
            look=_microsoft, patience=timedelta(), tells=(Office.SYS, Office.SEK)
        ),
        TroubleCode.CERTIFICATE_ENDS: Check(
            look=ends, patience=timedelta(), tells=(Office.SYS, Office.SEK)
        ),
        TroubleCode.PACE_THROTTLED: Check(look=refused, patience=LATE, meanwhile=widen),
    }


async def _deadlines(tx: Transaction, now: datetime) -> Trouble | None:
    """Find deadlines that nobody does: a kind of another release waits here too (MTG-23)."""
    count, oldest = await tx.committee_meetings.overdue(before=now - MISSED_AFTER)
    if oldest is None:
        return None
    return Trouble(code=TroubleCode.DEADLINES_WAIT, count=count, since=oldest)


async def _plans(tx: Transaction, now: datetime) -> Trouble | None:
    """Find year plans that were approved and are not in force; half of one may be."""
    count, oldest = await tx.year_plans.unpublished(before=now - UNPUBLISHED)
    if oldest is None:
        return None
    return Trouble(code=TroubleCode.PLANS_WAIT, count=count, since=oldest)


async def _microsoft(tx: Transaction, now: datetime) -> Trouble | None:
    """Find services of Microsoft 365 that refuse us, and not only for a moment."""
    refusals = [each for each in await tx.graph_troubles.all() if each.matters(now=now)]
    if not refusals:
        return None
    return Trouble(
        code=TroubleCode.MICROSOFT_REFUSED,
        count=len(refusals),
        since=refusals[0].since,
        refusals=refusals,
    )


async def _ladders(tx: Transaction, now: datetime) -> Trouble | None:
    """Find authorities of an open alert whose next rung nobody takes (BER-25, BER-78)."""
    count, oldest = await tx.escalations.overdue(before=now - LATE)
    if oldest is None:
        return None
    return Trouble(code=TroubleCode.LADDERS_WAIT, count=count, since=oldest)


async def _overdue(tx: Transaction, now: datetime) -> Trouble | None:
    count, oldest = await tx.standings.overdue(before=now - LATE)
    if oldest is None:
        return None
    return Trouble(code=TroubleCode.OUTBOX_OVERDUE, count=count, since=oldest)
