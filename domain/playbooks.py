"""Playbooks: what the group is reminded of when it sets a level (domain.md LVL-5)."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.errors import RuleBroken
from domain.levels import LEVELS
from domain.people import PersonId

AT_MOST = 2000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """The Secretariat's words about one level; about no person, and so not confided."""

    level: int
    text: str = field(repr=False)
    by: PersonId
    at: datetime
    version: int = 0  # 0: never written


def rewritten(playbook: Playbook, *, text: str, by: PersonId, at: datetime) -> Playbook:
    """Write a playbook anew.

    :raises RuleBroken: `level.unknown` or `playbook.too_long`.
    """
    if playbook.level not in LEVELS:
        raise RuleBroken("level.unknown")
    if len(text) > AT_MOST:
        raise RuleBroken("playbook.too_long", at_most=AT_MOST)
    return replace(playbook, text=text.strip(), by=by, at=at)
