"""Troubles: what the auditor finds late, and how it is told once a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from domain.microsoft import Refusal

_NAMESPACE = UUID("6d0f9c2b-52c8-4b0e-9f43-2f1f6f7c9a51")


class TroubleCode(StrEnum):
    """What can be late; operators read these codes at `/readyz` and in the log."""

    OUTBOX_OVERDUE = "outbox.overdue"  # notices due for over a minute and still open (BER-78)
    CHORES_MISSED = "chores.missed"  # recurring work due for over ten minutes and not done
    DEADLINES_WAIT = "deadlines.wait"  # of meetings, due for ten minutes and not done (MTG-21)
    LADDERS_WAIT = "ladders.wait"  # rungs of an alert due for a minute, and not taken (BER-76)
    PLANS_WAIT = "plans.wait"  # approved for twenty minutes, and not published (MTG-10)
    AUDIT_BROKEN = "audit.broken"  # the last check of the audit chain found something (AC-AUD-07)
    MICROSOFT_REFUSED = "microsoft.refused"  # a service of Microsoft 365 does not do what we ask
    CERTIFICATE_ENDS = "certificate.ends"  # the bot cannot prove who it is in a month or less
    PACE_THROTTLED = "pace.throttled"  # Teams refuses over a tenth of what we send (BER-79)


# Nobody waits for Microsoft 365, and a month is long: the bot is ready, its heartbeat goes on.
QUIET: Final = frozenset({TroubleCode.MICROSOFT_REFUSED, TroubleCode.CERTIFICATE_ENDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something amiss; what `count` counts depends on the code: notices, chores, percent.

    :param refusals: which services of Microsoft 365 refuse us, where that is the trouble.
    """

    code: TroubleCode
    count: int
    since: datetime
    refusals: Sequence[Refusal] = ()


def told_as(code: TroubleCode, day: date) -> UUID:
    """Name one day of a trouble, the same on every replica, so that it is told once."""
    return uuid5(_NAMESPACE, f"{code}:{day.isoformat()}")
