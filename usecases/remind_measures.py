"""Remind of measures: one message to each person in a run, and each reason once (BER-34)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from domain.action_plans import ActionPlan
from domain.leadership import Roster
from domain.measure_reminders import Reminder, reminders
from domain.notices import Notice, NoticeKind, Tier
from domain.people import PersonId
from domain.plan_owners import party_leaders
from storage.database import Transaction
from usecases.make_action_plan import of_the_secretariat
from usecases.read_roster import read_roster

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


async def remind_measures(tx: Transaction, *, drill: bool, now: datetime) -> int:
    """Promise a message to everybody for whom something has become half-way, due or overdue.

    It says what waits when it is sent. Run again, or by another replica, it reminds of nothing
    twice.

    :returns: how many people are told.
    """
    plans = await tx.action_plans.running(drill=drill)
    if not plans:
        return 0
    sent = await tx.measure_reminders.of(plans)
    told = by_person(plans, await read_roster(tx), sent=sent, now=now)
    fresh = await tx.measure_reminders.note(
        sorted({each for of in told.values() for each in of}, key=_in_order), now=now
    )
    receivers = {
        person: next(each.plan for each in of if each in fresh)
        for person, of in told.items()
        if any(each in fresh for each in of)
    }
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.MEASURES_DUE,
                about=plan,
                due_at=now,
                person=person,
                tier=Tier.URGENT,
                round=(now - _EPOCH) // timedelta(seconds=1),
            )
            for person, plan in receivers.items()
        ]
    )
    return len(receivers)


def by_person(
    plans: Iterable[ActionPlan],
    roster: Roster,
    *,
    sent: frozenset[Reminder] = frozenset(),
    now: datetime,
) -> Mapping[PersonId, Sequence[Reminder]]:
    """Say who is reminded of what: each plan's overdue ones also go to who leads there."""
    office = of_the_secretariat(roster)
    told: dict[PersonId, list[Reminder]] = {}
    for plan in plans:
        leaders = party_leaders(roster, areas=plan.areas, secretariat=office)
        for person, of in reminders([plan], leaders=leaders, sent=sent, now=now).items():
            told.setdefault(person, []).extend(of)
    return told


def _in_order(reminder: Reminder) -> tuple[str, str]:
    """Let two replicas note them in the same order, so that neither waits for the other."""
    return str(reminder.measure), reminder.kind
