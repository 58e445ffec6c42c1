"""What notices about the end of a plan of the calendar say at the hour they are sent (BER-56)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import plan_ends as cards
from cards.shown import Shown
from cards.words import speak
from domain.action_plans import ActionPlan
from domain.alert_log import DecisionKind, Resolution
from domain.alert_periods import asked_for
from domain.delivery import Delivery
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.office_actions import OfficeAction, may
from domain.people import Person
from domain.plan_periods import due_reminder, has_own_period, latest
from scheduler.draw_delivery import receivers
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_action_plan import find_plan

DECIDE = ["planend.extend", "planend.close", "actionplan.open"]
ANSWER = ["planend.agree", "planend.refuse"]
OPEN = ["actionplan.open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """What is looked up for one notice."""

    kind: NoticeKind
    plan: ActionPlan
    reader: Person
    now: datetime

    def told(
        self, decision: Resolution | None = None, *, by: str = "", ways: Sequence[str]
    ) -> Shown:
        say = speak(self.reader.language)
        return cards.told(self.plan, self.kind, decision=decision, by=by, ways=ways, say=say)


async def draw_plan_ends(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw each as things stand; None for what is decided by now, or not theirs to see."""
    return [
        None if reader is None else await _draw(tx, each.notice, reader, now=now)
        for each, reader in zip(deliveries, await receivers(tx, deliveries), strict=True)
    ]


async def _draw(tx: Transaction, notice: Notice, reader: Person, *, now: datetime) -> Shown | None:
    plan = await tx.action_plans.find(notice.about)
    if plan is None or not has_own_period(plan):
        return None
    drawing = _Drawing(kind=notice.kind, plan=plan, reader=reader, now=now)
    try:
        return await _DRAWERS[notice.kind](tx, drawing)
    except RuleBroken:
        return None


async def _period(tx: Transaction, drawing: _Drawing) -> Shown | None:
    """Remind only while it ends then and nobody has decided."""
    access = await find_plan(tx, drawing.reader, drawing.plan.id)
    due = due_reminder(drawing.plan, now=drawing.now)
    if due is None or due.kind is not drawing.kind or not access.leads:
        return None
    return drawing.told(ways=DECIDE)


async def _asked(tx: Transaction, drawing: _Drawing) -> Shown | None:
    asked = asked_for(drawing.plan.decisions)
    steers = may(await actor_of(tx, drawing.reader), OfficeAction.DECIDE_EXTENSION)
    if asked is None or not steers:
        return None
    return drawing.told(asked, by=(await tx.people.get(asked.by)).name, ways=ANSWER)


async def _answered(tx: Transaction, drawing: _Drawing) -> Shown | None:
    await find_plan(tx, drawing.reader, drawing.plan.id)
    answer = latest(drawing.plan, DecisionKind.EXTENDED, DecisionKind.EXTENSION_REFUSED)
    if answer is None:
        return None
    return drawing.told(answer, by=(await tx.people.get(answer.by)).name, ways=OPEN)


_DRAWERS: Mapping[NoticeKind, Callable[[Transaction, _Drawing], Awaitable[Shown | None]]] = {
    NoticeKind.PLAN_PERIOD_ENDS: _period,
    NoticeKind.PLAN_EXPIRED: _period,
    NoticeKind.PLAN_EXTENSION_ASKED: _asked,
    NoticeKind.PLAN_EXTENSION_ANSWERED: _answered,
}
KINDS = frozenset(_DRAWERS)
