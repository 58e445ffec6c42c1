"""An SSP leader tells their own staff, and says so; who leads sees who has not (BER-49)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from domain.action_plans import ActionPlan
from domain.alert_log import LogEntry, LogKind
from domain.alert_sharings import ShareKind, ShareWay, Sharing
from domain.alerts import Alert
from domain.briefings import Briefed, briefings, tells_for
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind, Tier
from domain.parties import Party
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.permit_alert import hold_alert, record
from usecases.read_alert import may_read
from usecases.read_roster import read_roster
from usecases.tick_measure_of import tick_measure_of

BRIEFING = "M12"  # in the catalogue of measures


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingSeen:
    """How it stands with the word to the staff, as one person sees it.

    :param mine: the leaders for whom they may say that it was given.
    :param plan: the alert's plan, for what their own authority does in it.
    """

    alert: Alert
    all: Sequence[Briefed]
    mine: frozenset[PersonId]
    plan: ActionPlan | None
    people: Mapping[PersonId, Person] = field(repr=False)

    @property
    def is_mine_done(self) -> bool:
        return all(each.at for each in self.all if each.leader in self.mine)


async def see_briefing(tx: Transaction, *, id: UUID, by: Person) -> BriefingSeen:
    """See the text for one's own staff, and who has told theirs.

    :raises RuleBroken: `alert.not_found`
    """
    return await _seen(tx, await may_read(tx, by, id), by)


async def unbriefed(tx: Transaction, alert: Alert) -> list[PersonId]:
    """Name the SSP leaders who have not told their staff (BER-58)."""
    return [each.leader for each in await briefed(tx, alert) if each.at is None]


async def briefed(tx: Transaction, alert: Alert) -> Sequence[Briefed]:
    """List every SSP leader who was alerted, and whether they have told their staff (BER-49)."""
    return briefings(
        await tx.recipients.of(alert.id),
        leaders=frozenset((await read_roster(tx)).ssp_leaders()),
        sharings=await tx.sharings.of_alert(alert.id, kind=ShareKind.BRIEFED),
    )


async def brief_staff(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> BriefingSeen:
    """Say that one has told one's own staff; said twice, it is once. Its measure is done then.

    :raises RuleBroken: `alert.not_found`, also for who leads nobody; `alert.over`
    """
    await may_read(tx, by, id)
    alert = await tx.alerts.hold(id)
    if alert is None:
        raise RuleBroken("alert.not_found", about=str(id))
    seen = await _seen(tx, alert, by)
    if not seen.mine:
        raise RuleBroken("alert.not_found", about=str(id))
    if any(each.by == by.id for each in seen.all if each.leader in seen.mine):
        return seen
    if not alert.is_open:
        raise RuleBroken("alert.over")
    await tx.sharings.add([_row(alert, by, now)])
    party = Party(by.authority.value)
    done = await tick_measure_of(tx, alert, BRIEFING, party=party, by=by, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=alert.id,
            kind=LogKind.BRIEFED,
            at=now,
            by=by.id,
            authority=by.authority,
            facts={"measure": BRIEFING} if done else {},
        )
    )
    await record(tx, alert, "alert.brief_staff", by=by, now=now)
    return await _seen(tx, alert, by)


async def remind_to_brief(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> int:
    """Ask those who have not told their staff to do it; at most once an hour.

    :returns: how many are asked.
    :raises RuleBroken: those of `hold_alert`, `alert.over`
    """
    alert = await hold_alert(tx, by, id)
    if not alert.is_open:
        raise RuleBroken("alert.over")
    hour = int((now - alert.activated_at).total_seconds() // 3600) + 1
    waiting = await unbriefed(tx, alert)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.BRIEFING_ASKED,
                about=alert.id,
                due_at=now,
                person=each,
                tier=Tier.URGENT,
                round=hour,
            )
            for each in waiting
        ]
    )
    await record(tx, alert, "alert.remind_to_brief", by=by, now=now)
    return len(waiting)


async def _seen(tx: Transaction, alert: Alert, by: Person) -> BriefingSeen:
    recipients = await tx.recipients.of(alert.id)
    leaders = frozenset((await read_roster(tx)).ssp_leaders())
    sharings = await tx.sharings.of_alert(alert.id, kind=ShareKind.BRIEFED)
    told = briefings(recipients, leaders=leaders, sharings=sharings)
    return BriefingSeen(
        alert=alert,
        all=told,
        mine=tells_for(by.id, recipients, leaders=leaders),
        plan=next(iter(await tx.action_plans.of_alert(alert.id)), None),
        people=await tx.people.of_ids({each.leader for each in told}),
    )


def _row(alert: Alert, by: Person, now: datetime) -> Sharing:
    return Sharing(
        id=uuid4(),
        kind=ShareKind.BRIEFED,
        alert=alert.id,
        person=by.id,
        way=ShareWay.BY_HAND,
        by=by.id,
        at=now,
    )
