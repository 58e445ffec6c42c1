"""Each night, drafts of the plans that the calendar grows, four weeks before (BER-40)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from domain.action_plans import ActionPlan, plan_from
from domain.dates import local_date
from domain.notices import Notice, NoticeKind
from domain.people import Office
from domain.plan_calendar import due_drafts
from storage.database import Transaction
from usecases.keep_plan_calendar import rows_of_holidays
from usecases.keep_templates import catalogue_now
from usecases.make_action_plan import owners_there
from usecases.read_roster import read_roster

NIGHTS = UUID("6a0f2c3e-5a39-5d11-9a53-0c1f4c6f0d52")


def of_night(day: date) -> UUID:
    """Name a night by an id, so that its drafts are told of once."""
    return uuid5(NIGHTS, day.isoformat())


async def grow_plans(tx: Transaction, *, now: datetime) -> Sequence[ActionPlan]:
    """Make the drafts that are due, and tell the Secretariat; nobody else hears of them.

    A draft has owners, and sends nothing before somebody lets it run. Done again, it makes and
    tells nothing twice. What follows a template out of use waits until it is in use.
    """
    today = local_date(now)
    rows = [*await tx.plan_calendar.rows(), *await rows_of_holidays(tx, today)]
    catalogue = await catalogue_now(tx)
    in_use = {each.code for each in catalogue.templates.values() if each.in_use}
    due = due_drafts(
        [each for each in rows if each.template in in_use],
        drawn=await tx.action_plans.drawn(),
        today=today,
    )
    if not due:
        return []
    roster = await read_roster(tx)
    made = []
    for row in due:
        plan = plan_from(
            catalogue.templates[row.template],
            id=uuid4(),
            title=row.titled,
            kinds=catalogue.measures,
            owners=owners_there(roster, areas=row.areas),
            areas=row.areas,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            row=row.id,
            drill=False,
            by=None,
            now=now,
            new_id=uuid4,
        )
        if await tx.action_plans.add(plan):
            made.append(plan)
    await _tell(tx, made, now=now)
    return made


async def _tell(tx: Transaction, made: Sequence[ActionPlan], *, now: datetime) -> None:
    if made:
        await tx.outbox.add(
            [
                Notice(
                    kind=NoticeKind.PLANS_GROWN,
                    about=of_night(local_date(now)),
                    due_at=now,
                    person=each.id,
                )
                for each in await tx.people.of_office(Office.SEK)
            ]
        )


async def grown_on(tx: Transaction, day: date, *, now: datetime) -> list[ActionPlan]:
    """List the drafts of a night that nobody has let run, and that are not over."""
    return [
        each
        for each in await tx.action_plans.ahead(since=now)
        if each.released_at is None and local_date(each.made_at) == day
    ]
