"""What Exchange sends to people: invitations, updates, cancellations and mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from localgraph.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One thing sent to one address."""

    at: datetime
    kind: str
    """`invitation`, `update`, `cancellation` or `mail`."""
    mailbox: str
    to: str
    subject: str = field(repr=False)
    event: str | None = None
    start: datetime | None = None
    content: str = field(default="", repr=False)
    """The body of a mail, the comment of a cancellation."""
    mime: bytes | None = field(default=None, repr=False)
    attachments: Sequence[Json] = field(default=(), repr=False)
    call: int = 0
    """The number of the sending: one sending may go to many addresses."""


class Outbox:
    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._sendings = 0
        self.posts: list[Post] = []

    def send(
        self,
        kind: str,
        to: Sequence[str],
        *,
        mailbox: str,
        subject: str,
        event: str | None = None,
        start: datetime | None = None,
        content: str = "",
        mime: bytes | None = None,
        attachments: Sequence[Json] = (),
    ) -> None:
        self._sendings += 1
        for address in to:
            post = Post(
                at=self._now(),
                kind=kind,
                mailbox=mailbox,
                to=address.lower(),
                subject=subject,
                event=event,
                start=start,
                content=content,
                mime=mime,
                attachments=attachments,
                call=self._sendings,
            )
            self.posts.append(post)

    def of(self, address: str) -> list[Post]:
        return [post for post in self.posts if post.to == address.lower()]

    def kinds(self, address: str, event: str | None = None) -> list[str]:
        """Give what an address got, in order; of one event when told which."""
        return [post.kind for post in self.of(address) if event in {None, post.event}]

    def clear(self) -> None:
        self.posts.clear()

    def most_sendings_in(self, span: timedelta) -> int:
        """Give how many sendings the busiest span held; Exchange stops a mailbox at 30/min."""
        times = sorted({post.call: post.at for post in self.posts}.values())
        first = busiest = 0
        for last, time in enumerate(times):
            while times[first] <= time - span:
                first += 1
            busiest = max(busiest, last - first + 1)
        return busiest
