"""Who carries what we say unasked: Teams, later e-mail, and in tests a fake one."""

from datetime import timedelta
from typing import Protocol, TypeVar

from cards.shown import Shown
from domain.notices import NoticeKind, Tier

To_contra = TypeVar("To_contra", contravariant=True)


class Courier(Protocol[To_contra]):
    """One way to reach people: Teams to an `Address`, e-mail to a mailbox (BER-16)."""

    def write(self, shown: Shown) -> bytes:
        """Write the letter; the same for everybody who is shown the same."""
        ...

    async def deliver(self, letter: bytes, *, to: To_contra) -> str:
        """Deliver once, without trying again; give the id the message got.

        :raises NotDelivered: when it was not confirmed that it was taken.
        """
        ...


class Watcher(Protocol):
    """Who counts how the sending goes; it learns codes and durations, nothing else."""

    def delivered(self, kind: NoticeKind, tier: Tier, late: timedelta) -> None:
        """Count a delivery, and how long after it was due."""
        ...

    def ended(self, result: str) -> None:
        """Count a try by its result."""
        ...

    def throttled(self, paused_for: timedelta) -> None:
        """Count a refusal for being too fast."""
        ...
