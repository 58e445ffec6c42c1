"""The agenda of a case meeting, worked out from how the cases stand (CON-8, issue item 4)."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.access import Action, can
from domain.case_meetings import Point, Why, merged
from domain.cases import Case, CaseState
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.matters import Matter
from domain.people import CommitteeCode, Person
from domain.roles import Actor, Role
from storage.database import Transaction
from usecases.permit import actor_of

IDLE_AFTER = timedelta(days=42)  # domain.md §16 case.idle_days
TAKES_PART = (Role.FAC, Role.PFAC, Role.KGM, Role.PKM)

Source = Callable[
    [Transaction, CommitteeCode, Sequence[Case], datetime], Awaitable[Iterable[Point]]
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place on an agenda as this person sees it; without a point it is a neutral one.

    Whoever is recused, or may not open it, learns that there is something and no more (INH-3).
    """

    point: Point | None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What a group takes up next, in the order it is taken."""

    group: CommitteeCode
    slots: Sequence[Slot]


def point(case: Case, why: Why, *, since: date | None = None) -> Point:
    return Point(
        about=case.id, reference=case.reference, is_concern=False, why=(why,), since=since
    )


async def _new_concerns(
    tx: Transaction, group: CommitteeCode, _: Sequence[Case], __: datetime
) -> Iterable[Point]:
    """Find the concerns that are in no case yet, whether somebody has taken them up or not."""
    waiting = await tx.concerns.waiting_in(group)
    taken_up = await tx.concerns.taken_up_in([group])
    return [
        Point(
            about=each.id,
            reference=each.reference,
            is_concern=True,
            why=(Why.NEW_CONCERN,),
            since=local_date(each.submitted_at),
        )
        for each in (*waiting, *taken_up)
    ]


async def _by_state(
    _: Transaction, __: CommitteeCode, cases: Sequence[Case], now: datetime
) -> Iterable[Point]:
    """Find what the cases themselves say: new, begun, due, proposed, without a lead, quiet."""
    today = local_date(now)
    points: list[Point] = []
    for case in cases:
        opened = local_date(case.opened_at)
        due = case.follow_up_on is not None and case.follow_up_on <= today
        quiet = now - case.last_event_at >= IDLE_AFTER
        holds = {
            Why.NEW_CASE: (case.state in _NEW, opened),
            Why.COORDINATING: (case.state is CaseState.COORDINATION, opened),
            Why.FOLLOW_UP: (due, case.follow_up_on),
            Why.NO_LEAD: (case.lead is None, None),
            Why.IDLE: (quiet, local_date(case.last_event_at)),
        }
        points += [point(case, why, since=day) for why, (is_so, day) in holds.items() if is_so]
    return points


_NEW = frozenset({CaseState.OPEN, CaseState.HANDED_OVER})


async def _overdue(
    tx: Transaction, group: CommitteeCode, cases: Sequence[Case], now: datetime
) -> Iterable[Point]:
    late = await tx.actions.overdue([group], today=local_date(now))
    return [
        point(case, Why.OVERDUE_ACTION, since=late[case.id]) for case in cases if case.id in late
    ]


async def _assessments(
    tx: Transaction, group: CommitteeCode, cases: Sequence[Case], _: datetime
) -> Iterable[Point]:
    asked = {each.case: each for each in await tx.assessments.open_in([group])}
    return [
        point(case, Why.ASSESSMENT, since=local_date(asked[case.id].created_at))
        for case in cases
        if case.id in asked
    ]


async def _handovers(
    tx: Transaction, group: CommitteeCode, cases: Sequence[Case], _: datetime
) -> Iterable[Point]:
    """Find what another group would hand over to this one (PLUS-2)."""
    waiting = {each.case: each for each in await tx.handovers.waiting_in([group])}
    known = {case.id: case for case in cases}
    further = await tx.cases.of_ids(waiting.keys() - known.keys()) if waiting else {}
    return [
        point(case, Why.HANDOVER, since=local_date(waiting[case.id].proposed_at))
        for case in {**known, **further}.values()
        if case.id in waiting
    ]


SOURCES: tuple[Source, ...] = (_new_concerns, _by_state, _overdue, _assessments, _handovers)


def groups_of(actor: Actor) -> list[CommitteeCode]:
    """Name the coordination groups whose meetings somebody takes part in."""
    return sorted({code for role in TAKES_PART for code in actor.seats(role)})


async def read_agenda(
    tx: Transaction, *, group: CommitteeCode, by: Person, now: datetime
) -> Agenda:
    """Work out what the group takes up now, as this person may see it.

    :raises RuleBroken: `meeting.not_found` for whoever does not sit in the group.
    """
    actor = await actor_of(tx, by)
    if group not in groups_of(actor):
        raise RuleBroken("meeting.not_found", about=str(group))
    points = await points_of(tx, group, now=now)
    return Agenda(group=group, slots=await slots(tx, actor, points, now=now))


async def points_of(tx: Transaction, group: CommitteeCode, *, now: datetime) -> list[Point]:
    """Work out the whole agenda of a group, for whoever has been let in."""
    cases = await tx.cases.in_groups([group])
    return merged([each for source in SOURCES for each in await source(tx, group, cases, now)])


async def slots(
    tx: Transaction, actor: Actor, points: Sequence[Point], *, now: datetime
) -> list[Slot]:
    """Show somebody the points they may open, and the places of the others."""
    matters, versions = await matters_of(tx, [each.about for each in points], now=now)
    return [
        Slot(point=each, version=versions[each.about])
        if each.about in matters and can(actor, Action.OPEN, matters[each.about])
        else Slot(point=None)
        for each in points
    ]


async def matters_of(
    tx: Transaction, ids: Sequence[UUID], *, now: datetime
) -> tuple[dict[UUID, Matter], dict[UUID, int]]:
    """Look up the matters behind an agenda, and the version of each, in a few looks."""
    cases = await tx.cases.of_ids(ids)
    concerns = await tx.concerns.of_ids([each for each in ids if each not in cases])
    matters = {
        **await tx.matters.of_cases(list(cases.values()), now=now),
        **await tx.matters.of_concerns(list(concerns.values()), now=now),
    }
    versions = {
        **{each.id: each.version for each in cases.values()},
        **{each.id: each.version for each in concerns.values()},
    }
    return matters, versions
