"""What was decided about a plan, as its row keeps it: the steering group's word, its period."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.action_plans import PlanTrack, PlanVersion, Verdict
from domain.alert_log import DecisionKind, Resolution
from domain.people import PersonId


def written_verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "number": verdict.version.number,
        "track": verdict.track.value,
        "by": verdict.by,
        "at": verdict.at.isoformat(),
        "remark": verdict.remark,
    }


def read_verdict(data: Mapping[str, Any], versions: Sequence[PlanVersion]) -> Verdict:
    return Verdict(
        version=versions[data["number"] - 1],
        track=PlanTrack(data["track"]),
        by=PersonId(data["by"]),
        at=datetime.fromisoformat(data["at"]),
        remark=data["remark"],
    )


def written_decision(decided: Resolution) -> dict[str, object]:
    return {
        "id": str(decided.id),
        "kind": decided.kind.value,
        "words": decided.words,
        "by": decided.by,
        "at": decided.at.isoformat(),
        "until": None if decided.until is None else decided.until.isoformat(),
    }


def read_decision(data: Mapping[str, Any]) -> Resolution:
    until = data["until"]
    return Resolution(
        id=UUID(data["id"]),
        kind=DecisionKind(data["kind"]),
        words=data["words"],
        by=PersonId(data["by"]),
        at=datetime.fromisoformat(data["at"]),
        until=None if until is None else datetime.fromisoformat(until),
    )
