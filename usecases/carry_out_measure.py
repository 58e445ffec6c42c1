"""Say what has become of a measure: under way, done, impossible, dropped, taken back (BER-34)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.errors import RuleBroken
from domain.measure_notices import unable
from domain.people import Person, PersonId
from domain.plan_measures import Measure, MeasureState, complete, drop, hand_on, take_back, take_up
from domain.plan_moves import with_measure
from domain.plan_owners import party_leaders
from storage.database import Transaction
from usecases.make_action_plan import of_the_secretariat
from usecases.measure_log import keep, of_measure
from usecases.permit_action_plan import PlanAccess, hold_measure, not_yours
from usecases.read_roster import read_roster


async def start_measure(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Measure:
    """Say that it is under way; pressed twice, it is.

    :raises RuleBroken: `measure.not_found`, `alert.over`, `measure.ended`
    """
    access, measure = await _to_tick(tx, by, id)
    if measure.state is MeasureState.UNDER_WAY:
        return measure
    return await _kept(tx, access, take_up(measure), "under_way", now=now)


async def complete_measure(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Measure:
    """Say that it is done. A daily one is then due again tomorrow.

    :param seen: the version they had before them: an old card does not end tomorrow's.
    :raises RuleBroken: as `start_measure`; `measure.done_today`
    """
    access, measure = await _to_tick(tx, by, id)
    if measure.daily and measure.waits and measure.version != seen:
        raise RuleBroken("measure.done_today")
    until = access.plan.period_end
    done = complete(measure, by=by.id, now=now, until=until)
    return await _kept(tx, access, done, "done", now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What came of "cannot".

    :param to: who has it now; none where nobody stands in, and the leaders were told.
    :param before: it was not theirs any more, and nothing was done.
    """

    measure: Measure
    to: PersonId | None
    before: bool = False


async def pass_measure_on(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Passed:
    """Give a measure that its owner cannot do to who stands in; else tell who leads the party.

    Pressed twice, or where somebody else has it, it stays where it is.

    :raises RuleBroken: `measure.not_found`, `alert.over`, `measure.ended`
    """
    access, measure = await _to_tick(tx, by, id)
    if measure.waits and measure.owner != by.id:
        return Passed(measure=measure, to=measure.owner, before=True)
    plan = access.plan
    if measure.waits and not await _can_stand_in(tx, measure):
        leaders = await _leaders(tx, plan, measure)
        told = unable(measure, leaders=[each for each in leaders if each != by.id], now=now)
        line = of_measure(plan, measure, "unable", by=by, now=now)
        await keep(tx, plan, was=plan, line=line, by=by, now=now, tells=told)
        return Passed(measure=measure, to=None)
    handed = hand_on(measure)
    to = handed.owner
    await _kept(tx, access, handed, "handed_on", now=now, people=(to,) if to else ())
    return Passed(measure=handed, to=to)


async def drop_measure(
    tx: Transaction, *, id: UUID, reason: str, by: Person, now: datetime
) -> Measure:
    """Give a measure up, with a reason; that is not the same as done (BER-36).

    :raises RuleBroken: `measure.not_found`, `alert.over`, and what `drop` says
    """
    access, measure = await _to_edit(tx, by, id)
    dropped = drop(measure, reason=reason, by=by.id, now=now)
    return await _kept(tx, access, dropped, "dropped", now=now, words=dropped.reason)


async def take_measure_back(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Measure:
    """Let a measure that was ended wait again.

    :raises RuleBroken: `measure.not_found`, `alert.over`, `measure.waits`
    """
    access, measure = await _to_edit(tx, by, id)
    return await _kept(tx, access, take_back(measure, now=now), "taken_back", now=now)


async def _to_tick(tx: Transaction, by: Person, id: UUID) -> tuple[PlanAccess, Measure]:
    access, measure = await hold_measure(tx, by, id)
    if not access.ticks(measure):
        raise not_yours(id)
    return access, measure


async def _to_edit(tx: Transaction, by: Person, id: UUID) -> tuple[PlanAccess, Measure]:
    access, measure = await hold_measure(tx, by, id)
    if not access.edits(measure.party):
        raise not_yours(id)
    return access, measure


async def _kept(
    tx: Transaction,
    access: PlanAccess,
    measure: Measure,
    what: str,
    *,
    now: datetime,
    words: str = "",
    people: tuple[PersonId, ...] = (),
) -> Measure:
    plan, by = access.plan, access.by
    line = of_measure(plan, measure, what, by=by, now=now, words=words, people=people)
    changed = with_measure(plan, measure)
    await keep(tx, changed, was=plan, line=line, by=by, now=now)
    return measure


async def _can_stand_in(tx: Transaction, measure: Measure) -> bool:
    """Whether there is a substitute, who has not left."""
    if measure.substitute is None:
        return False
    found = await tx.people.of_ids([measure.substitute])
    return any(each.active for each in found.values())


async def _leaders(tx: Transaction, plan: ActionPlan, measure: Measure) -> list[PersonId]:
    """Name who leads the party there; the Secretariat where nobody else is left to tell."""
    roster = await read_roster(tx)
    office = of_the_secretariat(roster)
    leaders = party_leaders(roster, areas=plan.areas, secretariat=office)[measure.party]
    return [each for each in leaders if each != measure.owner] or office
