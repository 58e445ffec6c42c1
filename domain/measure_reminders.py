"""Reminders of measures: half-way, at the deadline and overdue; one message each (BER-34)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.parties import Party
from domain.people import PersonId
from domain.plan_measures import Measure

HALF = 0.5
OVERDUE_AFTER = timedelta(hours=1)


class ReminderKind(StrEnum):
    """Why somebody is reminded, in the order it happens."""

    HALFWAY = "halfway"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reason to remind of one measure; the same deadline gives each kind but once."""

    plan: UUID
    measure: UUID
    kind: ReminderKind
    due_at: datetime


def falls_due(measure: Measure, kind: ReminderKind) -> datetime:
    """Say when somebody is reminded, counted from when the measure got its deadline."""
    allowed = max(measure.due_at - measure.given_at, timedelta())
    return {
        ReminderKind.HALFWAY: measure.due_at - allowed * HALF,
        ReminderKind.DUE: measure.due_at,
        ReminderKind.OVERDUE: measure.due_at + OVERDUE_AFTER,
    }[kind]


def due_reminder(plan: ActionPlan, measure: Measure, *, now: datetime) -> Reminder | None:
    """Give the latest reminder that has fallen due: what came before it, it says as well."""
    if not (measure.waits and plan.reminders and plan.released_at is not None):
        return None
    passed = [kind for kind in ReminderKind if falls_due(measure, kind) <= now]
    if not passed:
        return None
    return Reminder(plan=plan.id, measure=measure.id, kind=passed[-1], due_at=measure.due_at)


def reminders(
    plans: Iterable[ActionPlan],
    *,
    leaders: Mapping[Party, Collection[PersonId]],
    sent: Collection[Reminder],
    now: datetime,
) -> dict[PersonId, tuple[Reminder, ...]]:
    """Say who is reminded of what now: one message to a person, whatever it is about.

    Owners hear of each kind. What is overdue, or has no owner, the party's leaders hear of too.

    :param plans: live ones, or drills: never both in one message (BER-62).
    :param leaders: the SSP leaders of each authority, and the Secretariat's own.
    :param sent: what was sent before.
    """
    told: dict[PersonId, list[Reminder]] = {}
    for plan in plans:
        for measure in plan.measures:
            reminder = due_reminder(plan, measure, now=now)
            if reminder is None or reminder in sent:
                continue
            for person in dict.fromkeys(_hears(measure, reminder, leaders)):
                told.setdefault(person, []).append(reminder)
    return {person: tuple(each) for person, each in told.items()}


def _hears(
    measure: Measure, reminder: Reminder, leaders: Mapping[Party, Collection[PersonId]]
) -> Iterator[PersonId]:
    if measure.owner is not None:
        yield measure.owner
    if measure.owner is None or reminder.kind is ReminderKind.OVERDUE:
        yield from leaders.get(measure.party, ())
