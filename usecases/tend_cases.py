"""See to it that no case is forgotten: without a lead, or with nothing done (CASE-6, CASE-11)."""

from datetime import datetime

from domain.cases import Case
from domain.notices import Notice, NoticeKind
from domain.people import PersonId
from storage.database import Transaction
from usecases.agree_action import facilitators
from usecases.lead_case import tell_of_no_lead
from usecases.read_agenda import IDLE_AFTER


async def remind_of_no_lead(tx: Transaction, *, now: datetime) -> None:
    """Tell the facilitators of each case that nobody leads, once for each version of it."""
    without = [case for case in await tx.cases.running() if case.lead is None]
    matters = await tx.matters.of_cases(without, now=now)
    for case in without:
        await tell_of_no_lead(tx, case, matters[case.id], now=now)


async def warn_of_quiet(tx: Transaction, *, now: datetime) -> None:
    """Warn of cases in which nothing has been noted for long, once for each quiet time."""
    since = now - IDLE_AFTER
    quiet = [case for case in await tx.cases.running() if case.last_event_at <= since]
    noted = await tx.journal.notes(matters=[case.id for case in quiet]) if quiet else []
    lately = {each.matter for each in noted if each.at > since}
    matters = await tx.matters.of_cases(quiet, now=now)
    for case in quiet:
        if case.id in lately:
            continue
        told = await facilitators(tx, matters[case.id])
        await tx.outbox.add([_quiet(case, each.person.id, now=now) for each in told])


def _quiet(case: Case, person: PersonId, *, now: datetime) -> Notice:
    return Notice(
        kind=NoticeKind.CASE_IDLE,
        about=case.id,
        due_at=now,
        person=person,
        round=case.last_event_at.toordinal(),  # the day it went quiet
    )
