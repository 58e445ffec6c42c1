"""What the law asks of somebody now: tell a family, file what happened, decide on a recusal."""

from collections.abc import Iterable
from datetime import datetime

from domain import informings
from domain.access import Action
from domain.dates import local_date
from domain.duties import Duty, DutyKind
from domain.journal import TaskState
from domain.matters import MatterKind
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.decide_recusal import recusals_to_decide
from usecases.file_notes import filings_of
from usecases.inform_family import is_adult

_WORK = {Role.FAC, Role.PFAC, Role.KGM, Role.PKM}
_FILE = {Role.FAC, Role.PFAC, Role.SEK}


async def families_to_tell(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List the cases whose family is to be told: for a facilitator, and who has the task."""
    if not standing(actor) & _WORK:
        return []
    today = local_date(now)
    waiting = await tx.informings.running()
    cases = await tx.cases.of_ids({each.case for each in waiting})
    facilitated = actor.seats(Role.FAC) | actor.seats(Role.PFAC)
    duties: dict[str, Duty] = {}
    for each in waiting:
        case = cases[each.case]
        theirs = case.group in facilitated or each.authority is actor.person.authority
        due = informings.reminded_on(each, today=today)
        if not theirs or due is None:
            continue
        if each.addressee not in informings.owed_to(adult=await is_adult(tx, case, today=today)):
            continue
        day = each.review_on or each.due_on
        known = duties.get(case.reference)
        if known is None or known.due is None or day < known.due:
            duties[case.reference] = Duty(
                kind=DutyKind.FAMILY_TO_TELL,
                id=case.id,
                due=day,
                matter=MatterKind.CASE,
                action=Action.INFORM,
                reference=case.reference,
                version=case.version,
            )
    return duties.values()


async def notes_to_file(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List what waits to be filed by whoever files it."""
    if not standing(actor) & _FILE:
        return []
    return [
        Duty(
            kind=DutyKind.NOTES_TO_FILE,
            id=filing.matter.id,
            due=filing.task.due_on,
            matter=filing.matter.kind,
            action=Action.FILE_JOURNAL,
            reference=filing.matter.reference,
        )
        for filing in await filings_of(tx, by=actor.person, now=now)
        if filing.task.state is TaskState.OPEN
    ]


async def recusals_waiting(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List what the Secretariat has to decide (INH-2)."""
    if Role.SEK not in standing(actor):
        return []
    return [
        Duty(
            kind=DutyKind.RECUSAL_TO_DECIDE,
            id=waits.matter.id,
            matter=waits.matter.kind,
            action=Action.DECIDE_RECUSAL,
            reference=waits.matter.reference,
        )
        for waits in await recusals_to_decide(tx, by=actor.person, now=now)
    ]
