"""Putting the app into somebody's Teams before they ever opened it (teams.md §6, BER-19)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.people import PersonId

TRIED_AGAIN: Final = timedelta(days=1)
TOGETHER: Final = 20  # people in one run
IN_A_ROW: Final = 3  # refusals with nothing done between: it is about us, and not about them


class Install(StrEnum):
    """What came of putting the app into somebody's Teams."""

    DONE = "done"  # Teams tells us of their chat by itself
    THERE = "there"  # it was there already, and we have no chat with them
    GUEST = "guest"  # of another tenant, where it is put in by that one
    CLOSED = "closed"  # their account is
    UNKNOWN = "unknown"  # Entra has nobody by the id in the register
    REFUSED = "refused"  # no licence for Teams, or a policy that keeps the app out


FAILED: Final = frozenset(Install) - {Install.DONE, Install.THERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What came of it for one person, and when it is tried again."""

    person: PersonId
    outcome: Install
    tried_at: datetime
    next_at: datetime
