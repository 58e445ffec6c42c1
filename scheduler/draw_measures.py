"""What a notice about measures says at the hour it is sent: what waits then, and no more."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cards import measure_letters as cards
from cards.measures import Placed
from cards.shown import Shown
from cards.words import speak
from domain.action_plans import ActionPlan
from domain.delivery import Delivery
from domain.errors import RuleBroken
from domain.measure_notices import owned
from domain.measure_reminders import Reminder, ReminderKind
from domain.notices import NoticeKind
from domain.people import Person, PersonId
from domain.plan_measures import Measure
from scheduler.draw_delivery import receivers
from storage.database import Transaction
from usecases.read_action_plan import PlanSeen, number_of, see_measure, see_plan
from usecases.read_roster import read_roster
from usecases.remind_measures import by_person

KINDS = frozenset({NoticeKind.MEASURES_GIVEN, NoticeKind.MEASURES_DUE, NoticeKind.MEASURE_UNABLE})

log = logging.getLogger(__name__)

Due = Mapping[PersonId, Sequence[Reminder]]


async def draw_measures(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw each for who may still read the plan; None for what nobody waits for any more."""
    due = dict[bool, Due]()
    drawn: list[Shown | None] = []
    for delivery, reader in zip(deliveries, await receivers(tx, deliveries), strict=True):
        about = delivery.notice.about
        if reader is None:
            drawn.append(None)
        elif delivery.notice.kind is NoticeKind.MEASURE_UNABLE:
            drawn.append(await _unable(tx, about, reader, now=now))
        elif delivery.notice.kind is NoticeKind.MEASURES_GIVEN:
            drawn.append(await _given(tx, about, reader, now=now))
        else:
            drawn.append(await _due(tx, about, reader, due, now=now))
    return drawn


async def _given(tx: Transaction, plan: UUID, reader: Person, *, now: datetime) -> Shown | None:
    seen = await _seen(tx, plan, reader, now=now)
    waiting = [] if seen is None or not seen.plan.reminders else owned(seen.plan, reader.id)
    if seen is None or not waiting:
        return None
    return cards.given(
        [_placed(seen, each) for each in waiting], now=now, say=speak(reader.language)
    )


async def _due(
    tx: Transaction, about: UUID, reader: Person, due: dict[bool, Due], *, now: datetime
) -> Shown | None:
    """Tell all that has fallen due for somebody, also what they were told of before."""
    plan = await tx.action_plans.find(about)
    if plan is None:
        return None
    if plan.drill not in due:
        running = await _running(tx, drill=plan.drill)
        due[plan.drill] = by_person(running, await read_roster(tx), now=now)
    reminded: dict[ReminderKind, list[Placed]] = {}
    plans = dict[UUID, PlanSeen | None]()
    for each in due[plan.drill].get(reader.id, ()):
        if each.plan not in plans:
            plans[each.plan] = await _seen(tx, each.plan, reader, now=now)
        seen = plans[each.plan]
        if seen is not None:
            placed = _placed(seen, seen.plan.measure(each.measure))
            reminded.setdefault(each.kind, []).append(placed)
    if not reminded:
        return None
    say = speak(reader.language)
    return cards.due(reminded, reader=reader.id, drill=plan.drill, now=now, say=say)


async def _running(tx: Transaction, *, drill: bool) -> list[ActionPlan]:
    """Read them one by one: one that cannot be read keeps no other's reminder back."""
    running = list[ActionPlan]()
    for each in await tx.action_plans.to_remind(drill=drill):
        try:
            found = await tx.action_plans.find(each)
        except Exception:
            log.exception("plan %s was not read", each)
            continue
        if found is not None:
            running.append(found)
    return running


async def _unable(
    tx: Transaction, measure: UUID, reader: Person, *, now: datetime
) -> Shown | None:
    try:
        seen, found = await see_measure(tx, id=measure, by=reader, now=now)
    except RuleBroken:
        return None
    if not found.waits:
        return None
    return cards.unable(_placed(seen, found), now=now, say=speak(reader.language))


async def _seen(tx: Transaction, plan: UUID, reader: Person, *, now: datetime) -> PlanSeen | None:
    try:
        return await see_plan(tx, id=plan, by=reader, now=now)
    except RuleBroken:
        return None


def _placed(seen: PlanSeen, measure: Measure) -> Placed:
    return Placed(
        measure=measure,
        plan=seen.plan,
        number=number_of(seen.plan, measure.id),
        reference=seen.reference,
        names=seen.names,
    )
