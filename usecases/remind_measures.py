"""Remind of measures: one message to each person in a run, and each reason once (BER-34)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from domain.action_plans import ActionPlan
from domain.leadership import Roster
from domain.measure_reminders import Reminder, reminders
from domain.notices import Notice, NoticeKind, Tier
from domain.people import PersonId
from domain.plan_owners import party_leaders
from storage.database import Transaction
from usecases.make_action_plan import of_the_secretariat

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


async def remind_measures(
    tx: Transaction,
    plan: ActionPlan,
    roster: Roster,
    *,
    told_already: Collection[PersonId] = (),
    now: datetime,
) -> Collection[PersonId]:
    """Promise a message to everybody for whom something has become half-way, due or overdue.

    It says what waits when it is sent, of every plan. Run again, or by another replica, it
    reminds of nothing twice.

    :param told_already: whose message of this run says it.
    :returns: who is told.
    """
    sent = await tx.measure_reminders.of([plan])
    told = by_person([plan], roster, sent=sent, now=now)
    fresh = await tx.measure_reminders.note(
        sorted({each for of in told.values() for each in of}, key=_in_order), now=now
    )
    receivers = {
        person
        for person, of in told.items()
        if person not in told_already and not fresh.isdisjoint(of)
    }
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.MEASURES_DUE,
                about=plan.id,
                due_at=now,
                person=person,
                tier=Tier.URGENT,
                round=(now - _EPOCH) // timedelta(seconds=1),
            )
            for person in sorted(receivers)
        ]
    )
    return receivers


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
