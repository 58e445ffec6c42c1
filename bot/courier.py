"""Sending unasked: what is to be shown, as a message to a conversation we have the address of."""

import re
from typing import Any
from uuid import UUID

from bot.connector import Connector, write
from cards.shown import Shown
from domain.delivery import Address
from storage.shown_cards import ShownCard

_ABOUT = re.compile(
    r'"(?:case|concern|group|member|action|year_plan)": ?'
    r'"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"'
)
CARD = "application/vnd.microsoft.card.adaptive"


class TeamsCourier:
    """Carries messages to Teams. When to try again is decided by whoever asked."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    def write(self, shown: Shown) -> bytes:
        return write(write_message(shown))

    async def update(self, card: ShownCard, shown: Shown) -> None:
        """Put a card in the place of one that was sent before.

        :raises NotDelivered: when Teams did not confirm it.
        """
        await self._connector.update(
            service_url=card.service_url,
            conversation=card.conversation,
            id=card.activity,
            activity=write_message(shown),
        )

    async def deliver(self, letter: bytes, *, to: Address) -> str:
        """Deliver once; see `scheduler/courier.py`."""
        return await self._connector.send(
            service_url=to.service_url,
            conversation=to.conversation_id,
            activity=letter,
            paced=True,
        )


def matters_on(written: bytes) -> frozenset[UUID]:
    """Name what the buttons of a written card are about."""
    return frozenset(map(UUID, _ABOUT.findall(written.decode())))


def write_message(shown: Shown) -> dict[str, Any]:
    """Write what is shown as an activity; a notification says its summary only (AC-OUT-05)."""
    message: dict[str, Any] = {"type": "message", "summary": shown.summary}
    if shown.card is None:
        return {**message, "text": shown.words, "textFormat": "plain"}
    return {**message, "attachments": [{"contentType": CARD, "content": shown.card}]}
