"""Run the ladders of an alert: the one way, for activation, replies, resuming and the ticker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, escalated
from domain.alerts import Alert, Recipient, Reply
from domain.dates import local_date
from domain.delivery import DeliveryState
from domain.escalation import Ask, Climbed, Decision, Rung, Snapshot, Unavailable, added
from domain.escalation_notices import notices
from domain.next_step import next_step
from domain.people import Authority, PersonId
from storage.database import Transaction
from storage.escalations import Ladder


async def hold_ladders(tx: Transaction, alert: UUID) -> list[Ladder]:
    """Hold every ladder of an alert: who pauses, resumes, raises or ends it waits for all.

    Hold the alert before, and write in its log after.
    """
    there = {each.climbed.authority for each in await tx.escalations.of(alert)}
    held = [
        await tx.escalations.hold(alert, authority)
        for authority in Authority
        if authority in there
    ]
    return [each for each in held if each is not None]


async def climb_ladders(
    tx: Transaction, alert: Alert, ladders: Sequence[Ladder], *, mail: bool, now: datetime
) -> list[LogEntry]:
    """Do all that these ladders ask for now; give the lines of the log, which are written last.

    The caller holds the ladders. Every step is stored with what it does: new recipients, their
    notices, the call list. So whatever ends this transaction leaves all of a step or nothing.
    An alert that is over asks for nothing, and a drill that makes way for something real asks
    for nothing until it goes on (BER-64).

    :param mail: whether who is silent hears it by e-mail too (BER-25).
    :raises RuleBroken: `alert.moved_on` where a ladder was not held
    """
    if not alert.is_open or alert.suspended_by is not None or not ladders:
        return []
    only = ladders[0].climbed.authority if len(ladders) == 1 else None
    snapshot = await tx.escalations.snapshot(alert.id)
    recipients = await tx.recipients.of(alert.id, authority=only)
    climbing = _Climbing(
        alert=alert,
        snapshot=snapshot,
        recipients=recipients,
        unavailable=await unavailable(tx, snapshot, recipients, now=now),
        mail=mail,
        now=now,
    )
    return [entry for ladder in ladders for entry in await climbing.climb(tx, ladder)]


async def write_down(tx: Transaction, entries: Sequence[LogEntry]) -> None:
    """Write lines in the log, in order; nothing else is done after that."""
    for each in entries:
        await tx.alert_log.add(each)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Climbing:
    """What all ladders of an alert look at; who is asked by one of them is added."""

    alert: Alert
    snapshot: Snapshot
    recipients: list[Recipient]
    unavailable: Unavailable
    mail: bool
    now: datetime

    async def climb(self, tx: Transaction, ladder: Ladder) -> list[LogEntry]:
        entries: list[LogEntry] = []
        while True:
            decision = self._decide(ladder.climbed)
            if decision.climbed != ladder.climbed:
                ladder = await tx.escalations.keep(ladder, decision.climbed)
            if decision.ask is None:
                return entries
            await self._carry_out(tx, decision, decision.ask)
            entries.append(escalated(decision, decision.ask, alert=self.alert.id, now=self.now))

    def _decide(self, climbed: Climbed) -> Decision:
        return next_step(
            snapshot=self.snapshot,
            climbed=climbed,
            recipients=self.recipients,
            unavailable=self.unavailable,
            paused_until=self.alert.paused_until,
            now=self.now,
        )

    async def _carry_out(self, tx: Transaction, decision: Decision, ask: Ask) -> None:
        new = added(
            decision,
            alert=self.alert.id,
            snapshot=self.snapshot,
            recipients=self.recipients,
            now=self.now,
        )
        if new:
            await tx.recipients.add(new)
            self.recipients.extend(new)
        await tx.outbox.add(notices(decision, ask, alert=self.alert, mail=self.mail, now=self.now))
        if ask.rung is Rung.CALL_LIST:
            await self._put_on_call_list(tx, decision.climbed.authority)

    async def _put_on_call_list(self, tx: Transaction, authority: Authority) -> None:
        """List those who may yet join; who is on the list keeps their place and reason."""
        for each in self.recipients:
            if each.authority is not authority or not self._may_yet_join(each):
                continue
            if not await tx.call_list.matters(each.person, about=self.alert.id):
                await tx.call_list.add(
                    each.person, about=self.alert.id, why=DeliveryState.DELIVERED, now=self.now
                )

    def _may_yet_join(self, recipient: Recipient) -> bool:
        answered = recipient.reply not in {None, Reply.RECEIVED}
        return recipient.quorum and not answered and recipient.person not in self.unavailable


async def unavailable(
    tx: Transaction, snapshot: Snapshot, recipients: Sequence[Recipient], *, now: datetime
) -> frozenset[PersonId]:
    """Name who cannot be asked: who is away today, and who has left or been deleted."""
    asked = snapshot.people() | {each.person for each in recipients}
    known = await tx.people.of_ids(asked)
    left = {each for each in asked if each not in known or not known[each].active}
    return frozenset(left | (asked & await tx.absences.away(local_date(now))))
