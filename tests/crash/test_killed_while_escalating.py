"""Killed while ladders are climbed: no rung is skipped, none is taken twice (BER-76)."""

import asyncio
import signal
import uuid
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.clock import utc_now
from bot.wiring import open_database
from domain.alert_log import LogEntry, LogKind
from domain.people import Authority
from storage.database import Database
from tests.integration.usecases.alarming import ORDER, REGISTER
from tests.support.processes import PATIENCE, a_process
from tests.support.town import DORTE, Town
from usecases.activate_alert import activate_alert

OVERDUE = timedelta(minutes=22)  # every rung is due by then
RUNGS = 4
LOOK_EVERY = 0.02  # seconds


async def climbed(database: Database, alert: UUID) -> list[LogEntry]:
    async with database.transaction() as tx:
        log = await tx.alert_log.of(alert)
    return [each for each in log if each.kind is LogKind.ESCALATED and each.due_at is not None]


async def waits_for(database: Database, alert: UUID, *, rungs: int) -> list[LogEntry]:
    """Wait until so many rungs have been taken."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if len(found := await climbed(database, alert)) >= rungs:
                return found
            await asyncio.sleep(LOOK_EVERY)


async def test_the_next_process_climbs_on_where_the_first_was_killed(town: Town) -> None:
    """BER-32, BER-76: after a standstill of 22 minutes, killed while making up for it."""
    await town.reorganises(REGISTER)
    await town.stops()
    database = open_database(town.settings)
    async with database.transaction() as tx:
        alert = await activate_alert(
            tx, replace(ORDER, id=uuid.uuid4()), by=DORTE, now=utc_now() - OVERDUE
        )
        ladders = {each.climbed.authority for each in await tx.escalations.of(alert.id)}

    async with a_process(town.settings) as first:
        await waits_for(database, alert.id, rungs=1)
        first.send_signal(signal.SIGKILL)
        await first.ends()
    async with a_process(town.settings):
        found = await waits_for(database, alert.id, rungs=RUNGS * len(ladders))
    await database.dispose()

    assert len(ladders) >= len(Authority) - 1
    taken = Counter((each.authority, each.facts["rung"]) for each in found)
    assert set(taken.values()) == {1}
    assert len(taken) == RUNGS * len(ladders)
    numbers = [each.number for each in found]
    assert numbers == sorted(set(numbers))
