"""A year of 31 committees planned for made-up cities: rules kept, seconds, cost beside the greedy.

The checker shares no code with the planner. A gap is (cost - bound) / cost over the whole problem:
what is not proven is said. With `--quick` one city of each kind, one other year, and no nation.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

from bench.support.figures import end, note, tell
from bench.support.organisation_kinds import KINDS, Kind
from bench.support.organisations import national, organisation
from bench.support.planning import Planned, dearest_process_mb, planned, without_clock
from bench.support.talking import latency_while
from domain.people import PersonId
from domain.year_plan import CauseKind, NoPlan, Policy, Problem, Staffing
from scheduler.yearplan.process import in_a_process, plan_in_a_process
from scheduler.yearplan.tasks import StaffTask

SEEDS = 7  # of four kinds of city: 28, each planned both ways
WORST_SECONDS = 30
QUICK_SECONDS = 1  # of search: enough for the rules, not for the best plan
TRIALS_GAP = (20, 42)  # per cent: from, to
ON_RHYTHM = 94  # per cent
MEETINGS = {Policy.PAUSE: 418, Policy.HOLD: 462}
LEAST_IN_HOLIDAYS = {Policy.PAUSE: 0, Policy.HOLD: 44}
IMPOSSIBLE_IN = 10  # seconds
MEMORY_MB = 2_000
ANSWERS_MS = 300
NATION_SECONDS = 600


async def main(*, quick: bool) -> int:
    seconds = QUICK_SECONDS if quick else WORST_SECONDS
    cities = [
        await _planned(f"{kind.name} {seed}", organisation(kind, seed=seed), seconds)
        for kind in (KINDS if quick else _both_ways())
        for seed in range(1, (1 if quick else SEEDS) + 1)
    ]
    _tell_cities(cities)
    _tell_gaps(cities, goals=(None, None) if quick else TRIALS_GAP)
    await _tell_again(cities[: 1 if quick else len(cities) : SEEDS], seconds)
    await _tell_years((2032,) if quick else range(2026, 2041), KINDS[3:4] if quick else KINDS[::3])
    await _tell_impossible()
    await _tell_answers(seconds)
    tell("yearplan.memory", dearest_process_mb(), "MB", at_most=MEMORY_MB)
    if not quick:
        await _tell_staffing()
        await _tell_nation()
    return end()


def _both_ways() -> list[Kind]:
    """Name each kind of city once under each policy (MTG-1)."""
    alike = {(kind.again, kind.facilitators, kind.busy): kind for kind in KINDS}
    return [
        replace(kind, name=f"{policy} {kind.name.partition('-')[2]} {kind.busy}", policy=policy)
        for kind in alike.values()
        for policy in Policy
    ]


async def _planned(name: str, problem: Problem, seconds: float) -> Planned:
    made = await planned(name, problem, seconds=seconds)
    figures = made.plan.figures
    note(
        f"{name}: {made.seconds:.1f} s, {made.cpu_seconds:.1f} of cpu, cost {made.cost} "
        f"(greedy {made.greedy_cost} in {made.greedy_seconds:.1f} s), bound {figures.bound}, "
        f"gap {made.gap:.0%}, dates proven {figures.dates_proven}, "
        f"on rhythm {made.on_rhythm:.1%}, {made.in_school_holidays} in school holidays, "
        f"{len(made.violations)} violations"
    )
    for violation in made.violations[:5]:
        note(f"    {violation}")
    return made


def _tell_cities(cities: Sequence[Planned]) -> None:
    """Say what must hold for each city, and what each kind cost (MTG-1, MTG-4, MTG-5)."""
    broken = sum(len(each.violations) for each in cities)
    by_greedy = sum(each.greedy_violations > 0 for each in cities)
    tell("yearplan.cities", len(cities), "plans")
    tell("yearplan.violations", broken, "found", at_most=0, beside={"greedy plans": by_greedy})
    wrong = [each for each in cities if len(each.plan.meetings) != MEETINGS[_policy(each)]]
    tell("yearplan.wrong-count", len(wrong), "plans", at_most=0)
    took = [each.seconds for each in cities]
    tell("yearplan.seconds.median", statistics.median(took), "s")
    greedy_took = max(each.greedy_seconds for each in cities)
    tell(
        "yearplan.seconds.worst",
        max(took),
        "s",
        at_most=WORST_SECONDS,
        beside={"greedy": greedy_took, "worst cpu s": max(each.cpu_seconds for each in cities)},
    )
    dearer = [each for each in cities if each.cost > (each.greedy_cost or each.cost)]
    tell("yearplan.dearer-than-greedy", len(dearer), "plans", at_most=0)
    for name in dict.fromkeys(each.name.rpartition(" ")[0] for each in cities):
        _tell_kind(name.replace(" ", "-"), [each for each in cities if each.name.startswith(name)])
    steady = [100 * each.on_rhythm for each in cities]
    tell("yearplan.on-rhythm.least", min(steady), "%", at_least=ON_RHYTHM)
    tell("yearplan.on-rhythm.mean", statistics.fmean(steady), "%", at_least=ON_RHYTHM)
    for policy, least in LEAST_IN_HOLIDAYS.items():
        theirs = [each.in_school_holidays for each in cities if _policy(each) is policy]
        tell(
            f"yearplan.{policy}.in-school-holidays",
            max(theirs),
            "meetings",
            at_least=least,
            at_most=None if least else 0,
            beside={"least": min(theirs), "cannot be fewer": least},
        )


def _tell_gaps(cities: Sequence[Planned], *, goals: tuple[float | None, float | None]) -> None:
    """Say how much of the cost may be needless, as far as was proven (MTG-4)."""
    gaps = [100 * each.gap for each in cities]
    median, worst = goals
    tell("yearplan.gap.median", statistics.median(gaps), "%", at_most=median)
    tell("yearplan.gap.worst", max(gaps), "%", at_most=worst)
    proven = sum(each.plan.figures.dates_proven for each in cities)
    tell("yearplan.dates-proven", proven, "plans", beside={"of": len(cities)})


def _tell_kind(name: str, cities: Sequence[Planned]) -> None:
    tell(
        f"yearplan.{name}.cost",
        statistics.fmean(each.cost for each in cities),
        "on average",
        at_most=statistics.fmean(each.greedy_cost or each.cost for each in cities),
        beside={
            "greedy": statistics.fmean(each.greedy_cost or each.cost for each in cities),
            "bound": statistics.fmean(each.plan.figures.bound or 0 for each in cities),
            "worst gap %": max(100 * each.gap for each in cities),
            "worst s": max(each.seconds for each in cities),
        },
    )


def _policy(city: Planned) -> Policy:
    return city.problem.bodies[0].policy


async def _tell_again(cities: Sequence[Planned], seconds: float) -> None:
    """Plan the same once more, in another process with other hashes (MTG-8)."""
    unlike = 0
    for each in cities:
        again = await plan_in_a_process(each.problem, seconds=seconds)
        same = not isinstance(again, NoPlan) and without_clock(again) == without_clock(each.plan)
        unlike += not same
    tell("yearplan.unlike-the-first-time", unlike, "plans", at_most=0, beside={"of": len(cities)})


async def _tell_years(years: Sequence[int], kinds: Sequence[Kind]) -> None:
    """Plan other years, both ways, with school holidays worked out by rule (MTG-11)."""
    others = [
        await _planned(f"{year} {kind.name}", organisation(kind, seed=1, year=year), QUICK_SECONDS)
        for year in years
        for kind in kinds
    ]
    broken = sum(len(each.violations) for each in others)
    tell("yearplan.years.violations", broken, "found", at_most=0, beside={"plans": len(others)})
    over = sum(each.in_school_holidays - each.least_in_school_holidays for each in others)
    tell("yearplan.years.needless-in-school-holidays", over, "meetings")


def _led_by_three() -> Problem:
    return organisation(replace(KINDS[0], facilitators=3), seed=1)


async def _tell_impossible() -> None:
    """Let three officers lead everything, a third each: that cannot be, and is proven (MTG-9)."""
    began = time.perf_counter()
    answer = await plan_in_a_process(_led_by_three(), seconds=WORST_SECONDS)
    took = time.perf_counter() - began
    causes = answer.causes if isinstance(answer, NoPlan) else ()
    note(f"three facilitators: {[str(cause.kind) for cause in causes]}")
    load = [cause for cause in causes if cause.kind is CauseKind.LOAD]
    tell("yearplan.three-facilitators.named", len(load), "causes", at_least=1)
    tell("yearplan.three-facilitators.seconds", took, "s", at_most=IMPOSSIBLE_IN)


async def _tell_staffing() -> None:
    """Ask how many are needed when the committees may be shared out otherwise."""
    problem = _led_by_three()
    staffing = await in_a_process(
        StaffTask(problem=problem, pool=_officers(problem), seconds=WORST_SECONDS)
    )
    if isinstance(staffing, Staffing):
        beside = {"proven": float(staffing.proven), "s": staffing.seconds}
        tell("yearplan.facilitators-needed", staffing.needed, "officers", beside=beside)


def _officers(problem: Problem) -> tuple[PersonId, ...]:
    leaders = {body.leader for body in problem.bodies if body.leader is not None}
    return tuple(sorted(leaders))


async def _tell_answers(seconds: float) -> None:
    """Let people type to a running bot while a year is planned beside it (MTG-3)."""
    problem = organisation(KINDS[2], seed=1)
    alone, meanwhile = await latency_while(plan_in_a_process(problem, seconds=seconds))
    tell(
        "yearplan.answers-meanwhile.p95",
        meanwhile.percentile_ms(95),
        "ms",
        at_most=ANSWERS_MS,
        beside={
            "alone": alone.percentile_ms(95),
            "p50": meanwhile.percentile_ms(50),
            "turns": meanwhile.turns,
        },
    )


async def _tell_nation() -> None:
    """Plan ten times as much: 4,000 people in 310 committees."""
    nation = await _planned("nation", national(), NATION_SECONDS)
    beside = {
        "meetings": len(nation.plan.meetings),
        "cost": nation.cost,
        "greedy": nation.greedy_cost or 0,
        "gap %": 100 * nation.gap,
    }
    tell("yearplan.nation.violations", len(nation.violations), "found", at_most=0)
    tell("yearplan.nation.seconds", nation.seconds, "s", at_most=NATION_SECONDS, beside=beside)
    tell("yearplan.nation.memory", dearest_process_mb(), "MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one city of each kind, no nation")
    sys.exit(asyncio.run(main(quick=parser.parse_args().quick)))
