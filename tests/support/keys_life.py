"""The text keys about access to one's own data and deletion that are put together."""

from collections.abc import Iterable, Mapping

from domain.access_requests import AccessKind, AccessState, LeftOut
from scheduler.draw_life_cycle import KINDS
from usecases.release_case import Waits

NOTICES = frozenset(KINDS)
_DONE = ("drafted", *(set(AccessState) - {AccessState.RELEASED}))


def _filled(pattern: str, values: Iterable[str]) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "access.{}": _filled("access.{}", ("late", "line")),
    "access.state_{}": _filled("access.state_{}", AccessState),
    "access.kind_{}": _filled("access.kind_{}", AccessKind),
    "access.by_{}": _filled("access.by_{}", AccessKind),
    "access.why_{}": _filled("access.why_{}", LeftOut),
    "access.{}_title": _filled("access.{}_title", _DONE),
    "access.{}_body": _filled("access.{}_body", _DONE),
    "release.waits_{}": _filled("release.waits_{}", Waits),
}
