"""Who sends by which medium: to Teams, and by e-mail once somebody carries it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from bot.clock import Clock
from bot.signals import Signals
from bot.spans import SpanName, Tracer
from domain.delivery import Address
from domain.mailing import mail_verdict
from domain.notices import Medium
from scheduler.addressing import by_email, in_teams
from scheduler.courier import Courier
from scheduler.deliver_outbox import Draw, OutboxSender
from scheduler.settling import NotReached
from scheduler.timetable import Job, Timetable
from storage.database import Database

MAILS_A_SECOND: Final = 0.5  # Exchange Online takes 30 a minute from one mailbox


class Senders:
    """The senders of all media, run and stopped together."""

    def __init__(
        self,
        *,
        database: Database,
        courier: Courier[Address],
        spent: Callable[[], int],
        mail: Courier[str] | None,
        draw: Draw,
        not_reached: NotReached,
        signals: Signals,
        tracer: Tracer,
        wake: Callable[[], None],
        rate: float,
        clock: Clock,
    ) -> None:
        shared: dict[str, Any] = {
            "database": database,
            "draw": draw,
            "not_reached": not_reached,
            "watcher": signals,
            "wake": wake,
            "now": clock.now,
            "real": clock.real,
            "follow": lambda count: tracer.span(SpanName.BATCH, count=count),
        }
        teams = OutboxSender[Address](
            courier=courier, find=in_teams, rate=rate, spent=spent, **shared
        )
        self._senders: dict[str, OutboxSender[Any]] = {"deliver-outbox": teams}
        if mail is not None:
            self._senders["deliver-email"] = OutboxSender[str](
                courier=mail,
                find=by_email,
                rate=MAILS_A_SECOND,
                medium=Medium.EMAIL,
                judge=mail_verdict,
                **shared,
            )

    def jobs(self, *, every: timedelta) -> Sequence[Job]:
        """Give a job to each, so that none waits for another."""
        return [
            Job(name=name, when=every, run=sender.run) for name, sender in self._senders.items()
        ]

    def wake(self, timetable: Timetable) -> None:
        """Let all look at once for what is due."""
        for name in self._senders:
            timetable.wake(name)

    @property
    def busy(self) -> bool:
        return any(sender.busy for sender in self._senders.values())

    async def idle(self) -> None:
        """Wait until everything that was begun is answered and written down."""
        for sender in self._senders.values():
            await sender.idle()

    async def close(self) -> None:
        """Begin nothing more; what is under way is ended."""
        for sender in self._senders.values():
            await sender.close()
