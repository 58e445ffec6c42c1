"""Ask the planner in a process of its own: the bot answers meanwhile, and nothing hangs it."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import cast

from domain.year_plan import NoPlan, Problem, YearPlan
from domain.year_plan_json import as_json, of_json
from scheduler.yearplan.tasks import ANSWERS, Answer, PlanTask, Task

LIMIT = timedelta(minutes=5)  # for everything; then it hangs, and is killed
PHASE, ANSWER = "phase ", "answer "
LONGEST_LINE = 64 * 1024 * 1024  # bytes

Progress = Callable[[str], Awaitable[None]]


class PlannerFailed(Exception):
    """The planner's process died, hung, or said something that is no answer."""


async def says_nothing(_: str) -> None:
    """Hear how far it has come, and tell nobody."""


async def in_a_process(
    task: Task, *, limit: timedelta = LIMIT, progress: Progress = says_nothing
) -> Answer:
    """Give the planner's answer; cancelled, its process is killed.

    It has none of our environment, and so none of our secrets.

    :param progress: hears a code for each part of the work as it begins.
    :raises PlannerFailed: when there is none.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scheduler.yearplan"),
        stdin=PIPE,
        stdout=PIPE,
        limit=LONGEST_LINE,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    try:
        async with asyncio.timeout(limit.total_seconds()):
            return await _heard(process, task, progress)
    except TimeoutError as why:
        raise PlannerFailed("it took too long") from why
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def plan_in_a_process(
    problem: Problem,
    *,
    seconds: float,
    limit: timedelta = LIMIT,
    progress: Progress = says_nothing,
) -> YearPlan | NoPlan:
    """Plan a year.

    :raises PlannerFailed: as `in_a_process` does.
    """
    task = PlanTask(problem=problem, seconds=seconds)
    answer = await in_a_process(task, limit=limit, progress=progress)
    if not isinstance(answer, YearPlan | NoPlan):
        raise PlannerFailed("it answered another question")
    return answer


async def _heard(process: Process, task: Task, progress: Progress) -> Answer:
    if process.stdin is None or process.stdout is None:
        raise PlannerFailed("it cannot be spoken to")
    try:
        process.stdin.write(as_json(task).encode())
        await process.stdin.drain()
    except ConnectionError as why:
        raise PlannerFailed("it died before it had heard the question") from why
    process.stdin.close()
    while line := (await process.stdout.readline()).decode():
        if line.startswith(PHASE):
            await progress(line.removeprefix(PHASE).strip())
        elif line.startswith(ANSWER):
            return cast("Answer", of_json(line.removeprefix(ANSWER), *ANSWERS))
    raise PlannerFailed(f"it ended without an answer: {await process.wait()}")
