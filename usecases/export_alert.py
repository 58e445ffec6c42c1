"""Hand out what is written about an alert, and write down who had what (BER-55, BER-70)."""

from datetime import datetime
from uuid import UUID, uuid5

from domain.alert_log import LogEntry, LogKind
from domain.alert_tiers import papers_of
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.people import Person
from storage.database import Transaction
from usecases.ask_once import ask_once
from usecases.permit_alert import record
from usecases.see_alert import see_alert
from usecases.see_board import Closer, see_closer, sight_for


async def papers_for(
    tx: Transaction, *, alert: UUID, by: Person, now: datetime
) -> tuple[Alert, list[ExportKind]]:
    """List what somebody may have of an alert as it is now.

    :raises RuleBroken: `alert.not_found`
    """
    seen = await see_alert(tx, id=alert, by=by, now=now)
    return seen.alert, papers_of(await sight_for(tx, seen), planned=seen.plan is not None)


async def permit_paper(
    tx: Transaction, *, alert: UUID, kind: ExportKind, by: Person, now: datetime
) -> Closer:
    """Read what a paper is made of, for who may have that paper.

    :raises RuleBroken: `alert.not_found`, `alertpaper.not_yours` for who gets less of it,
        `alertpaper.no_plan`
    """
    closer = await see_closer(tx, id=alert, by=by, now=now)
    if kind not in papers_of(closer.sight, planned=True):
        raise RuleBroken("alertpaper.not_yours")
    if kind not in papers_of(closer.sight, planned=closer.seen.plan is not None):
        raise RuleBroken("alertpaper.no_plan")
    return closer


async def ask_for_alert_paper(
    tx: Transaction, *, alert: UUID, kind: ExportKind, by: Person, now: datetime
) -> Export:
    """Ask for a paper; asked twice in the same minute, it is one.

    :raises RuleBroken: as `permit_paper`
    """
    closer = await permit_paper(tx, alert=alert, kind=kind, by=by, now=now)
    id_ = uuid5(alert, f"{kind}/{by.id}/{now:%Y%m%dT%H%M}")
    asked = Export(id=id_, kind=kind, about=alert, reason=id_, by=by.id, at=now)
    export = await ask_once(tx, asked)
    if export == asked:
        await note_export(tx, closer.seen.alert, kind, by=by, now=now)
    return export


async def note_export(
    tx: Transaction, alert: Alert, kind: ExportKind, *, by: Person, now: datetime
) -> None:
    """Write in the alert's log and on record who had what (BER-55)."""
    await record(tx, alert, "alert.export", by=by, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=alert.id, kind=LogKind.EXPORTED, at=now, by=by.id, facts={"what": kind.value}
        )
    )
