"""The text keys about roles and broken glass that are put together, and what fills them."""

from collections.abc import Mapping

from domain.appointments import Holding
from domain.notices import NoticeKind
from domain.people import Office, Seat
from scheduler.draw_access import KINDS, TOLD
from tests.support.keys_kept import LOG_DONE, LOG_OF, LOG_PURPOSES

NOTICES: frozenset[NoticeKind] = KINDS


def _filled(pattern: str, *values: str) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "role.what.{}": _filled("role.what.{}", *Holding),
    "role.seat.{}": _filled("role.seat.{}", *Seat),
    "role.office.{}": _filled("role.office.{}", *Office),
    "glass.{}_title": _filled("glass.{}_title", *TOLD.values()),
    "glass.{}_body": _filled("glass.{}_body", *TOLD.values()),
    "log.done.{}": LOG_DONE,
    "log.of.{}": LOG_OF,
    "log.purpose.{}": LOG_PURPOSES,
}
