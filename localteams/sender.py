"""Activities to the bot, and the patience Teams has with it."""

import json
from collections.abc import AsyncIterator
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
        self, *, bot_url: str, tokens: Tokens, wire: Wire, pulse: Pulse, patience: Patience
    ) -> None:
        self.bot_url = bot_url
        self.patience = patience
        self._tokens = tokens
        self._wire = wire
        self._pulse = pulse
        self._session: aiohttp.ClientSession

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Hold the connections to the bot; nothing can be sent outside."""
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as self._session:
            yield

    async def deliver(self, activity: Json) -> Answer | None:
        """Send an activity as often as Teams would; None when no answer ever came."""
        seconds, repeats = self.patience.with_activity(activity)
        with self._pulse.busy():
            for _ in range(1 + repeats):
                try:
                    return await self.post(self.bot_url, activity, within=seconds)
                except TimeoutError:
                    continue
                except aiohttp.ClientError:
                    return None
        return None

    async def redeliver(self, activity: object) -> Answer | None:
        """Send an activity once more, just as it was."""
        return await self._once(self.bot_url, activity)

    async def set_clock(self, *, offset_seconds: float) -> Answer | None:
        """Ask the bot to live that many seconds ahead of the clock."""
        address = str(URL(self.bot_url).with_path("/local/clock"))
        return await self._once(address, {"offset_seconds": offset_seconds})

    async def _once(self, url: str, body: object) -> Answer | None:
        try:
            with self._pulse.busy():
                return await self.post(url, body, within=self.patience.message)
        except (TimeoutError, aiohttp.ClientError):
            return None

    async def post(self, url: str, body: object, *, within: float, token: str = "") -> Answer:
        """Send once, with a token of our own unless another is given.

        :raises TimeoutError: when no answer came within so many seconds.
        :raises aiohttp.ClientError: when the bot cannot be reached.
        """
        bearer = token or self._tokens.for_the_bot()
        path = URL(url).path
        with self._wire.exchange(
            direction="to_bot", method="POST", path=path, request=body
        ) as exchange:
            async with self._session.post(
                url,
                json=body,
                headers={"Authorization": f"Bearer {bearer}"},
                timeout=aiohttp.ClientTimeout(total=within),
            ) as response:
                exchange.answer = await _body(response)
                exchange.status = response.status
        return Answer(status=response.status, body=exchange.answer)


async def _body(response: aiohttp.ClientResponse) -> object:
    text = await response.text()
    try:
        return json.loads(text) if text else None
    except json.JSONDecodeError:
        return text
