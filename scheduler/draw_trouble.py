"""What the Secretariat is told of a trouble: how it stands when the notice is drawn."""

from collections.abc import Mapping
from datetime import datetime

from cards.shown import Shown
from cards.trouble import trouble as trouble_card
from cards.words import Say
from domain.dates import local_date
from domain.notices import Notice
from domain.troubles import TroubleCode, told_as
from scheduler.audit import Check
from storage.database import Transaction


async def draw_trouble(
    tx: Transaction,
    notice: Notice,
    *,
    checks: Mapping[TroubleCode, Check],
    now: datetime,
    say: Say,
) -> Shown | None:
    """Draw a trouble with the numbers of this moment; None when it is over."""
    day = local_date(notice.due_at)
    for code, check in checks.items():
        if told_as(code, day) == notice.about:
            trouble = await check.look(tx, now)
            return None if trouble is None else trouble_card(trouble, say=say)
    return None
