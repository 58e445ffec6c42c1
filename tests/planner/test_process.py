"""The planner's process: it answers, is killed when it hangs, and knows none of our secrets."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import psutil
import pytest

from domain.cadences import CADENCES
from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.year_plan import (
    Body,
    CauseKind,
    NoPlan,
    Policy,
    Problem,
    SeatNeed,
    Staffing,
    YearPlan,
)
from scheduler.yearplan.days import closed_days
from scheduler.yearplan.process import PlannerFailed, in_a_process, plan_in_a_process
from scheduler.yearplan.tasks import PlanTask, StaffTask

BO = PersonId("bo")
LOCAL = Body(
    code=CommitteeCode("LU-VAL"),
    type=CommitteeType.LOCAL,
    cadence=CADENCES[CommitteeType.LOCAL],
    policy=Policy.HOLD,
    minutes=90,
    seats=(SeatNeed(slot="LU.1", least=1, members=(PersonId("line"),)),),
    facilitators=(BO,),
)
PROBLEM = Problem(
    year=2027,
    bodies=(LOCAL,),
    attendees=(),
    closed=closed_days(2027),
    school_holidays=(),
)


async def test_says_how_far_it_has_come_and_then_its_answer() -> None:
    phases: list[str] = []

    async def hears(phase: str) -> None:
        phases.append(phase)

    answer = await plan_in_a_process(PROBLEM, seconds=1, progress=hears)

    assert isinstance(answer, YearPlan)
    assert len(answer.meetings) == 12
    assert phases[:2] == ["starting", "greedy"]


async def test_says_why_there_is_no_plan() -> None:
    """MTG-9."""
    shut = replace(PROBLEM, rules=replace(PROBLEM.rules, starts=()))

    answer = await plan_in_a_process(shut, seconds=1)

    assert isinstance(answer, NoPlan)
    assert CauseKind.NO_DAY in {each.kind for each in answer.causes}


async def test_answers_how_many_facilitators_are_needed() -> None:
    answer = await in_a_process(StaffTask(problem=PROBLEM, pool=(BO,), seconds=1))

    assert isinstance(answer, Staffing)
    assert answer.needed == 1


async def test_that_hangs_is_killed() -> None:
    task = PlanTask(problem=PROBLEM, seconds=1)

    with pytest.raises(PlannerFailed, match="too long"):
        await in_a_process(task, limit=timedelta(0))


async def test_that_dies_is_no_answer() -> None:
    broken = replace(PROBLEM, bodies=(LOCAL, LOCAL), year=0)

    with pytest.raises(PlannerFailed, match="without an answer"):
        await plan_in_a_process(broken, seconds=1)


def planners() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [each for each in children if "scheduler.yearplan" in each.cmdline()]


async def test_is_gone_when_nobody_waits_for_it_any_more_and_had_none_of_our_secrets() -> None:
    begun = asyncio.Event()

    async def hears(_: str) -> None:
        begun.set()

    task = PlanTask(problem=PROBLEM, seconds=1)
    waiting = asyncio.create_task(in_a_process(task, progress=hears))
    await begun.wait()
    [planner] = planners()
    knows = planner.as_dict(["environ"])["environ"].keys()
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting

    assert knows == {"PYTHONPATH"}
    assert planners() == []
