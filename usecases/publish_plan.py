"""Approve a plan as it was shown, and make of the meetings what was approved and nothing else."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from domain.committee_meetings import CommitteeMeeting, MeetingState, Reply, meeting_id
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.notices import Notice, NoticeKind
from domain.people import CommitteeCode, Person, PersonId, Seat
from domain.plan_changes import Change, among, changes, mark, place_of
from domain.plan_runs import PlanKind, PlanRun, PlanState
from storage.database import Transaction
from usecases.agendas import leave_items
from usecases.ask_plan import read_plan
from usecases.prepare_meeting import prepare
from usecases.reply_to_meeting import tell_of

log = logging.getLogger(__name__)


async def changes_of(tx: Transaction, run: PlanRun, *, today: date) -> tuple[Change, ...]:
    """Compare a proposal with the meetings there are now; once approved it stays what it was."""
    if run.state is not PlanState.PROPOSED:
        return run.changes
    if run.plan is None or run.problem is None:
        return ()
    return changes(
        await tx.committee_meetings.of_year(run.year),
        run.plan.meetings,
        minutes={body.code: body.minutes for body in run.problem.bodies},
        today=today,
        anew=run.kind is PlanKind.PLAN,
    )


async def approve_plan(
    tx: Transaction, id: UUID, *, seen: int, shown: str, by: Person, now: datetime, today: date
) -> PlanRun:
    """Approve exactly the changes that were shown; they are published right after (MTG-10).

    :param shown: the mark of the changes that the person looked at.
    :raises RuleBroken: `year_plan.not_found`, `.not_proposed`, `.moved_on` when the plan or the
        meetings have changed since.
    """
    run = await read_plan(tx, id, by=by)
    if run.state is not PlanState.PROPOSED:
        raise RuleBroken("year_plan.not_proposed")
    found = await changes_of(tx, run, today=today)
    if run.version != seen or mark(found) != shown:
        raise RuleBroken("year_plan.moved_on")
    approved = await tx.year_plans.save(run.approved(found, by=by.id, at=now))
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="year.approve_plan",
        about=str(run.id),
        result=run.kind,
        purpose=ADMINISTRATION,
    )
    return approved


async def publish_committee(
    tx: Transaction, run: PlanRun, code: CommitteeCode, *, now: datetime
) -> None:
    """Make of one committee's meetings what was approved; done again it does nothing more.

    A meeting that somebody has changed meanwhile is left as they made it.
    """
    habits = await tx.year_calendar.habits_of(code)
    for change in among(run.changes, {code}):
        there = await tx.committee_meetings.hold(meeting_id(code, run.year, change.number))
        if there is None:
            await _add(tx, run, change, place=habits.place, now=now)
        elif (changed := _changed(there, change, run, now=now)) is not None:
            saved = await tx.committee_meetings.save(changed)
            if saved.state is MeetingState.CANCELLED:
                await leave_items(tx, saved, now=now)
            await _let_stand_ins_go(tx, saved, now=now)
            await prepare(tx, saved, moved=True, now=now)


async def finish_publishing(tx: Transaction, run: PlanRun, *, now: datetime) -> bool:
    """Put the plan in force, and tell everybody it changes something for, once.

    False when somebody else has taken it over.
    """
    if not await tx.year_plans.settle(run.published(at=now)):
        return False
    await tx.year_plans.replace_published(run.year, by=run.id)
    told = await concerned(tx, run)
    await tx.outbox.add(
        [
            Notice(kind=NoticeKind.YEAR_PLAN_PUBLISHED, about=run.id, due_at=now, person=person)
            for person in sorted(told)
        ]
    )
    await tx.audit.record(
        at=now,
        actor=run.decided_by or run.asked_by,
        action="year.publish_plan",
        about=str(run.id),
        result=run.kind,
        purpose=ADMINISTRATION,
    )
    return True


async def concerned(tx: Transaction, run: PlanRun) -> dict[PersonId, set[CommitteeCode]]:
    """Name who meets in a committee whose meetings change, with those, and nobody else."""
    codes = changed_committees(run)
    found: dict[PersonId, set[CommitteeCode]] = {}
    for each in await tx.organisation.all_memberships():
        if each.committee in codes and each.seat is not Seat.SUBSTITUTE:
            found.setdefault(each.person, set()).add(each.committee)
    for code, leader in _leaders(run):
        if code in codes:
            found.setdefault(leader, set()).add(code)
    return found


async def changes_for(tx: Transaction, run: PlanRun, person: Person) -> list[Change]:
    """List what a publication changes for one person."""
    return among(run.changes, (await concerned(tx, run)).get(person.id, set()))


def changed_committees(run: PlanRun) -> list[CommitteeCode]:
    return sorted({each.committee for each in run.changes})


def _leaders(run: PlanRun) -> Iterable[tuple[CommitteeCode, PersonId]]:
    for body in run.problem.bodies if run.problem else ():
        if body.leader is not None:
            yield body.code, body.leader


async def _add(
    tx: Transaction, run: PlanRun, change: Change, *, place: str, now: datetime
) -> None:
    if change.after is None:
        return
    leads = dict(_leaders(run))
    meeting = CommitteeMeeting(
        id=meeting_id(change.committee, run.year, change.number),
        reference=await tx.committee_meetings.next_reference(run.year),
        committee=change.committee,
        year=run.year,
        number=change.number,
        day=change.after.day,
        starts=change.after.starts,
        minutes=change.after.minutes,
        place=place,
        led_by=leads.get(change.committee),
        plan=run.id,
        called_by=run.decided_by,
        called_at=now,
    )
    await tx.committee_meetings.add([meeting])
    await prepare(tx, meeting, now=now)


async def _let_stand_ins_go(tx: Transaction, meeting: CommitteeMeeting, *, now: datetime) -> None:
    """Tell who stood in for somebody; the plan's own letter goes to members only."""
    off = meeting.state is MeetingState.CANCELLED
    kind = NoticeKind.MEET_CANCELLED if off else NoticeKind.MEET_NOT_NEEDED
    standing_in = [
        each.person
        for each in await tx.committee_meetings.invitations(meeting.id)
        if each.stands_for is not None and each.reply is not Reply.DECLINED
    ]
    await tell_of(tx, kind, meeting, standing_in, round=meeting.sequence + 1, now=now)


def _changed(
    there: CommitteeMeeting, change: Change, run: PlanRun, *, now: datetime
) -> CommitteeMeeting | None:
    """Give the meeting as it was approved to be; None where it is that, or is something else.

    One that has begun stays (MTG-10).
    """
    if change.before is None and there.state is MeetingState.CANCELLED:
        there = replace(there, state=MeetingState.PLANNED, ended_at=None)
    elif not there.is_ahead(now=now) or place_of(there) != change.before:
        if place_of(there) != change.after:
            log.warning("a meeting was changed meanwhile and is left as it is: %s", there.id)
        return None
    if change.after is None:
        return there.cancelled(at=now)
    moved = there.moved(day=change.after.day, starts=change.after.starts)
    return replace(moved, minutes=change.after.minutes, plan=run.id)
