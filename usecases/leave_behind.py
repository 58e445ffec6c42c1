"""Pass on what somebody had who may have it no longer: they left, or lost a seat (ROLE-03).

A concern goes to the next in turn at once, and a task from a decision to who keeps the meeting.
A case without a lead, and an action whose owner is gone, wait for a facilitator, who is told;
`mine opgaver` says so for as long as it is so.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.cases import RUNNING, Case
from domain.concerns import Concern
from domain.decision_tasks import TaskState, reminders
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.people import PersonId
from domain.roles import Actor, Role, roles
from storage.database import Transaction
from usecases.agree_action import facilitators
from usecases.handle_concern import hand_over
from usecases.lead_case import take_lead_away
from usecases.permit import actor_of
from usecases.prepare_meeting import runners

log = logging.getLogger(__name__)


async def leave_behind(tx: Transaction, people: Iterable[PersonId], *, now: datetime) -> None:
    """Look what each of these had, and see that somebody else gets it.

    What they may still have stays with them; a grant ends with their place in the register.
    """
    for person in people:
        actor = await actor_of(tx, await tx.people.get(person))
        for concern in await tx.concerns.owned_by(person):
            await _pass_concern_on(tx, actor, concern, now=now)
        for case in await tx.cases.led_by(person):
            await _leave_case(tx, actor, case, now=now)
        for about in sorted({each.case for each in await tx.actions.open_of(person)}):
            await _tell_of_actions(tx, actor, about, now=now)
        for about in sorted({each.meeting for each in await tx.decision_tasks.running_of(person)}):
            await _pass_tasks_on(tx, actor, about, now=now)
        if not actor.person.active:
            for grant in await tx.grants.of_person(person, now=now):
                await tx.grants.end(grant.id, at=now)


async def _pass_concern_on(
    tx: Transaction, actor: Actor, concern: Concern, *, now: datetime
) -> None:
    matter = await tx.matters.of_concern(concern, now=now)
    if can(actor, Action.OPEN, matter):
        return
    try:
        await hand_over(tx, concern, now=now)
    except RuleBroken as problem:
        if problem.code != "concern.no_receiver":
            raise
        log.exception("concern %s: nobody is left who could have it", concern.id)


async def _leave_case(tx: Transaction, actor: Actor, case: Case, *, now: datetime) -> None:
    matter = await tx.matters.of_case(case, now=now)
    if case.state not in RUNNING or Role.LEAD in roles(actor, matter):
        return
    await take_lead_away(tx, case, by=None, now=now)


async def _tell_of_actions(tx: Transaction, actor: Actor, id: UUID, *, now: datetime) -> None:
    """Tell the facilitators that an action has lost its owner."""
    case = await tx.cases.find(id)
    if case is None or case.state not in RUNNING:
        return
    matter = await tx.matters.of_case(case, now=now)
    if Role.OWNER in roles(actor, matter):
        return
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.LEFT_BEHIND,
                about=id,
                due_at=now,
                person=each.person.id,
                round=case.version,
            )
            for each in await facilitators(tx, matter)
        ]
    )


async def _pass_tasks_on(tx: Transaction, actor: Actor, id: UUID, *, now: datetime) -> None:
    """Give what a meeting gave them to who wrote it down, or to another who keeps the meeting."""
    meeting = await tx.committee_meetings.hold(id)
    if meeting is None or can(actor, Action.DO_TASK, await tx.matters.of_meeting(meeting)):
        return
    keepers = await runners(tx, meeting)
    for task in await tx.decision_tasks.running_of(actor.person.id):
        if task.meeting != id:
            continue
        if not keepers:
            log.error("decision task %s: nobody is left who could have it", task.id)
            continue
        to = task.given_by if task.given_by in keepers else keepers[0]
        passed = await tx.decision_tasks.save(task.passed_on(to))
        if passed.state is TaskState.OPEN:
            news = NoticeKind.TASK_PASSED_ON
            await tx.outbox.add(list(reminders(passed, news=news, now=now)))
