"""Who carries what we say unasked: Teams, and in tests a fake one."""

from typing import Protocol

from cards.shown import Shown
from domain.delivery import Address


class Courier(Protocol):
    async def deliver(self, shown: Shown, *, to: Address) -> str:
        """Deliver once, without trying again; give the id the message got.

        :raises NotDelivered: when Teams did not confirm that it took it.
        """
        ...
