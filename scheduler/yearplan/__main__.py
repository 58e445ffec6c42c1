"""The planner's process: a task as JSON comes in, phases and an answer go out, a line each."""

import os
import sys
from importlib import import_module
from types import ModuleType
from typing import cast

from domain.year_plan_json import as_json, of_json
from scheduler.yearplan.process import ANSWER, PHASE
from scheduler.yearplan.tasks import TASKS, Answer, PlanTask, ReplanTask, StaffTask, Task

NICER = 10  # than the bot, which answers people meanwhile


def tell(phase: str) -> None:
    sys.stdout.write(f"{PHASE}{phase}\n")
    sys.stdout.flush()


def part(name: str) -> ModuleType:
    """Load a part of the planner when it is asked: the solver is large, and may be missing."""
    return import_module(f"scheduler.yearplan.{name}")


def answer(task: Task) -> Answer:
    match task:
        case PlanTask():
            found = part("solve").solve(task.problem, seconds=task.seconds, tell=tell)
        case ReplanTask():
            tell("moves")
            found = part("replan").replan(
                problem=task.problem,
                plan=task.plan,
                before=task.before,
                frozen_until=task.frozen_until,
                held=task.held,
                today=task.today,
                seconds=task.seconds,
            )
        case StaffTask():
            tell("staff")
            found = part("staffing").facilitators_needed(
                problem=task.problem, pool=task.pool, seconds=task.seconds
            )
    return cast("Answer", found)


if __name__ == "__main__":
    os.nice(NICER)
    asked = cast("Task", of_json(sys.stdin.read(), *TASKS))
    tell("starting")
    sys.stdout.write(f"{ANSWER}{as_json(answer(asked))}\n")
