"""Programs that send one letter to many, each a process of its own: our engine and its peers.

`plain` posts with one pooled aiohttp session and nothing else. `loop` and `gather` are botbuilder
as it comes. `ours` is the delivery engine as it is wired in the house, without its pace.

Each reads from stdin to how many it shall send, a number on a line, and writes what that took.
"""

import argparse
import asyncio
import gc
import json
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import uvloop
from botbuilder.core import TurnContext
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, ConversationReference
from yarl import URL

from bench.support.audience import conversation
from bench.support.load import NotAnswered
from bench.support.peers import Stock
from bench.support.sending import Took
from bot.authenticate import trusted_services
from bot.clock import Clock
from bot.connector import Connector, open_session
from bot.courier import TeamsCourier
from bot.credentials import fetch_for
from bot.settings import Settings
from bot.signals import Signals
from bot.wiring import open_database
from domain.delivery import Delivery, DeliveryState
from graph.tokens import Tokens
from scheduler.addressing import in_teams
from scheduler.deliver_outbox import OutboxSender
from scheduler.draw_notices import draw
from storage.database import Transaction

AT_ONCE = 64
NO_PACE = 1_000_000.0  # messages a second
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")

Send = Callable[[int], Awaitable[None]]
Opening = Callable[[argparse.Namespace], AbstractAsyncContextManager[Send]]


@asynccontextmanager
async def plain(given: argparse.Namespace) -> AsyncIterator[Send]:
    """Address, post, read the answer, and so on; the letter is written beforehand."""
    letter = given.letter.read_bytes()
    headers = {"Authorization": "Bearer bench", "Content-Type": "application/json"}
    conversations = [conversation(number) for number in range(given.most)]

    async def post_all(waiting: Iterator[str]) -> None:
        for each in waiting:
            quoted = quote(each, safe=":").replace(":", "%3A")
            url = URL(f"{given.teams}v3/conversations/{quoted}/activities", encoded=True)
            async with session.post(url, data=letter, headers=headers) as answer:
                await answer.read()
            if answer.status != HTTPStatus.CREATED:
                raise NotAnswered(f"the connector answered {answer.status}")

    async def send(count: int) -> None:
        waiting = iter(conversations[:count])
        await asyncio.gather(*(post_all(waiting) for _ in range(AT_ONCE)))

    async with open_session() as session:
        yield send


@asynccontextmanager
async def stock(given: argparse.Namespace, *, at_once: int) -> AsyncIterator[Send]:
    """Continue each conversation as the SDK's documentation says."""
    letter = Activity().deserialize(json.loads(given.letter.read_bytes()))
    adapter = Stock(
        app_id=given.app_id,
        metadata=f"{given.address}/.well-known/openid-configuration",
        issuer=given.address,
        login=given.login,
    )
    room = asyncio.Semaphore(at_once)

    async def say(context: TurnContext) -> None:
        await context.send_activity(letter)

    async def send_one(number: int) -> None:
        reference = ConversationReference(
            channel_id="msteams",
            service_url=given.teams,
            bot=ChannelAccount(id=f"28:{given.app_id}"),
            user=ChannelAccount(id=f"29:{number}"),
            conversation=ConversationAccount(id=conversation(number)),
        )
        async with room:
            await adapter.continue_conversation(reference, say, given.app_id)

    async def send(count: int) -> None:
        await asyncio.gather(*map(send_one, range(count)))

    yield send


@asynccontextmanager
async def ours(_given: argparse.Namespace) -> AsyncIterator[Send]:
    """Send what is due in the database; see `bot/wiring.py`."""
    settings, clock, wakened = Settings.from_environment(os.environ), Clock(), asyncio.Event()
    database = open_database(settings)
    await database.open()
    async with open_session() as session:
        tokens = Tokens(fetch_for(settings, session), now=clock.real)
        connector = Connector(session=session, tokens=tokens, trusts=trusted_services(settings))
        sender = OutboxSender(
            database=database,
            courier=TeamsCourier(connector),
            find=in_teams,
            draw=lambda tx, deliveries: draw(tx, deliveries, checks={}, now=clock.now()),
            not_reached=_not_reached,
            watcher=Signals(),
            wake=wakened.set,
            rate=NO_PACE,
            now=clock.now,
            real=clock.real,
            spent=connector.take_spent,
        )

        async def send(_count: int) -> None:
            wakened.set()
            while wakened.is_set():
                wakened.clear()
                await sender.run()
                await sender.idle()

        yield send
    await database.dispose()


async def _not_reached(_tx: Transaction, delivery: Delivery, state: DeliveryState) -> None:
    raise NotAnswered(f"notice {delivery.id} is {state}")


SENDERS: dict[str, Opening] = {
    "plain": plain,
    "loop": partial(stock, at_once=1),
    "gather": partial(stock, at_once=AT_ONCE),
    "ours": ours,
}


async def _measured(send: Send, count: int) -> Took:
    began, cpu = time.perf_counter(), time.process_time()
    await send(count)
    return Took(
        seconds=time.perf_counter() - began, cpu=time.process_time() - cpu, memory=_peak_mb()
    )


def _peak_mb() -> float:
    found = PEAK.search(Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 / 1e6 if found else 0.0


async def _run(given: argparse.Namespace) -> None:
    async with SENDERS[given.sender](given) as send:
        gc.freeze()  # as bot/__main__.py does, and here for all of them
        gc.set_threshold(20_000, 20, 20)
        print("ready", flush=True)
        while asked := await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(asdict(await _measured(send, int(asked)))), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sender", choices=sorted(SENDERS))
    for name in ("--app-id", "--address", "--login", "--teams"):
        parser.add_argument(name, required=True)
    parser.add_argument("--letter", type=Path, required=True, help="as JSON, for the peers")
    parser.add_argument("--most", type=int, required=True, help="recipients there are")
    given = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(given))


if __name__ == "__main__":
    main()
