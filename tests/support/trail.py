"""What has been audited, as a test wants to see it."""

from domain.people import PersonId
from domain.trail import ABOUT_CHECKS, ABOUT_TRAIL, Event, read
from storage.database import Transaction


async def audited(
    tx: Transaction, *, action: str | None = None, actor: PersonId | None = None
) -> list[Event]:
    """List the events, in order, of one action or actor; without those about the trail itself."""
    events = [read(each.event).event for each in await tx.audit.after(0, at_most=100_000)]
    return [
        each
        for each in events
        if each.about not in {ABOUT_TRAIL, ABOUT_CHECKS}
        and action in {None, each.action}
        and actor in {None, each.actor}
    ]
