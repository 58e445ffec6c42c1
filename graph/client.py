"""The way out to Microsoft Graph: its limits kept, its pauses obeyed, codes only in the log."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Final

import aiohttp

from graph.asking import Asker
from graph.batches import apart, in_batches, together
from graph.calls import (
    ENDLESS_LIST,
    HELD_BACK,
    STOPPED,
    Answer,
    Call,
    Came,
    End,
    GraphRefused,
    GraphSilent,
    GraphTrouble,
    Page,
    Sends,
)
from graph.limits import AT_ONCE, REAL_TIME, Outgoing, Slots, Timer
from graph.needs import Lane, Need
from graph.tokens import NOT_REACHED, Tokens

PAUSES: Final = (1.0, 3.0, 9.0)  # seconds before each repeat where Graph names none, less jitter
PATIENCE: Final = timedelta(seconds=30)  # a longer pause is for whoever asked to sit out
NOT_BEGUN: Final = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.FAILED_DEPENDENCY,
    }
)
NEXT: Final = "@odata.nextLink"
DELTA: Final = "@odata.deltaLink"

log = logging.getLogger(__name__)


Watch = Callable[[Need, End, timedelta], None]
Note = Callable[[Need, GraphTrouble | None], None]


def unwatched(need: Need, end: End, took: timedelta) -> None:
    """Count nothing."""


def unnoted(need: Need, trouble: GraphTrouble | None) -> None:
    """Note nothing."""


Deliver = Callable[[Sequence[Call]], Awaitable[list[Came]]]


class Graph:
    """Calls Graph as the bot itself.

    Every method keeps to at most four calls at once per service, leaves a service alone for as
    long as its `Retry-After` says, and repeats what may be repeated a bounded number of times.

    :param base: Graph's address with its version, such as `https://graph.microsoft.com/v1.0`.
    :param watch: hears how every request ended, and how long it took.
    :param note: hears what came of every call at last; None is that it was done.
    """

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        base: str,
        watch: Watch = unwatched,
        note: Note = unnoted,
        timer: Timer = REAL_TIME,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._asker = Asker(session=session, tokens=tokens, base=base)
        self._watch = watch
        self._note = note
        self._timer = timer
        self._jitter = jitter
        self._slots = {lane: Slots(timer) for lane in Lane}
        self._outgoing = Outgoing(timer)
        self._under_way: set[asyncio.Future[Came]] = set()
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Wait for nothing more: whoever waits hears at once that nobody knows what came of it."""
        self._stopped.set()
        for each in self._under_way:
            each.cancel()

    async def call(self, call: Call) -> Answer:
        """Call once, and again where that can help and do no harm.

        :raises GraphRefused: when Graph or Entra said no.
        :raises GraphSilent: when nobody knows whether it was done.
        """
        (came,) = await self._settle([call], self._alone)
        if isinstance(came, GraphTrouble):
            raise came
        return came

    async def batch(self, calls: Sequence[Call]) -> list[Came]:
        """Send calls together, 20 at a time, and give what came of each, in their order.

        A part that failed is among the answers and raises nothing; only failed parts are repeated.

        :raises ValueError: when they are of different services.
        """
        return [
            came for part in in_batches(calls) for came in await self._settle(part, self._at_once)
        ]

    async def pages(self, call: Call) -> AsyncIterator[Page]:
        """Read a list page after page, on Graph's own host only.

        :raises GraphRefused: also when a link leads elsewhere (code `foreignLink`) or in a circle
            (`endlessList`).
        :raises GraphSilent: when a page did not come.
        """
        followed: set[str] = set()
        following = call
        while following.path not in followed:
            followed.add(following.path)
            body = (await self.call(following)).body
            items, link = body.get("value"), str(body.get(NEXT, ""))
            yield Page(
                items=[each for each in items if isinstance(each, dict)]
                if isinstance(items, list)
                else [],
                delta_link=str(body.get(DELTA, "")),
            )
            if not link:
                return
            following = Call(need=call.need, method="GET", path=link, headers=call.headers)
        raise GraphRefused(need=call.need, codes=[ENDLESS_LIST])

    async def _settle(self, calls: Sequence[Call], deliver: Deliver) -> list[Came]:
        """Deliver, and deliver what failed again, until it is done or no more use."""
        came: dict[int, Came] = {}
        waiting = dict(enumerate(calls))
        for pause in (*PAUSES, None):
            came.update(zip(waiting, await deliver([*waiting.values()]), strict=True))
            waiting = {at: call for at, call in waiting.items() if _may_help(call, came[at])}
            if not waiting or pause is None or self._stopped.is_set():
                break
            if not any(_is_told_to_wait(came[at]) for at in waiting):
                await self._timer.sleep(pause * (0.5 + 0.5 * self._jitter()))
        for at, call in enumerate(calls):
            self._conclude(call, came[at])
        return [came[at] for at in range(len(calls))]

    def _conclude(self, call: Call, came: Came) -> None:
        if isinstance(came, Answer):
            self._note(call.need, None)
            return
        self._note(call.need, came)
        log.warning(
            "graph said no",
            extra={
                "need": call.need.service,
                "status": came.status,
                "code": came.code,
                "request_id": came.request_id,
            },
        )

    async def _alone(self, calls: Sequence[Call]) -> list[Came]:
        return [await self._unless_stopped(call, parts=calls) for call in calls]

    async def _at_once(self, calls: Sequence[Call]) -> list[Came]:
        came = await self._unless_stopped(together(calls), parts=calls)
        if isinstance(came, Answer):
            return [self._heed(each) for each in apart(calls, came.body)]
        return [_as_of(call, came) for call in calls]

    async def _unless_stopped(self, call: Call, *, parts: Sequence[Call]) -> Came:
        if self._stopped.is_set():
            return GraphRefused(need=call.need, codes=[STOPPED])
        asking = asyncio.ensure_future(self._request(call, parts=parts))
        self._under_way.add(asking)
        asking.add_done_callback(self._under_way.discard)
        try:
            return await asking
        except asyncio.CancelledError:
            if not self._stopped.is_set():
                raise
            return GraphSilent(need=call.need, codes=[STOPPED])

    async def _request(self, call: Call, *, parts: Sequence[Call]) -> Came:
        """Wait for our turn, and ask.

        :param parts: the calls that travel in it.
        """
        slots = self._slots[call.need.lane]
        waits = sum(each.sends is Sends.IN_TURN for each in parts)
        hurries = sum(each.sends is Sends.AT_ONCE for each in parts)
        async with self._outgoing.turn(waits), slots.taken(min(len(parts), AT_ONCE)):
            while (closed := slots.opens_in) > timedelta():
                if call.hurried or closed > PATIENCE:
                    return _held_back(call, closed)
                await self._timer.sleep(closed.total_seconds())
            self._outgoing.leave(waits + hurries)
            began = self._timer.seconds()
            came = self._heed(await self._asker.ask(call))
            self._watch(call.need, _end(came), timedelta(seconds=self._timer.seconds() - began))
            return came

    def _heed(self, came: Came) -> Came:
        """Close the service that asks us to wait."""
        if isinstance(came, GraphTrouble) and came.retry_after is not None:
            self._slots[came.need.lane].close(came.retry_after)
        return came


