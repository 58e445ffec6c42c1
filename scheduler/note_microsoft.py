"""Note which services of Microsoft 365 refuse us, so that somebody is told and it is seen to end.

Whoever calls Graph only says what came of it; that is written down here, with no transaction of
theirs and no wait. Without Graph there is nothing to hear, and what was noted grows old.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.microsoft import Amiss, Refusal, Service
from graph.calls import GraphTrouble
from graph.needs import Need
from graph.troubles import amiss
from storage.database import Database

NOTE_EVERY: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    amiss: Amiss
    code: str
    request_id: str


class MicrosoftNotes:
    """Remembers since the last time what came of calls, service by service."""

    def __init__(self, database: Database, *, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._heard: dict[Service, _Heard | None] = {}

    def hear(self, need: Need, trouble: GraphTrouble | None) -> None:
        """Keep what came of a call; of several, the one that somebody must look at."""
        if trouble is None:
            self._heard.setdefault(need.service, None)
        elif (found := amiss(trouble)) is not None:
            self._heard[need.service] = _Heard(
                amiss=found, code=trouble.code, request_id=trouble.request_id
            )

    async def run(self) -> None:
        """Write down what was heard; a trouble that goes on keeps the hour it began."""
        heard, self._heard = self._heard, {}
        if not heard:
            return
        now = self._now()
        async with self._database.transaction() as tx:
            known = {each.service: each for each in await tx.graph_troubles.all()}
            for service, came in heard.items():
                before = known.get(service)
                if came is not None:
                    await tx.graph_troubles.put(_noted(service, came, before, now=now))
                elif before is not None:
                    await tx.graph_troubles.over(service)


def _noted(service: Service, came: _Heard, before: Refusal | None, *, now: datetime) -> Refusal:
    goes_on = before is not None and before.amiss is came.amiss
    return Refusal(
        service=service,
        amiss=came.amiss,
        code=came.code,
        request_id=came.request_id,
        since=before.since if before is not None and goes_on else now,
        seen_at=now,
    )
