"""Compute the year plans that were asked for, and publish those that were approved."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.dates import local_date
from domain.notices import Notice, NoticeKind
from domain.plan_runs import (
    MOST_CLAIMS,
    ManagersOff,
    PlanKind,
    PlanRun,
    PlanState,
    Proposed,
    Result,
    ShortSeat,
    Staff,
)
from domain.year_plan import NoPlan, Problem, Replanned, Staffing, YearPlan
from scheduler.yearplan.cost import managers_off, shortfalls
from scheduler.yearplan.days import closed_days
from scheduler.yearplan.process import PlannerFailed, in_a_process
from scheduler.yearplan.tasks import Answer, PlanTask, ReplanTask, StaffTask, Task
from storage.database import Database, Transaction
from usecases.ask_plan import FROZEN
from usecases.make_problem import make_problem
from usecases.publish_plan import changed_committees, finish_publishing, publish_committee
from usecases.read_year import plan_as_it_is

LOOK_EVERY: Final = timedelta(seconds=5)
LEASE: Final = timedelta(minutes=10)  # longer than a planner may take, so that one computes once

log = logging.getLogger(__name__)

Redraw = Callable[[UUID], Awaitable[None]]


class YearPlanning:
    """Takes on one plan at a time, whatever the number of replicas; who dies is taken over.

    :param redraw: shows a plan as it stands now on the cards that show it already.
    :param seconds: how long a planner looks for something better.
    """

    def __init__(
        self,
        *,
        database: Database,
        redraw: Redraw,
        wake: Callable[[], None],
        now: Callable[[], datetime],
        seconds: float,
    ) -> None:
        self._database = database
        self._redraw = redraw
        self._wake = wake
        self._now = now
        self._seconds = seconds
        self._computing: asyncio.Task[Answer] | None = None
        self._closing = asyncio.Event()

    async def run(self) -> None:
        """Take on what waits, one after the other."""
        while not self._closing.is_set():
            async with self._database.transaction() as tx:
                claimed = await tx.year_plans.claim(now=self._now(), lease=LEASE)
            if claimed is None:
                return
            if claimed.state is PlanState.APPROVED:
                await self._publish(claimed)
            elif claimed.claims > MOST_CLAIMS:
                await self._settle(claimed.failed(at=self._now()))
            else:
                await self._compute(claimed)

    async def close(self) -> None:
        """Stop what is being computed or published; somebody else takes it on at once."""
        self._closing.set()
        if self._computing is not None:
            self._computing.cancel()

    async def _publish(self, run: PlanRun) -> None:
        """Publish committee by committee, so that nobody waits for long for the database.

        It is never given up, for half a plan would be in force and no plan: what breaks it is
        tried again when the lease is over, and is a trouble meanwhile.
        """
        for code in changed_committees(run):
            if self._closing.is_set():
                await self._give_back(run)
                return
            async with self._database.transaction() as tx:
                await publish_committee(tx, run, code, now=self._now())
        async with self._database.transaction() as tx:
            done = await finish_publishing(tx, run, now=self._now())
        if done:
            self._wake()
            await self._show(run)

    async def _compute(self, run: PlanRun) -> None:
        try:
            async with self._database.transaction() as tx:
                problem, task = await self._task(tx, run)
            self._computing = asyncio.create_task(
                in_a_process(task, progress=lambda phase: self._tell(run, phase))
            )
            answer = await self._computing
        except asyncio.CancelledError:
            if not self._closing.is_set():
                return  # it was put away meanwhile
            await self._give_back(run)
        except PlannerFailed:
            log.exception("year plan %s could not be computed", run.id)
            await self._settle(run.failed(at=self._now()))
        else:
            result = result_of(answer, problem, task)
            stored = replace(problem, closed=problem.closed - closed_days(run.year))
            await self._settle(run.computed(result, problem=stored, at=self._now()))
        finally:
            self._computing = None

    async def _give_back(self, run: PlanRun) -> None:
        async with self._database.transaction() as tx:
            await tx.year_plans.release(run)

    async def _task(self, tx: Transaction, run: PlanRun) -> tuple[Problem, Task]:
        """Read what there is to compute, as the house is now."""
        made = run.problem or await make_problem(tx, year=run.year, terms=run.terms)
        public = closed_days(run.year)
        problem = replace(made, closed=made.closed | public)
        match run.kind:
            case PlanKind.PLAN:
                return problem, PlanTask(problem=problem, seconds=self._seconds)
            case PlanKind.STAFF:
                pool = tuple(dict.fromkeys(each.leader for each in problem.bodies if each.leader))
                return problem, StaffTask(problem=problem, pool=pool, seconds=self._seconds)
            case PlanKind.REPLAN:
                base = await tx.year_plans.find(run.base) if run.base else None
                if base is None or base.plan is None or base.problem is None:
                    raise PlannerFailed("the plan to change is gone")
                now_there = await plan_as_it_is(tx, base)
                today = local_date(self._now())
                return problem, ReplanTask(
                    problem=problem,
                    plan=replace(base.plan, meetings=now_there.meetings),
                    before=replace(base.problem, closed=base.problem.closed | public),
                    frozen_until=today + FROZEN,
                    held=now_there.held,
                    today=today,
                    seconds=self._seconds,
                )

    async def _tell(self, run: PlanRun, phase: str) -> None:
        """Show how far it has come; stop where it has been put away or taken over."""
        async with self._database.transaction() as tx:
            ours = await tx.year_plans.tell(run, phase=phase, until=self._now() + LEASE)
        if ours:
            await self._show(run)
        elif self._computing is not None:
            self._computing.cancel()

    async def _show(self, run: PlanRun) -> None:
        """Show it as it stands on the cards there are; no plan is lost for a card's trouble."""
        try:
            await self._redraw(run.id)
        except Exception:
            log.exception("the cards of year plan %s were not updated", run.id)

    async def _settle(self, run: PlanRun) -> None:
        """Store what came of it, and tell who asked."""
        async with self._database.transaction() as tx:
            if not await tx.year_plans.settle(run):
                return
            ready = Notice(
                kind=NoticeKind.YEAR_PLAN_READY,
                about=run.id,
                due_at=self._now(),
                person=run.asked_by,
            )
            await tx.outbox.add([ready])
        self._wake()
        await self._show(run)


def result_of(answer: Answer, problem: Problem, task: Task) -> Result:
    """Make of the planner's answer what is shown, with all there is to say about it."""
    match answer:
        case NoPlan():
            return answer
        case Staffing():
            pool = task.pool if isinstance(task, StaffTask) else ()
            return Staff(
                needed=answer.needed, have=len(pool), led_by=answer.led_by, proven=answer.proven
            )
        case Replanned():
            found = _proposed(answer.plan, problem)
            return replace(found, moved=len(answer.moved), proven=answer.proven)
        case YearPlan():
            return _proposed(answer, problem)


def _proposed(plan: YearPlan, problem: Problem) -> Proposed:
    off = managers_off(problem, plan.meetings)
    return Proposed(
        plan=plan,
        shortfalls=tuple(
            ShortSeat(
                committee=each.meeting.committee,
                number=each.meeting.number,
                slot=each.slot,
                short=each.short,
            )
            for each in shortfalls(problem, plan.meetings)
        ),
        managers_off=tuple(
            ManagersOff(meeting=meeting, days=days)
            for meeting, days in sorted(off.items())
            if days > problem.rules.managers_off
        ),
    )
