"""Which messages in Teams show something of a matter, and those that are to be taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conflicts import insert
from storage.life_rows import recalls, shown_cards


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCard:
    """A message of ours: where it is, and what it is called there."""

    conversation: str
    activity: str
    service_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """A message that is to be taken back, for the so-many-th time."""

    id: int
    card: ShownCard
    attempts: int


class ShownCards:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(
        self, shown: Sequence[tuple[ShownCard, Collection[UUID]]], *, at: datetime
    ) -> None:
        """Note what each message shows something of: ids, never what."""
        rows = [
            {
                "conversation": card.conversation,
                "activity": card.activity,
                "service_url": card.service_url,
                "matter": matter,
                "at": at,
            }
            for card, matters in shown
            for matter in matters
        ]
        if rows:
            await self._connection.execute(insert(shown_cards).on_conflict_do_nothing(), rows)

    async def showing(self, matter: UUID) -> list[ShownCard]:
        """List the messages that show something of it, the oldest first."""
        rows = await self._connection.execute(
            select(shown_cards)
            .where(shown_cards.c.matter == matter)
            .order_by(shown_cards.c.at, shown_cards.c.conversation, shown_cards.c.activity)
        )
        return [
            ShownCard(
                conversation=row.conversation,
                activity=row.activity,
                service_url=row.service_url,
            )
            for row in rows
        ]

    async def claim_recalls(
        self, *, now: datetime, lease: timedelta, at_most: int
    ) -> list[Recall]:
        """Take on some of what is to be taken back, so that no other replica does."""
        rows = await self._connection.execute(
            select(recalls)
            .where(recalls.c.next_at <= now)
            .order_by(recalls.c.next_at, recalls.c.id)
            .limit(at_most)
            .with_for_update(skip_locked=True)
        )
        found = [
            Recall(
                id=row.id,
                card=ShownCard(
                    conversation=row.conversation,
                    activity=row.activity,
                    service_url=row.service_url,
                ),
                attempts=row.attempts + 1,
            )
            for row in rows
        ]
        if found:
            await self._connection.execute(
                update(recalls)
                .where(recalls.c.id.in_([each.id for each in found]))
                .values(next_at=now + lease, attempts=recalls.c.attempts + 1)
            )
        return found

    async def recalled(self, ids: Collection[int]) -> None:
        """Forget messages that are gone, or that we give up on."""
        await self._connection.execute(delete(recalls).where(recalls.c.id.in_(ids)))
