"""The stand-in put together: an aiohttp app, and a person's hands for tests."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from aiohttp import web

from localteams import drawn, files
from localteams.activities import Envelope
from localteams.acts import Acts, Pressed
from localteams.connector import Connector
from localteams.faults import Faults
from localteams.latency import Latency
from localteams.limits import Limits
from localteams.news import News
from localteams.page_api import PageApi, refusals
from localteams.panel_api import PanelApi
from localteams.pulse import Pulse
from localteams.sender import Patience, Sender
from localteams.service import Service
from localteams.state import Conversation, Directory, Json, Message
from localteams.store import Store
from localteams.tally import Tally
from localteams.tokens import Key, Tokens
from localteams.traffic_api import TrafficApi
from localteams.wire import Wire
from localteams.world import World

BODY_AT_MOST = 8 * 1024 * 1024


class LocalTeams:
    """One Teams with one bot. Use `async with running(LocalTeams(...)) as teams`."""

    def __init__(
        self,
        *,
        directory: Directory,
        app_id: str,
        tenant_id: str,
        bot_url: str = "",
        secret: str | None = None,
        key: Key | None = None,
        state_file: Path | None = None,
        patience: Patience | None = None,
        lapse: Callable[[float], Awaitable[None]] = asyncio.sleep,
        limits: Limits | None = None,
        latency: Latency | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.tenant_id = tenant_id
        self.world = World(directory, app_id=app_id, now=now)
        self.tokens = Tokens(app_id=app_id, secret=secret, key=key)
        self.faults = Faults()
        self.wire = Wire()
        self.pulse = Pulse()
        self.sender = Sender(
            bot_url=bot_url,
            tokens=self.tokens,
            wire=self.wire,
            pulse=self.pulse,
            patience=patience or Patience(),
            lapse=lapse,
        )
        self.acts = Acts(
            self.world,
            self.sender,
            Envelope(world=self.world, tokens=self.tokens, tenant_id=tenant_id),
        )
        self.limits = limits or Limits()
        self.latency = latency or Latency()
        self.tally = Tally()
        self._store = None if state_file is None else Store(state_file, self.world)
        self.world.watchers.append(lambda _: self.pulse.beat())

    @property
    def base_url(self) -> str:
        """Where the stand-in listens; it is also the issuer of its tokens."""
        return self.tokens.issuer

    @property
    def service_url(self) -> str:
        return self.tokens.service_url

    def app(self) -> web.Application:
        app = web.Application(middlewares=[refusals], client_max_size=BODY_AT_MOST)
        connector = Connector(
            service=Service(self.world, self.tokens, tenant_id=self.tenant_id),
            tokens=self.tokens,
            limits=self.limits,
            latency=self.latency,
            tally=self.tally,
            faults=self.faults,
            wire=self.wire,
            pulse=self.pulse,
        )
        page = PageApi(
            self.world,
            self.acts,
            tokens=self.tokens,
            tenant_id=self.tenant_id,
            bot_url=self.sender.bot_url,
        )
        news = News(self.world)
        panel = PanelApi(
            world=self.world,
            tokens=self.tokens,
            sender=self.sender,
            wire=self.wire,
            faults=self.faults,
        )
        traffic = TrafficApi(limits=self.limits, latency=self.latency, tally=self.tally)
        for part in (connector, page, news, panel, traffic, files):
            app.add_routes(part.routes())

        async def let_go(_: web.Application) -> None:
            connector.close()
            news.close()

        app.on_shutdown.append(let_go)
        app.cleanup_ctx.append(self._keep)
        return app

    async def _keep(self, _: web.Application) -> AsyncIterator[None]:
        if self._store is not None:
            self._store.load()
            self.world.watchers.append(self._store.changed)
        async with self.sender.opened():
            yield
        if self._store is not None:
            self._store.save()

    # a person's hands

    def personal(self, aad_id: str) -> Conversation:
        """Give the person's own chat with the bot."""
        return self.world.personal(aad_id)

    def messages(self, conversation: Conversation | str) -> list[Message]:
        if isinstance(conversation, str):
            conversation = self.world.conversation(conversation)
        return list(conversation.messages)

    async def opens(self, aad_id: str) -> list[Message]:
        """Open the personal chat (the first time installs the app); give the bot's messages."""
        before = self._from_bot(self.personal(aad_id))
        personal = await self.acts.open(aad_id)
        return self._from_bot(personal)[len(before) :]

    async def says(
        self,
        aad_id: str,
        text: str,
        *,
        where: Conversation | None = None,
        thread: str | None = None,
    ) -> list[Message]:
        """Write something, in the personal chat unless told otherwise; give the bot's answers.

        :raises NoAnswer: when the bot did not take the message.
        """
        conversation = where or await self.acts.open(aad_id)
        before = self._from_bot(conversation)
        said = await self.acts.say(aad_id, text, conversation=conversation, thread=thread)
        if said.error:
            raise NoAnswer(said.error)
        return self._from_bot(conversation)[len(before) :]

    async def presses(
        self,
        aad_id: str,
        message: Message | str,
        verb: str,
        given: Json | None = None,
        *,
        card: Json | None = None,
    ) -> Pressed:
        """Press the button with this verb; `given` is what is typed into the card first.

        `card` is what the person sees, when that is older than what the message now holds.
        :raises NotOnTheCard: when the person sees no such button.
        """
        found = message if isinstance(message, Message) else self.world.message(message)
        seen = card or found.card_for(aad_id) or {}
        return await self.acts.press(aad_id, found, drawn.press(seen, verb, given))

    async def receives(
        self,
        aad_id: str,
        containing: str = "",
        *,
        where: Conversation | None = None,
        after: Message | None = None,
        within: float = 10,
    ) -> Message:
        """Wait for a message from the bot with these words, on its card or beside it.

        `within` is in seconds. :raises TimeoutError: when it never came.
        """
        conversation = where or self.personal(aad_id)

        def found() -> Message | None:
            for message in self._from_bot(conversation):
                later = after is None or int(message.id) > int(after.id)
                if later and containing in read_aloud(message, aad_id):
                    return message
            return None

        return await self.pulse.until(found, within=within)

    async def settled(self, *, within: float = 10) -> None:
        """Wait until nothing is under way between Teams and the bot, in either direction."""
        await self.pulse.until(lambda: True if self.pulse.under_way == 0 else None, within=within)

    def _from_bot(self, conversation: Conversation) -> list[Message]:
        return [message for message in conversation.messages if message.sender is None]


class NoAnswer(Exception):
    """The bot did not take what was sent to it."""


def read_aloud(message: Message, aad_id: str) -> str:
    """Everything the person reads: the text, and the words on the card."""
    card = message.card_for(aad_id)
    return message.text if card is None else f"{message.text}\n{drawn.words(card)}"


@asynccontextmanager
async def running(teams: LocalTeams, *, port: int = 0) -> AsyncIterator[LocalTeams]:
    """Let the stand-in listen on this machine only; any free port unless told which."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        teams.tokens.issuer = f"http://127.0.0.1:{listener.getsockname()[1]}"
        runner = web.AppRunner(teams.app(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            yield teams
        finally:
            await runner.cleanup()
