"""Eight things that happen in a year, and how few meetings move for each (MTG-10).

`moved` is the proven minimum, or the change is proven impossible; beside it stands how many would
move if the year were planned from scratch. With `--quick` three changes of one city.
"""

import argparse
import asyncio
import sys
import time
from dataclasses import dataclass

from bench.support.figures import end, note, tell
from bench.support.organisation_kinds import KINDS, Kind
from bench.support.organisations import organisation
from bench.support.plan_changes import CHANGES, Change, moved
from bench.support.plan_checker import Checker, Violation
from domain.year_plan import NoPlan, Problem, Replanned, YearPlan
from scheduler.yearplan.process import in_a_process, plan_in_a_process
from scheduler.yearplan.tasks import ReplanTask

CITIES = ((KINDS[0], 1), (KINDS[1], 2), (KINDS[3], 3))
QUICK = ("leader-of-3-away", "two-days-closed", "local-loses-weekday")
SECONDS = 30
FROM_SCRATCH_SECONDS = 5  # of search: how few move is not what it looks for


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one change."""

    seconds: float
    answer: Replanned | NoPlan
    violations: int
    hit: int
    from_scratch: int | None

    @property
    def moved(self) -> int | None:
        return len(self.answer.moved) if isinstance(self.answer, Replanned) else None


async def main(*, quick: bool) -> int:
    seconds = 1 if quick else SECONDS
    outcomes = [
        (change, await _outcome(change, problem, plan, quick=quick))
        for kind, seed in (CITIES[:1] if quick else CITIES)
        for problem, plan in [await _published(kind, seed, seconds)]
        for change in CHANGES
        if not quick or change.name in QUICK
    ]
    for name in dict.fromkeys(change.name for change, _ in outcomes):
        _tell(name, [outcome for change, outcome in outcomes if change.name == name])
    answers = [(change, outcome.answer) for change, outcome in outcomes]
    unproven = sum(isinstance(each, Replanned) and not each.proven for _, each in answers)
    tell("replan.unproven", unproven, "changes", at_most=0, beside={"of": len(answers)})
    refused = sum(
        isinstance(each, NoPlan) and not change.may_be_impossible for change, each in answers
    )
    tell("replan.not-planned", refused, "changes", at_most=0)
    broken = sum(outcome.violations for _, outcome in outcomes)
    tell("replan.violations", broken, "found", at_most=0)
    took = max(outcome.seconds for _, outcome in outcomes)
    tell("replan.seconds.worst", took, "s", at_most=SECONDS)
    return end()


async def _published(kind: Kind, seed: int, seconds: float) -> tuple[Problem, YearPlan]:
    problem = organisation(kind, seed=seed)
    plan = await plan_in_a_process(problem, seconds=seconds)
    if isinstance(plan, NoPlan):
        raise TypeError(f"{kind.name} {seed} cannot be planned: {plan.causes}")
    return problem, plan


async def _outcome(change: Change, before: Problem, plan: YearPlan, *, quick: bool) -> Outcome:
    problem = change.happens(before, plan)
    held = frozenset(
        (each.committee, each.number) for each in plan.meetings if each.day < change.today
    )
    began = time.perf_counter()
    answer = await in_a_process(
        ReplanTask(
            problem=problem,
            plan=plan,
            before=before,
            frozen_until=change.frozen_until,
            held=held,
            today=change.today,
            seconds=SECONDS,
        )
    )
    if not isinstance(answer, Replanned | NoPlan):
        raise TypeError(f"no answer to {change.name}: {answer}")
    took = time.perf_counter() - began
    checker = Checker(problem)
    found: tuple[Violation, ...] = ()
    if isinstance(answer, Replanned):
        found = checker.replan_violations(
            plan.meetings,
            answer,
            frozen_until=change.frozen_until,
            held=held,
            today=change.today,
        )
    scratch = None if quick else await plan_in_a_process(problem, seconds=FROM_SCRATCH_SECONDS)
    outcome = Outcome(
        seconds=took,
        answer=answer,
        violations=len(found),
        hit=_hit(Checker(before), checker, plan, change),
        from_scratch=(
            moved(plan.meetings, scratch.meetings) if isinstance(scratch, YearPlan) else None
        ),
    )
    said = answer.causes if isinstance(answer, NoPlan) else f"proven {answer.proven}"
    note(
        f"{change.name}: {outcome.hit} hit, {outcome.moved} moved, {said}, {took:.1f} s, "
        f"from scratch {outcome.from_scratch}, {found[:3]}"
    )
    return outcome


def _hit(before: Checker, after: Checker, plan: YearPlan, change: Change) -> int:
    """Count what is wrong with the old plan now and was not: broken rules and empty seats."""
    broken = [
        each for each in after.violations(plan.meetings) if each.day > str(change.frozen_until)
    ]
    days = {(each.committee, each.number): each.day for each in plan.meetings}
    short = {
        (each.committee, each.number)
        for each in set(after.shortfalls(plan.meetings)) - set(before.shortfalls(plan.meetings))
        if days[each.committee, each.number] > change.frozen_until
    }
    return len(broken) + len(short)


def _tell(name: str, outcomes: list[Outcome]) -> None:
    """Say one kind of change over all cities; a change that cannot be is said so."""
    done = [each for each in outcomes if each.moved is not None]
    beside: dict[str, float] = {
        "hit": sum(each.hit for each in outcomes),
        "worst s": max(each.seconds for each in outcomes),
        "proven impossible": len(outcomes) - len(done),
    }
    if scratch := [each.from_scratch for each in outcomes if each.from_scratch is not None]:
        beside["from scratch"] = sum(scratch)
    tell(f"replan.{name}.moved", sum(each.moved or 0 for each in done), "meetings", beside=beside)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three changes of one city")
    sys.exit(asyncio.run(main(quick=parser.parse_args().quick)))