def _may_help(call: Call, came: Came) -> bool:
    """Whether to try again: what was not begun may, what may have been done only if it can."""
    if isinstance(came, Answer) or call.hurried:
        return False
    if (came.retry_after or timedelta()) > PATIENCE:
        return False
    if isinstance(came, GraphSilent):
        return call.repeatable
    return came.status in NOT_BEGUN or came.code == NOT_REACHED


def _is_told_to_wait(came: Came) -> bool:
    return isinstance(came, GraphTrouble) and came.retry_after is not None


def _held_back(call: Call, closed: timedelta) -> GraphRefused:
    return GraphRefused(
        need=call.need,
        status=HTTPStatus.TOO_MANY_REQUESTS,
        codes=[HELD_BACK],
        retry_after=closed,
    )


def _as_of(call: Call, came: GraphTrouble) -> GraphTrouble:
    """Say of a part what is true of the whole."""
    return type(came)(
        need=call.need,
        status=came.status,
        codes=came.codes,
        retry_after=came.retry_after,
        request_id=came.request_id,
    )


def _end(came: Came) -> End:
    if isinstance(came, Answer):
        return End.DONE
    if isinstance(came, GraphSilent):
        return End.SILENT
    if came.status == HTTPStatus.TOO_MANY_REQUESTS:
        return End.THROTTLED
    return End.REFUSED if came.status else End.NOT_SENT
