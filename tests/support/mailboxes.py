"""The mailboxes of the town, for the hour when e-mail is connected."""

from cards.shown import Shown


class Mailboxes:
    """Takes every letter, and keeps whom it was for."""

    def __init__(self) -> None:
        self.received: list[tuple[str, str]] = []

    def write(self, shown: Shown) -> bytes:
        return shown.words.encode()

    async def deliver(self, letter: bytes, *, to: str) -> str:
        self.received.append((to, letter.decode()))
        return f"mail-{len(self.received)}"
