"""What tells somebody that a paper of an alert is ready, or why it is not made (BER-70)."""

from collections.abc import Sequence

from cards.own_papers import alert_paper_ready
from cards.shown import Shown
from cards.words import speak
from domain.delivery import Delivery
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from storage.database import Transaction
from usecases.read_alert import may_read

KINDS = frozenset({NoticeKind.ALERT_PAPER_READY})


async def draw_alert_papers(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each by itself; None for who may see the alert no more."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    export = await tx.exports.find(notice.about)
    if notice.person is None or export is None or export.by != notice.person:
        return None
    person = await tx.people.get(notice.person)
    try:
        alert = await may_read(tx, person, export.about)
    except RuleBroken:
        return None
    return alert_paper_ready(alert, export, say=speak(person.language))
