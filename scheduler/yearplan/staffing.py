"""How many must lead the meetings for there to be a plan at all, and that fewer are too few."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from time import perf_counter

from ortools.sat.python import cp_model

from domain.people import CommitteeCode, PersonId
from domain.year_plan import Cause, CauseKind, NoPlan, Problem, Staffing
from scheduler.yearplan.board import Board, Sitting, board
from scheduler.yearplan.causes import causes
from scheduler.yearplan.crowding import Stretch, overfull
from scheduler.yearplan.hard_model import asker, date_model
from scheduler.yearplan.plain_causes import span, week_of
from scheduler.yearplan.shares import NoShare, Share, Shares

_TRIES = 5  # of sharing the committees out among so many, before one more is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class _TooFew:
    """So many people are too few, or were not seen to be enough."""

    causes: tuple[Cause, ...]
    proven: bool


def facilitators_needed(
    *,
    problem: Problem,
    pool: Sequence[PersonId],
    bodies: Collection[CommitteeCode] | None = None,
    seconds: float = 60,
) -> Staffing | NoPlan:
    """Find the least number of people who can lead the meetings of a year.

    They are taken from the pool, in its order, and after it from people without a name yet.

    :param bodies: the committees that are shared out anew; None is all that somebody leads now.
        The others keep who leads them.
    """
    began = perf_counter()
    codes = _led(problem) if bodies is None else tuple(bodies)
    alone = _led_by(problem, {code: PersonId(f"alone-{code}") for code in codes})
    if not _has_dates(alone, effort=seconds):
        return NoPlan(causes=causes(alone), seconds=perf_counter() - began)

    laid = board(problem)
    one_fewer: tuple[Cause, ...] = ()
    proven = True
    for number in range(1, len(codes) + 1):
        crowded = _crowded(laid, codes, number=number)
        if crowded is not None:
            one_fewer = (crowded,)
            continue
        share = _share(laid, codes, tuple(islice(_people(pool), number)), effort=seconds)
        if not isinstance(share, _TooFew):
            return Staffing(
                needed=number,
                led_by=share,
                proven=proven,
                one_fewer=one_fewer,
                seconds=perf_counter() - began,
            )
        proven = proven and share.proven
        one_fewer = share.causes
    return NoPlan(causes=one_fewer, seconds=perf_counter() - began)


def _share(
    laid: Board, codes: Collection[CommitteeCode], leaders: Sequence[PersonId], *, effort: float
) -> Share | _TooFew:
    """Share committees out until there are dates; a share without is not tried again."""
    kept = {
        body.code: (body.leader,)
        for body in laid.problem.bodies
        if body.leader is not None and body.code not in codes
    }
    shares = Shares(laid, among=kept | dict.fromkeys(codes, leaders))
    why: tuple[Cause, ...] = (Cause(kind=CauseKind.LOAD, committees=tuple(codes)),)
    for _ in range(_TRIES):
        share = shares.find(effort=effort / _TRIES)
        if isinstance(share, NoShare):
            return _TooFew(causes=why, proven=share is NoShare.IMPOSSIBLE)
        shared_out = _led_by(laid.problem, share)
        if _has_dates(shared_out, effort=effort):
            return {code: share[code] for code in codes}
        why = causes(shared_out)
        guilty = {code for each in why for code in each.committees}
        if not guilty:
            break
        shares.forbid({code: share[code] for code in guilty if code in share})
    return _TooFew(causes=why, proven=False)


def _has_dates(problem: Problem, *, effort: float) -> bool:
    laid = board(problem)
    if not all(each.options for each in laid.sittings):
        return False
    status = asker(effort=effort, seed=problem.seed).solve(date_model(laid).model)
    return status in {cp_model.OPTIMAL, cp_model.FEASIBLE}


def _crowded(laid: Board, codes: Collection[CommitteeCode], *, number: int) -> Cause | None:
    """Find weeks in which so many people cannot lead all the meetings, however they are shared."""
    sittings = [each for each in laid.sittings if each.body.code in codes]
    spans = [_weeks(each) for each in sittings]
    weeks = {week_of(option.day) for each in sittings for option in each.options}
    full = overfull(spans, dict.fromkeys(weeks, number * laid.problem.rules.week_load))
    if full is None:
        return None
    inside = [each for each, lies in zip(sittings, spans, strict=True) if full.holds(lies)]
    from_on, to_on = span(inside)
    return Cause(
        kind=CauseKind.LOAD,
        committees=tuple(dict.fromkeys(each.body.code for each in inside)),
        from_on=from_on,
        to_on=to_on,
    )


def _weeks(sitting: Sitting) -> Stretch:
    weeks = [week_of(option.day) for option in sitting.options]
    return Stretch(min(weeks), max(weeks))


def _led(problem: Problem) -> tuple[CommitteeCode, ...]:
    return tuple(body.code for body in problem.bodies if body.leader is not None)


def _led_by(problem: Problem, share: Share) -> Problem:
    return replace(
        problem,
        bodies=tuple(
            replace(
                body,
                facilitators=tuple(dict.fromkeys((share[body.code], *body.facilitators[1:]))),
            )
            if body.code in share
            else body
            for body in problem.bodies
        ),
    )


def _people(pool: Sequence[PersonId]) -> Iterator[PersonId]:
    yield from pool
    yield from (PersonId(f"unnamed-{number}") for number in count(1))
