"""What each authority can contribute on a case: an offer to choose from, never a limit (§3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.people import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One thing an authority can do. Its words are `catalogue.<authority>.<key>`."""

    authority: Authority
    key: str
    levels: frozenset[int]  # where it is offered first

    @property
    def text(self) -> str:
        return f"catalogue.{self.authority}.{self.key}"


_EARLY, _LATE = frozenset({1, 2}), frozenset({3, 4})
_ALL = _EARLY | _LATE
_OFFERED: Mapping[Authority, Mapping[str, frozenset[int]]] = {
    Authority.BUF: {
        "school": _EARLY,
        "parents": _EARLY,
        "teaching": _EARLY,
        "education": _ALL,
        "leisure": _ALL,
    },
    Authority.SOF: {
        "street": _ALL,
        "bridge": _ALL,
        "family": _ALL,
        "advice": _EARLY,
        "hearing": _ALL,
        "substances": _ALL,
        "school_plan": _EARLY,
        "notification": _ALL,
        "exit": _LATE,
    },
    Authority.BIF: {
        "job": _ALL,
        "leisure_job": _EARLY,
        "youth_effort": _ALL,
        "preparation": _ALL,
        "convicted": _LATE,
        "extremism": _LATE,
    },
    Authority.KFF: {"premises": _EARLY, "leisure": _ALL, "hosts": _EARLY},
    Authority.KP: {
        "teaching": _EARLY,
        "groups": _EARLY,
        "visits": _ALL,
        "plan": _ALL,
        "safety": _ALL,
    },
    Authority.KFO: {"insight": _LATE, "mentor": _LATE, "supervision": _LATE},
}
CATALOGUE = tuple(
    Contribution(authority=authority, key=key, levels=levels)
    for authority, offered in _OFFERED.items()
    for key, levels in offered.items()
)


def offered_at(level: int) -> list[Contribution]:
    """List what is offered first at a level, which is the playbook until somebody edits it."""
    return [each for each in CATALOGUE if level in each.levels]
