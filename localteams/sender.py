"""Activities to the bot, and the patience Teams has with it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from yarl import URL

from localteams.pulse import Pulse
from localteams.state import Json
from localteams.tokens import Tokens
from localteams.wire import Wire

DIALOGS = {"task/fetch", "task/submit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many seconds Teams waits for an answer, and how often it asks again."""

    invoke: float = 10
    dialog: float = 5
    message: float = 15
    invoke_repeats: int = 2
    message_repeats: int = 1

    def with_activity(self, activity: Json) -> tuple[float, int]:
        if activity["type"] != "invoke":
            return self.message, self.message_repeats
        seconds = self.dialog if activity.get("name") in DIALOGS else self.invoke
        return seconds, self.invoke_repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    body: object = None

    @property
    def fine(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


class Sender:
    """Sends to the bot, signed, and sends again when the bot is slow."""

    def __init__(
        self,
        *,
        bot_url: str,
        tokens: Tokens,
        wire: Wire,
        pulse: Pulse,
        patience: Patience,
        lapse: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.bot_url = bot_url
        self._patience = patience
        self._tokens = tokens
        self._wire = wire
        self._pulse = pulse
        self._lapse = lapse
        self._session: aiohttp.ClientSession

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Hold the connections to the bot; nothing can be sent outside."""
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as self._session:
            yield

    async def deliver(self, activity: Json) -> Answer | None:
        """Send an activity as often as Teams would; None when no answer ever came."""
        seconds, repeats = self._patience.with_activity(activity)
        return await self._send(self.bot_url, activity, seconds=seconds, repeats=repeats)

    async def redeliver(self, activity: object) -> Answer | None:
        """Send an activity once more, just as it was."""
        seconds = self._patience.message
        return await self._send(self.bot_url, activity, seconds=seconds, repeats=0)

    async def set_clock(self, *, offset_seconds: float) -> Answer | None:
        """Ask the bot to live that many seconds ahead of the clock."""
        address, offset = URL(self.bot_url).with_path("/local/clock"), offset_seconds
        seconds = self._patience.message
        body = {"offset_seconds": offset}
        return await self._send(str(address), body, seconds=seconds, repeats=0)

    async def post(self, url: str, body: object, *, token: str = "") -> Answer:
        """Send once, with a token of our own unless another is given.

        :raises aiohttp.ClientError: when the bot cannot be reached.
        """
        bearer = token or self._tokens.for_the_bot()
        with self._wire.exchange(
            direction="to_bot", method="POST", path=URL(url).path, request=body
        ) as exchange:
            async with self._session.post(
                url,
                json=body,
                headers={"Authorization": f"Bearer {bearer}"},
                timeout=aiohttp.ClientTimeout(total=None),
            ) as response:
                exchange.answer = await _body(response)
                exchange.status = response.status
        return Answer(status=response.status, body=exchange.answer)

    async def _send(
        self, url: str, body: object, *, seconds: float, repeats: int
    ) -> Answer | None:
        with self._pulse.busy():
            for _ in range(1 + repeats):
                attempt = asyncio.create_task(self.post(url, body))
                try:
                    if await self._in_time(attempt, seconds):
                        return attempt.result()
                except aiohttp.ClientError:
                    return None
        return None

    async def _in_time(self, attempt: asyncio.Task[Answer], seconds: float) -> bool:
        """Tell whether the bot answers before patience runs out; hang up when not."""
        lapse = asyncio.ensure_future(self._lapse(seconds))
        try:
            await asyncio.wait({attempt, lapse}, return_when=asyncio.FIRST_COMPLETED)
            return attempt.done()
        finally:
            lapse.cancel()
            attempt.cancel()


async def _body(response: aiohttp.ClientResponse) -> object:
    text = await response.text()
    try:
        return json.loads(text) if text else None
    except json.JSONDecodeError:
        return text
