"""Causes that are seen without a search: no day, days too far apart, weeks and days too full."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from domain.people import CommitteeCode, PersonId
from domain.year_plan import Body, Cause, CauseKind, PlanRules
from scheduler.yearplan.attendance import minute
from scheduler.yearplan.board import Board, Sitting, shared
from scheduler.yearplan.crowding import Stretch, overfull


def plain_causes(board: Board) -> tuple[Cause, ...]:
    """Name what the rules exclude within one committee, or for one person.

    None does not mean that there is a plan: several of them together can exclude it.
    """
    without_days = tuple(without_options(board.sittings))
    if without_days:
        return without_days
    return (*_too_far_apart(board), *_too_many_led(board), *_too_many_attended(board))


def span(sittings: Sequence[Sitting]) -> tuple[date, date]:
    """Give the first and the last day of the windows of some meetings."""
    days = [day for each in sittings for day in (each.window.days[0], each.window.days[-1])]
    return min(days), max(days)


def without_options(
    sittings: Sequence[Sitting], *, kind: CauseKind = CauseKind.NO_DAY
) -> Iterator[Cause]:
    """Find windows without a day; those of a committee that follow each other are one stretch."""
    for (code, empty), some in groupby(
        sittings, key=lambda each: (each.body.code, not each.options)
    ):
        if empty:
            from_on, to_on = span(list(some))
            yield Cause(kind=kind, committees=(code,), from_on=from_on, to_on=to_on)


def _too_far_apart(board: Board) -> Iterator[Cause]:
    """Follow each committee through its year, to where no day is at the right distance."""
    for code, gaps in groupby(board.gaps(), key=lambda gap: gap.before.body.code):
        reached: list[date] = []
        for gap in gaps:
            reached = [
                day
                for day in _days(gap.after)
                if any(
                    gap.least <= (day - before).days <= gap.most
                    for before in reached or _days(gap.before)
                )
            ]
            if not reached:
                from_on, to_on = span([gap.before, gap.after])
                yield Cause(kind=CauseKind.GAP, committees=(code,), from_on=from_on, to_on=to_on)
                break


def _too_many_led(board: Board) -> Iterator[Cause]:
    """Find weeks in which somebody must lead more meetings than the load allows."""
    led: defaultdict[PersonId, list[Sitting]] = defaultdict(list)
    for each in board.sittings:
        if each.body.leader is not None:
            led[each.body.leader].append(each)
    for leader, sittings in led.items():
        spans = [
            Stretch(week_of(days[0]), week_of(days[-1]))
            for each in sittings
            if (days := _days(each))
        ]
        weeks = {week_of(day) for each in sittings for day in _days(each)}
        room = dict.fromkeys(weeks, board.problem.rules.week_load)
        yield from _crowded((leader,), sittings, spans=spans, room=room, kind=CauseKind.LOAD)


def _too_many_attended(board: Board) -> Iterator[Cause]:
    """Find days on which somebody has a seat in more meetings than there are hours for."""
    sittings_of: defaultdict[CommitteeCode, list[Sitting]] = defaultdict(list)
    for each in board.sittings:
        sittings_of[each.body.code].append(each)
    for theirs in shared(board.problem.bodies):
        a_day = _most_a_day(theirs.bodies, rules=board.problem.rules)
        sittings = [each for body in theirs.bodies for each in sittings_of[body.code]]
        spans = [
            Stretch(days[0].toordinal(), days[-1].toordinal())
            for each in sittings
            if (days := _days(each))
        ]
        room = {day.toordinal(): a_day for each in sittings for day in _days(each)}
        yield from _crowded(
            theirs.persons, sittings, spans=spans, room=room, kind=CauseKind.PERSON
        )


def _most_a_day(bodies: Sequence[Body], *, rules: PlanRules) -> int:
    """Count how many meetings one person can attend on a day, the shortest of them and travel."""
    minutes = min(body.minutes for body in bodies)
    travel = int(rules.travel.total_seconds()) // 60
    count, free_from = 0, minute(rules.earliest)
    for starts in sorted(minute(each) for each in rules.starts):
        if free_from <= starts <= minute(rules.latest) - minutes:
            count += 1
            free_from = starts + minutes + travel
    return count


def _crowded(
    persons: tuple[PersonId, ...],
    sittings: Sequence[Sitting],
    *,
    spans: Sequence[Stretch],
    room: Mapping[int, int],
    kind: CauseKind,
) -> Iterator[Cause]:
    full = overfull(spans, room)
    if full is None:
        return
    inside = [each for each, lies in zip(sittings, spans, strict=True) if full.holds(lies)]
    from_on, to_on = span(inside)
    yield Cause(
        kind=kind,
        committees=tuple(dict.fromkeys(each.body.code for each in inside)),
        persons=persons,
        from_on=from_on,
        to_on=to_on,
    )


def _days(sitting: Sitting) -> list[date]:
    return sorted({option.day for option in sitting.options})


def week_of(day: date) -> int:
    """Give the number of a day's week, which begins on a Monday."""
    return (day.toordinal() - 1) // 7  # the calendar's first day was a Monday
