"""Give a duty on when its owner cannot be reached; news is nobody's duty (house.md §10.5)."""

import logging
from datetime import datetime

from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from storage.database import Transaction
from usecases.handle_concern import pass_on

DUTIES = frozenset(
    {
        NoticeKind.CONCERN_WAITING,
        NoticeKind.CONCERN_GRAVE,
        NoticeKind.CONCERN_REMINDER,
        NoticeKind.CONCERN_OVERDUE,
        NoticeKind.CONCERN_PING,
        NoticeKind.CONCERN_NO_RECEIVER,
        NoticeKind.RECUSAL_TO_DECIDE,
    }
)

log = logging.getLogger(__name__)


async def pass_duty_on(tx: Transaction, notice: Notice, *, now: datetime) -> None:
    """Let the next who can be reached have it, where it is a duty at all."""
    if notice.kind not in DUTIES:
        return
    try:
        await pass_on(tx, notice, now=now)
    except RuleBroken as problem:
        if problem.code != "concern.no_receiver":
            raise
        log.exception("concern %s: nobody who could have it can be reached", notice.about)
