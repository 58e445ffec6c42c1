"""Write in the log of an alert, correct a line by a new one, and read it (BER-44)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, amended, noted
from domain.alert_tiers import sees_log
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.people import Person, PersonId
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.read_alert import may_read, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSeen:
    """The log of an alert, and the names of those in it."""

    alert: Alert
    entries: Sequence[LogEntry] = field(repr=False)
    names: Mapping[PersonId, str] = field(repr=False)


async def writable(tx: Transaction, by: Person) -> list[Alert]:
    """List the open alerts in whose log somebody may write, what is real first.

    Those are who was alerted or has a part in it, and never who is not covered by §115.
    """
    if not _is_covered(await actor_of(tx, by)):
        return []
    open_ = [*await tx.alerts.open(drill=False), *await tx.alerts.open(drill=True)]
    return await readable(tx, by, open_)


async def taking_part(tx: Transaction, by: Person) -> list[Alert]:
    """List the open alerts that somebody was alerted of, coordinates or keeps the log of."""
    return [
        each
        for each in await writable(tx, by)
        if by.id in {each.coordinator, each.log_keeper}
        or await tx.recipients.find(each.id, by.id) is not None
    ]


async def permit_log(tx: Transaction, by: Person, id: UUID) -> Alert:
    """Let somebody read the log: who leads, keeps it, or steers; never an external.

    :raises RuleBroken: `alert.not_found`, `log.not_yours`
    """
    alert = await may_read(tx, by, id)
    if await may_see_log(tx, by, alert):
        return alert
    raise RuleBroken("log.not_yours")


async def may_see_log(tx: Transaction, by: Person, alert: Alert) -> bool:
    own = await tx.recipients.find(alert.id, by.id)
    return sees_log(alert, actor=await actor_of(tx, by), own=own)


async def permit_writing(tx: Transaction, by: Person, id: UUID) -> Alert:
    """Let somebody write in the log of an open alert that is for them.

    :raises RuleBroken: `alert.not_found`, `alert.over`, `log.not_yours`
    """
    alert = await may_read(tx, by, id)
    if not alert.is_open:
        raise RuleBroken("alert.over")
    if not _is_covered(await actor_of(tx, by)):
        raise RuleBroken("log.not_yours")
    return alert


async def write_in_log(
    tx: Transaction, *, id: UUID, words: str, by: Person, now: datetime
) -> LogEntry:
    """Append a line.

    :raises RuleBroken: `alert.not_found`, `alert.over`, `log.not_yours`, `log.empty`,
        `measure.cpr`, `measure.too_long`
    """
    await permit_writing(tx, by, id)
    return await tx.alert_log.add(noted(id, words, by=by.id, now=now))


async def amend_log(
    tx: Transaction, *, id: UUID, number: int, words: str, by: Person, now: datetime
) -> LogEntry:
    """Correct a line by a new one; the old one stays as it was.

    :raises RuleBroken: as `write_in_log`, and `log.no_line`
    """
    alert = await permit_writing(tx, by, id)
    line = await tx.alert_log.find(id, number)
    own = line is not None and line.by == by.id
    if line is None or not (own or await may_see_log(tx, by, alert)):
        raise RuleBroken("log.no_line")
    return await tx.alert_log.add(amended(line, words, by=by.id, now=now))


async def read_log(tx: Transaction, *, id: UUID, by: Person) -> LogSeen:
    """Read all of it, in order.

    :raises RuleBroken: as `permit_log`
    """
    alert = await permit_log(tx, by, id)
    entries = await tx.alert_log.of(id)
    named = {each.by for each in entries if each.by} | {
        person for each in entries for person in each.people
    }
    people = await tx.people.of_ids(named)
    return LogSeen(
        alert=alert, entries=entries, names={who: each.name for who, each in people.items()}
    )


def _is_covered(actor: Actor) -> bool:
    return Role.REP in standing(actor)
