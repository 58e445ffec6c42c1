"""What the Secretariat is told of what lies ahead: drafts that have grown, drills to hold."""

from collections.abc import Sequence
from datetime import datetime

from cards import drills
from cards.plan_calendar import grown
from cards.shown import Shown
from cards.words import speak
from domain.dates import local_date
from domain.delivery import Delivery
from domain.drills import Exercise
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from scheduler.draw_delivery import receivers
from storage.database import Transaction
from usecases.grow_plans import grown_on
from usecases.hold_drills import due_drills, reminder, see_drills

KINDS = frozenset({NoticeKind.PLANS_GROWN, NoticeKind.DRILL_DUE})


async def draw_ahead(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw each for the one person it is for; what is not needed any more is not sent."""
    people = await receivers(tx, deliveries)
    draw = {NoticeKind.PLANS_GROWN: _grown, NoticeKind.DRILL_DUE: _due}
    return [
        None if person is None else await draw[each.notice.kind](tx, each, person, now)
        for each, person in zip(deliveries, people, strict=True)
    ]


async def _grown(
    tx: Transaction, delivery: Delivery, person: Person, now: datetime
) -> Shown | None:
    plans = await grown_on(tx, local_date(delivery.notice.due_at), now=now)
    return grown(plans, say=speak(person.language)) if plans else None


async def _due(tx: Transaction, delivery: Delivery, person: Person, now: datetime) -> Shown | None:
    """Draw it while it is still to be held, to who still keeps readiness."""
    notice = delivery.notice
    month = f"{local_date(notice.due_at):%Y-%m}"
    meant = [each for each in Exercise if reminder(each, month) == notice.about]
    still = [each for each in await due_drills(tx, now=now) if each in meant]
    try:
        seen = await see_drills(tx, by=person, now=now)
    except RuleBroken:
        return None
    if not still:
        return None
    return drills.due(
        still[0],
        seen.templates,
        latest=seen.latest.get(still[0]),
        today=seen.today,
        say=speak(person.language),
    )
