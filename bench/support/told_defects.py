"""Untruths put into what is told about a plan: deadlines, missing people, moves (MTG-2)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bench.support.plan_checker import Lead, Shortfall, Violation
from bench.support.plan_defects import Green, is_named
from domain.people import CommitteeCode
from domain.year_plan import PlannedMeeting, Replanned, YearPlan

DAY = timedelta(days=1)
SUNDAY = 6


@dataclass(frozen=True, kw_only=True)
class Told:
    """A plan without a fault, and all that is told about it, which is true."""

    green: Green
    plan: YearPlan
    leads: tuple[Lead, ...]
    shortfalls: tuple[Shortfall, ...]


Named = tuple[Iterable[Violation], CommitteeCode]


def is_untruth_found(told: Told, kind: str, chance: Random) -> bool:
    """Tell one untruth, and say whether the checker names it where it is."""
    violations, about = UNTRUTHS[kind](told, chance)
    return is_named(violations, kind, about)


def _with_lead(told: Told, old: Lead, new: Lead | None) -> Named:
    leads = [each for each in told.leads if each != old]
    leads += [] if new is None else [new]
    return told.green.checker.violations(told.plan.meetings, leads=leads), old.committee


def _lead_left_out(told: Told, chance: Random) -> Named:
    return _with_lead(told, chance.choice(told.leads), None)


def _lead_late(told: Told, chance: Random) -> Named:
    old = chance.choice(told.leads)
    return _with_lead(told, old, replace(old, on=old.on + chance.randrange(3, 9) * DAY))


def _lead_on_a_sunday(told: Told, chance: Random) -> Named:
    old = chance.choice(told.leads)
    sunday = old.on - (old.on.weekday() + 1) * DAY
    return _with_lead(told, old, replace(old, on=sunday))


def _lead_early(told: Told, chance: Random) -> Named:
    old = chance.choice(told.leads)
    day = old.on - 7 * DAY
    while day in told.green.problem.closed:
        day -= 7 * DAY
    return _with_lead(told, old, replace(old, on=day))


def _shortfall_hidden(told: Told, chance: Random) -> Named:
    hidden = chance.choice(told.shortfalls)
    listed = [each for each in told.shortfalls if each != hidden]
    return told.green.checker.unlisted(told.plan.meetings, listed), hidden.committee


def _shortfall_invented(told: Told, chance: Random) -> Named:
    real = chance.choice(told.shortfalls)
    invented = replace(real, short=real.short + 1)
    return (
        told.green.checker.unlisted(told.plan.meetings, [*told.shortfalls, invented]),
        invented.committee,
    )


def _replanned(
    told: Told,
    old: PlannedMeeting,
    new: PlannedMeeting,
    *,
    says: tuple[tuple[PlannedMeeting, PlannedMeeting], ...],
    frozen_until: date | None = None,
    held: Iterable[PlannedMeeting] = (),
) -> Named:
    """Change one meeting, say something about it, and let the checker look."""
    changed = replace(told.plan, meetings=tuple(told.green.with_((old, new))))
    violations = told.green.checker.replan_violations(
        told.plan.meetings,
        Replanned(plan=changed, moved=says, proven=True),
        frozen_until=frozen_until,
        held=[(each.committee, each.number) for each in held],
    )
    return violations, old.committee


def _one_later(told: Told, chance: Random) -> tuple[PlannedMeeting, PlannedMeeting]:
    old = chance.choice(told.plan.meetings)
    return old, replace(old, day=old.day + chance.choice((1, 7)) * DAY)


def _frozen_moved(told: Told, chance: Random) -> Named:
    old, new = _one_later(told, chance)
    until = old.day + chance.randrange(9) * DAY
    return _replanned(told, old, new, says=((old, new),), frozen_until=until)


def _into_the_frozen(told: Told, chance: Random) -> Named:
    """Move a meeting to a day that is so near that nothing may change there."""
    old, _ = _one_later(told, chance)
    new = replace(old, day=old.day - 7 * DAY)
    return _replanned(told, old, new, says=((old, new),), frozen_until=old.day - DAY)


def _held_moved(told: Told, chance: Random) -> Named:
    old, new = _one_later(told, chance)
    return _replanned(told, old, new, says=((old, new),), held=(old,))


def _move_hidden(told: Told, chance: Random) -> Named:
    old, new = _one_later(told, chance)
    return _replanned(told, old, new, says=())


def _move_untrue(told: Told, chance: Random) -> Named:
    old, new = _one_later(told, chance)
    return _replanned(told, old, new, says=((old, replace(new, day=new.day + DAY)),))


def _move_invented(told: Told, chance: Random) -> Named:
    old, new = _one_later(told, chance)
    return _replanned(told, old, old, says=((old, new),))


def _lost(told: Told, chance: Random) -> Named:
    old, _ = _one_later(told, chance)
    elsewhere = replace(old, number=99)
    return _replanned(told, old, elsewhere, says=())


UNTRUTHS: dict[str, Callable[[Told, Random], Named]] = {
    "lead_missing": _lead_left_out,
    "lead_late": _lead_late,
    "lead_day": _lead_on_a_sunday,
    "lead_early": _lead_early,
    "shortfall_hidden": _shortfall_hidden,
    "shortfall_invented": _shortfall_invented,
    "frozen_moved": _frozen_moved,
    "frozen_moved:into": _into_the_frozen,
    "held_moved": _held_moved,
    "move_hidden": _move_hidden,
    "move_untrue": _move_untrue,
    "no_move": _move_invented,
    "lost": _lost,
}
