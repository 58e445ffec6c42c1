"""A plan's way to the steering group: exact versions, and what was said of which (BER-46, 47)."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

from domain.action_plans import ActionPlan, PlanTrack, PlanVersion, Verdict
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.plan_measures import Measure, MeasureState, person_free

Content = str | bool | None | list["Content"] | dict[str, "Content"]

FINAL = frozenset({PlanTrack.APPROVED, PlanTrack.REMARKED, PlanTrack.RETURNED})
_SHOWABLE = frozenset(PlanTrack) - {PlanTrack.DRAFT, PlanTrack.RETURNED}
_REMARKED = frozenset({PlanTrack.REMARKED, PlanTrack.RETURNED})


def content(plan: ActionPlan) -> dict[str, Content]:
    """Write down what is agreed in a plan: who does what by when, where and for how long.

    Ticks are not in it: a measure that is taken up or done leaves the plan as it was approved,
    and one that is dropped does not. Of a daily measure the hour is not in it either.
    """
    return {
        "title": plan.title,
        "level": None if plan.level is None else str(int(plan.level)),
        "drill": plan.drill,
        "areas": [*sorted(plan.areas)],
        "parties": [*sorted(plan.parties)],
        "externals": [*sorted(plan.externals)],
        "distribution": [[each.to, each.tier, each.when] for each in plan.distribution],
        "goal": [*plan.lists.goal],
        "period_end": _moment(plan.period_end),
        "measures": [
            _measure(each) for each in sorted(plan.measures, key=lambda measure: measure.id)
        ],
    }


def checksum(plan: ActionPlan) -> str:
    """Give the SHA-256 of the content, as 64 hexadecimal digits; people are shown the first 8."""
    said = json.dumps(content(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def finish(plan: ActionPlan, *, by: PersonId, now: datetime) -> ActionPlan:
    """Say that a plan is finished: what it says now is a version with a number of its own.

    :raises RuleBroken: `actionplan.no_period` (BER-56), `actionplan.no_measures`,
        `actionplan.finished_already` when it says what the latest version says
    """
    if plan.period_end is None:
        raise RuleBroken("actionplan.no_period")
    if not plan.measures:
        raise RuleBroken("actionplan.no_measures")
    fingerprint = checksum(plan)
    same = bool(plan.versions) and plan.versions[-1].checksum == fingerprint
    if same and plan.track is not PlanTrack.RETURNED:
        raise RuleBroken("actionplan.finished_already")
    version = PlanVersion(number=len(plan.versions) + 1, checksum=fingerprint, at=now, by=by)
    return replace(
        plan,
        versions=(*plan.versions, version),
        track=PlanTrack.FINISHED,
        asked_by=None,
        version=plan.version + 1,
    )


def orient(plan: ActionPlan) -> ActionPlan:
    """Send the latest version to the steering group for orientation.

    :raises RuleBroken: `actionplan.not_finished`, `actionplan.changed`
    """
    _latest(plan)
    return replace(plan, track=PlanTrack.ORIENTATION, version=plan.version + 1)


def ask_approval(plan: ActionPlan, *, deadline: datetime, now: datetime) -> ActionPlan:
    """Ask the steering group to approve the latest version; work goes on meanwhile.

    :raises RuleBroken: as `orient`, and `actionplan.deadline_passed`
    """
    _latest(plan)
    if deadline <= now:
        raise RuleBroken("actionplan.deadline_passed")
    return replace(plan, track=PlanTrack.APPROVAL, asked_by=deadline, version=plan.version + 1)


def decide(
    plan: ActionPlan,
    *,
    track: PlanTrack,
    number: int,
    fingerprint: str,
    remark: str = "",
    by: PersonId,
    now: datetime,
) -> ActionPlan:
    """Note what the steering group says of a version.

    :param number: and `fingerprint`: the version that they had before them.
    :raises ValueError: when the track is no answer.
    :raises RuleBroken: `actionplan.not_asked`, `actionplan.moved_on` when a newer version was
        finished, `actionplan.no_remark` for a remark or a return without words, `measure.cpr`
    """
    if track not in FINAL:
        raise ValueError(f"{track} is no answer")
    if plan.track is not PlanTrack.APPROVAL:
        raise RuleBroken("actionplan.not_asked")
    asked = plan.versions[-1]
    if (number, fingerprint) != (asked.number, asked.checksum):
        raise RuleBroken("actionplan.moved_on", number=asked.number)
    said = person_free(remark)
    if track in _REMARKED and not said:
        raise RuleBroken("actionplan.no_remark")
    verdict = Verdict(version=asked, track=track, by=by, at=now, remark=said)
    return replace(plan, track=track, verdict=verdict, asked_by=None, version=plan.version + 1)


def changed_after_approval(plan: ActionPlan) -> bool:
    """Tell whether the plan says something else than what was approved (BER-47)."""
    verdict = plan.verdict
    return (
        verdict is not None
        and verdict.track is not PlanTrack.RETURNED
        and verdict.version.checksum != checksum(plan)
    )


def _latest(plan: ActionPlan) -> PlanVersion:
    if not plan.versions or plan.track not in _SHOWABLE:
        raise RuleBroken("actionplan.not_finished")
    if plan.versions[-1].checksum != checksum(plan):
        raise RuleBroken("actionplan.changed")
    return plan.versions[-1]


def _measure(measure: Measure) -> Content:
    dropped = measure.state is MeasureState.DROPPED
    return {
        "id": str(measure.id),
        "kind": measure.kind,
        "title": measure.title,
        "assists": measure.assists,
        "party": measure.party,
        "owner": measure.owner,
        "substitute": measure.substitute,
        "due_at": "daily" if measure.daily else _moment(measure.due_at),
        "target_group": measure.target_group,
        "place": measure.place,
        "note": measure.note,
        "dropped": measure.reason if dropped else None,
    }


def _moment(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).isoformat()
