"""A plan as one of its finished versions said it: exactly what somebody was shown (BER-47)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.action_plans import ActionPlan, PlanTrack, Verdict
from domain.alerts import Level
from domain.parties import Party
from domain.people import AreaCode
from domain.plan_measures import Measure, MeasureState
from domain.plan_templates import PlanTier, Share
from domain.plan_track import Content

DAILY = "daily"


def as_of(plan: ActionPlan, number: int, said: Mapping[str, Content]) -> ActionPlan:
    """Give the plan as a version said it; ticks are no part of that, and are as they are now.

    Its checksum is the version's. What was said of a later version is not in it.

    :param said: what the version says, as it was kept when it was made.
    :raises RuleBroken: `measure.gone`, when a measure of it is nowhere any more
    """
    written: Mapping[str, Any] = said
    level, end = written["level"], written["period_end"]
    is_latest = number == len(plan.versions)
    return replace(
        plan,
        title=written["title"],
        level=None if level is None else Level(int(level)),
        areas=frozenset(map(AreaCode, written["areas"])),
        parties=tuple(each for each in Party if each in written["parties"]),
        externals=tuple(written["externals"]),
        distribution=tuple(
            Share(to=to, tier=PlanTier(tier), when=when)
            for to, tier, when in written["distribution"]
        ),
        lists=replace(plan.lists, goal=tuple(written["goal"])),
        period_end=None if end is None else datetime.fromisoformat(end),
        measures=tuple(_measure(plan, each) for each in written["measures"]),
        versions=plan.versions[:number],
        track=plan.track if is_latest else PlanTrack.FINISHED,
        verdict=_by_then(plan.verdict, number),
        asked_by=plan.asked_by if is_latest else None,
    )


def _by_then(verdict: Verdict | None, number: int) -> Verdict | None:
    return verdict if verdict is not None and verdict.version.number <= number else None


def _measure(plan: ActionPlan, written: Mapping[str, Any]) -> Measure:
    now = plan.measure(UUID(written["id"]))
    due, dropped = written["due_at"], written["dropped"]
    return replace(
        now,
        kind=written["kind"],
        title=written["title"],
        assists=written["assists"],
        party=Party(written["party"]),
        owner=written["owner"],
        substitute=written["substitute"],
        due_at=now.due_at if due == DAILY else datetime.fromisoformat(due),
        target_group=written["target_group"],
        place=written["place"],
        note=written["note"],
        state=_state(now, dropped=dropped),
        reason=dropped or "",
    )


def _state(now: Measure, *, dropped: str | None) -> MeasureState:
    if dropped is not None:
        return MeasureState.DROPPED
    return MeasureState.OPEN if now.state is MeasureState.DROPPED else now.state
