"""Keep what a plan has become: the plan, one line in its alert's log, and who hears of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from domain.action_plans import ActionPlan
from domain.alert_log import LogEntry, LogKind
from domain.measure_notices import given
from domain.notices import Notice
from domain.people import Person, PersonId
from domain.plan_measures import Measure
from storage.database import Transaction

NOTHING: Mapping[str, str] = MappingProxyType({})


async def keep(
    tx: Transaction,
    plan: ActionPlan,
    *,
    was: ActionPlan,
    line: LogEntry | None,
    by: Person,
    now: datetime,
    tells: Sequence[Notice] = (),
) -> None:
    """Store a plan, tell whoever was given something by it, and write the line last.

    :raises RuleBroken: `actionplan.stale`
    """
    await tx.action_plans.save(plan, was=was)
    await tx.outbox.add([*given(plan, was=was, but=by.id, now=now), *tells])
    if line is not None:
        await tx.alert_log.add(line)


def of_measure(
    plan: ActionPlan,
    measure: Measure,
    what: str,
    *,
    by: Person,
    now: datetime,
    words: str = "",
    people: tuple[PersonId, ...] = (),
) -> LogEntry | None:
    """Write down what became of a measure, by its code; a plan of no alert has no log."""
    if plan.alert is None:
        return None
    return LogEntry(
        alert=plan.alert,
        kind=LogKind.MEASURE,
        at=now,
        by=by.id,
        words=words,
        facts={"what": what, "code": measure.kind, "party": measure.party.value},
        people=people,
    )


def of_plan(
    plan: ActionPlan,
    what: str,
    *,
    by: Person,
    now: datetime,
    kind: LogKind = LogKind.PLAN,
    facts: Mapping[str, str] = NOTHING,
    people: tuple[PersonId, ...] = (),
) -> LogEntry | None:
    """Write down what was decided about a plan."""
    if plan.alert is None:
        return None
    return LogEntry(
        alert=plan.alert,
        kind=kind,
        at=now,
        by=by.id,
        facts={"what": what, **facts},
        people=people,
    )
