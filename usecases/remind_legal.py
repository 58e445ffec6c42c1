"""Each morning, remind of who is to be told and of what is to be filed (INF-5, NOT-5)."""

from datetime import date, datetime, timedelta

from domain import informings
from domain.access import Action, can
from domain.dates import local_date
from domain.matters import Matter
from domain.notices import Notice, NoticeKind
from domain.people import Authority, Office, Person
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import facilitators
from usecases.any_matter import any_matter
from usecases.inform_family import is_adult

AGAIN_EVERY = 7  # days, of what is late


async def remind_of_informing(tx: Transaction, *, now: datetime) -> None:
    """Remind the facilitators, and whom the task was given to, once for each day it falls due.

    Who has turned eighteen is told alone: nobody is reminded of their parents (INF-4).
    """
    today = local_date(now)
    waiting = await tx.informings.running()
    cases = await tx.cases.of_ids({each.case for each in waiting})
    matters = await tx.matters.of_cases(list(cases.values()), now=now)
    for each in waiting:
        day = informings.reminded_on(each, today=today)
        case = cases[each.case]
        owed = informings.owed_to(adult=await is_adult(tx, case, today=today))
        if day is None or each.addressee not in owed:
            continue
        told = await _who_informs(tx, matters[case.id], each.authority)
        await tx.outbox.add(
            [
                Notice(
                    kind=NoticeKind.INFORMING_DUE,
                    about=each.id,
                    due_at=now,
                    person=person.id,
                    round=day.toordinal(),
                )
                for person in told
            ]
        )


async def remind_of_filing(tx: Transaction, *, now: datetime) -> None:
    """Remind whoever files a matter on the day it is due, the day after, and each week then.

    A night that was missed is made up for on the next, and none is reminded of twice.
    """
    for task in await tx.journal.due(by=local_date(now)):
        found = await any_matter(tx, task.matter, now=now)
        if found is None:
            continue
        told = await _who_files(tx, found.matter)
        await tx.outbox.add(
            [
                Notice(
                    kind=NoticeKind.FILING_DUE,
                    about=task.id,
                    due_at=now,
                    person=person.id,
                    round=_filing_reminded_on(task.due_on, today=local_date(now)).toordinal(),
                )
                for person in told
            ]
        )


def _filing_reminded_on(due_on: date, *, today: date) -> date:
    """Give the last day up to now on which somebody is reminded of what is due or late."""
    late = (today - due_on).days
    return due_on if late < 1 else today - timedelta(days=(late - 1) % AGAIN_EVERY)


async def _who_informs(tx: Transaction, matter: Matter, authority: Authority) -> list[Person]:
    seated = [
        person
        for group in sorted(matter.groups)
        for _, person in await tx.organisation.members(group)
        if person.authority is authority
    ]
    actors = [await permit.actor_of(tx, each) for each in seated]
    able = [each.person for each in actors if can(each, Action.INFORM, matter)]
    facilitating = [each.person for each in await facilitators(tx, matter)]
    return list({each.id: each for each in (*facilitating, *able)}.values())


async def _who_files(tx: Transaction, matter: Matter) -> list[Person]:
    """Name the facilitators; where a matter has none who may, the Secretariat's officers."""
    able = [
        each.person
        for each in await facilitators(tx, matter)
        if can(each, Action.FILE_JOURNAL, matter)
    ]
    if able:
        return able
    officers = [await permit.actor_of(tx, each) for each in await tx.people.of_office(Office.SEK)]
    return [each.person for each in officers if can(each, Action.FILE_JOURNAL, matter)]
