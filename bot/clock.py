"""What time it is, and locally what time we pretend it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """The house's hour. It is only ever moved by the local stand-in's side panel.

    `real` is what tokens and timestamps are judged by: moving the clock must
    not make an old token good or a good one old.
    """

    def __init__(self, read: Callable[[], datetime] = utc_now) -> None:
        self._read = read
        self._offset = timedelta()
        self._tell: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Tell the hour deadlines and notices live by, in UTC."""
        return self._read() + self._offset

    def real(self) -> datetime:
        """Tell the true hour in UTC, however the clock was moved."""
        return self._read()

    @property
    def offset(self) -> timedelta:
        """How far it stands from the true hour."""
        return self._offset

    def move(self, offset: timedelta) -> None:
        """Stand this far from the true hour from now on."""
        self._offset = offset
        for tell in self._tell:
            tell()

    def when_moved(self, tell: Callable[[], None]) -> None:
        """Name one more who must know that the hour has changed."""
        self._tell.append(tell)
