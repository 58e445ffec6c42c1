"""Activating readiness: who may for which areas, what is like it, and when it leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.alerts import SIMILAR_WITHIN, UNDO_WITHIN, Alert, Level
from domain.areas import AREAS
from domain.dates import COPENHAGEN, local_date
from domain.errors import RuleBroken
from domain.people import AreaCode
from domain.periods import moment
from domain.roles import Actor, Role, standing

ANYWHERE = frozenset({Role.SGM, Role.SEK, Role.STEW, Role.HEAD})
IN_OWN_AREAS = frozenset({Role.LGM, Role.PLM})
_EVERY_AREA = frozenset(each.code for each in AREAS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """Where somebody may activate readiness (BER-02).

    :param anywhere: in the whole city too.
    :param areas: their own, where they do not need anybody.
    """

    anywhere: bool = False
    areas: frozenset[AreaCode] = frozenset()

    @property
    def at_all(self) -> bool:
        return self.anywhere or bool(self.areas)

    def covers(self, areas: frozenset[AreaCode]) -> bool:
        """Whether they may for all of these; none of them is the whole city."""
        return self.anywhere or (bool(areas) and areas <= self.areas)


def entitled(actor: Actor, *, own_areas_only: bool = True) -> Entitled:
    """Say where somebody may activate readiness; nobody else may, whatever else they are (BER-01).

    The SSP+ leader group has no area of its own: its members may for any, but not for all.

    :param own_areas_only: whether members of a leader group need somebody for other areas.
    """
    held = standing(actor)
    leads = bool(held & IN_OWN_AREAS)
    if held & ANYWHERE or (leads and not own_areas_only):
        return Entitled(anywhere=True)
    if Role.PLM in held:
        return Entitled(areas=_EVERY_AREA)
    groups = [actor.committees[code] for code in actor.seats(Role.LGM)] if leads else []
    return Entitled(areas=frozenset(area for each in groups for area in each.areas))


def permit_areas(held: Entitled, areas: frozenset[AreaCode], *, who: str, about: str = "") -> None:
    """Let somebody go on to activate readiness for these areas.

    :param who: whom to call instead; and `about`, what it was for the record.
    :raises RuleBroken: `alert.not_entitled`; `alert.whole_city` and `alert.other_area` for what
        only the Secretariat and the steering group may.
    """
    if not held.at_all:
        raise RuleBroken("alert.not_entitled", about=about, who=who)
    if not areas and not held.covers(areas):
        raise RuleBroken("alert.whole_city", about=about, who=who)
    if not held.covers(areas):
        raise RuleBroken("alert.other_area", about=about, who=who)


def similar(
    alerts: Iterable[Alert],
    *,
    areas: frozenset[AreaCode],
    level: Level,
    drill: bool,
    now: datetime,
) -> Alert | None:
    """Find the latest open alert to which this may belong (BER-08).

    A drill is never like something real. The whole city is in every area. What asks for less, or
    waits for the morning, would hold back what is added to it (BER-06, BER-30).
    """
    alike = [
        each
        for each in alerts
        if each.is_open
        and each.drill is drill
        and each.level >= level
        and each.leaves_at <= now + UNDO_WITHIN
        and now - each.activated_at < SIMILAR_WITHIN
        and _meet(each.audience.areas, areas)
    ]
    return max(alike, key=lambda each: each.activated_at, default=None)


def _meet(some: frozenset[AreaCode], others: frozenset[AreaCode]) -> bool:
    return not some or not others or bool(some & others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when to when an orientation may disturb, by the clock on a wall in Copenhagen."""

    opens: time = time(7)
    closes: time = time(22)


HOURS = Hours()


def leaves_at(level: Level, *, now: datetime, hours: Hours = HOURS) -> datetime:
    """Say when an alert leaves: after ten seconds in which it can be undone (BER-06, BER-30).

    An orientation waits for the morning outside hours.
    """
    undone = now + UNDO_WITHIN
    if level is Level.ORIENTATION:
        return _within(hours, undone)
    return undone


def _within(hours: Hours, at: datetime) -> datetime:
    shown = at.astimezone(COPENHAGEN).time()
    if hours.opens <= shown < hours.closes:
        return at
    today = moment(local_date(at), hours.opens)
    return today if today >= at else moment(local_date(at) + timedelta(days=1), hours.opens)
