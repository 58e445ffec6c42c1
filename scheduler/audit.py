"""The auditor: looks again and again whether something is late, and says so until it is not."""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.dates import local_date
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Office, PersonId
from domain.troubles import QUIET, Trouble, TroubleCode, told_as
from storage.database import Database, Transaction

# A row is late after a minute and must be found within two (BER-78): this leaves some room.
AUDIT_EVERY: Final = timedelta(seconds=50)
ASLEEP: Final = 2 * AUDIT_EVERY
SILENT: Final = timedelta(minutes=3)
MISSING: Final = "audit.missing"

Look = Callable[[Transaction, datetime], Awaitable[Trouble | None]]
Meanwhile = Callable[[Transaction, datetime], Awaitable[None]]
Signal = Callable[[Sequence[Trouble], datetime], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that can be late.

    `look` finds it, or nothing. `patience` is how long we must have been awake before it counts:
    what fell due while we slept is not late before we have had time to do it. `meanwhile` is done
    at every look while the trouble lasts, and must do no harm twice. `tells` are the offices that
    hear of it; where nobody holds them, the Secretariat does.
    """

    look: Look
    patience: timedelta
    meanwhile: Meanwhile | None = None
    tells: Collection[Office] = (Office.SEK,)


class Auditor:
    """Remembers what is late, for whoever asks; tells who must hear once per trouble and day.

    Every replica audits for itself. That they are told once is the dedupe key's doing.

    :param signal: hears after every audit what was found, and when; with nothing found that is
        the heartbeat, whose silence is an alarm too.
    """

    def __init__(
        self,
        *,
        database: Database,
        checks: Mapping[TroubleCode, Check],
        now: Callable[[], datetime],
        signal: Signal,
    ) -> None:
        self._database = database
        self._checks = checks
        self._now = now
        self._signal = signal
        self._awake_since = self._seen_at = self._audited_at = now()
        self._troubles: dict[TroubleCode, Trouble] = {}

    async def run(self) -> None:
        """Look at everything once."""
        now = self._now()
        if not timedelta() <= now - self._seen_at <= ASLEEP:
            self._awake_since = now
        try:
            await self._audit(now)
        finally:
            self._seen_at = self._now()

    def why(self) -> Sequence[str]:
        """Give the codes of what is late; also when no audit has succeeded for a while."""
        silent = abs(self._now() - self._audited_at) > SILENT
        late = [code for code in self._troubles if code not in QUIET]
        return [*late, *([MISSING] if silent else [])]

    async def _audit(self, now: datetime) -> None:
        async with self._database.transaction() as tx:
            troubles = await self._look(tx, now)
            for code in troubles:
                await self._follow(tx, code, now)
        self._audited_at = now
        self._conclude(troubles, now)

    async def _look(self, tx: Transaction, now: datetime) -> dict[TroubleCode, Trouble]:
        """Find what is late; what it is too early to judge stays as it was."""
        found = {
            code: await check.look(tx, now)
            if now - self._awake_since >= check.patience
            else self._troubles.get(code)
            for code, check in self._checks.items()
        }
        return {code: trouble for code, trouble in found.items() if trouble is not None}

    async def _follow(self, tx: Transaction, code: TroubleCode, now: datetime) -> None:
        if (meanwhile := self._checks[code].meanwhile) is not None:
            await meanwhile(tx, now)
        await tx.outbox.add(
            [
                Notice(
                    kind=NoticeKind.DELIVERY_TROUBLE,
                    about=told_as(code, local_date(now)),
                    due_at=now,
                    person=person,
                    tier=Tier.URGENT,
                )
                for person in await _told(tx, self._checks[code].tells)
            ]
        )

    def _conclude(self, troubles: dict[TroubleCode, Trouble], now: datetime) -> None:
        for code, trouble in troubles.items():
            if code not in self._troubles:
                facts = {"count": trouble.count, "since": trouble.since.isoformat()}
                log.error("trouble %s began", code, extra=facts)
        for code in self._troubles.keys() - troubles.keys():
            log.info("trouble %s is over", code)
        if not troubles:
            log.info("audit found nothing late")
        self._troubles = troubles
        self._signal([*troubles.values()], now)


async def _told(tx: Transaction, offices: Collection[Office]) -> list[PersonId]:
    people = {each.id for office in offices for each in await tx.people.of_office(office)}
    return sorted(people) or [each.id for each in await tx.people.of_office(Office.SEK)]
