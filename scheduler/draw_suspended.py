"""What a notice says that interrupts a drill, because something is real (BER-64)."""

from collections.abc import Sequence

from cards import alerts as cards
from cards.shown import Shown
from cards.words import speak
from domain.delivery import Delivery
from scheduler.draw_delivery import receivers
from storage.database import Transaction


async def draw_suspended(
    tx: Transaction, deliveries: Sequence[Delivery]
) -> Sequence[Shown | None]:
    """Draw each for who takes part in the drill; None when it has gone on, or has ended."""
    found = [await tx.alerts.find(each.notice.about) for each in deliveries]
    people = await receivers(tx, deliveries)
    return [
        None
        if person is None or alert is None or not alert.is_open or alert.suspended_by is None
        else cards.suspended(alert, say=speak(person.language))
        for alert, person in zip(found, people, strict=True)
    ]
