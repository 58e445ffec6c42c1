"""What waits for somebody who had read what was wrong: to read what is right (AC-DATA-06)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.access import Action
from domain.duties import Duty, DutyKind
from domain.matters import MatterKind
from domain.records import RecordKind
from domain.roles import Actor
from storage.database import Transaction
from usecases.correct_fact import READING

WAITS_FOR = timedelta(days=60)  # a correction nobody opened by then is told no more


async def corrections_unread(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """Name the cases somebody had read before they were corrected, and has not opened since."""
    found: list[Duty] = []
    corrected = await tx.records.written(RecordKind.CORRECTION, since=now - WAITS_FOR)
    cases = await tx.cases.of_ids(corrected.keys())
    for case, (at, by) in corrected.items():
        read = [
            event
            for event in await tx.audit.of(str(case))
            if event.actor == actor.person.id and event.action in READING
            if event.result != "asked"
        ]
        if case not in cases or by == actor.person.id or not read or read[-1].at > at:
            continue
        found.append(
            Duty(
                kind=DutyKind.FACT_CORRECTED,
                matter=MatterKind.CASE,
                id=case,
                reference=cases[case].reference,
                version=cases[case].version,
                action=Action.OPEN,
            )
        )
    return found
