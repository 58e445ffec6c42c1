"""BenchTeams in a process of its own, so that it and what sends to it have a core each.

`python -m bench.support.standin` prints its addresses as JSON and runs until its stdin closes.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import uvloop
from aiohttp import web

from bench.support.doors import Doors
from bench.support.teams import BenchTeams
from localteams.latency import Latency, Span
from localteams.limits import Limits
from localteams.traffic_api import TrafficApi

ROOT = Path(__file__).parents[2]
ADDRESSES = ("address", "login", "service_url", "certificate")


class StandIn(Doors):
    """A BenchTeams elsewhere on this machine, asked over HTTP.

    Instants are seconds on the monotonic clock, which all processes of the machine share.
    """

    def __init__(
        self, *, app_id: str, addresses: Mapping[str, str], session: aiohttp.ClientSession
    ) -> None:
        super().__init__(app_id=app_id)
        for name in ADDRESSES:
            setattr(self, name, addresses[name])
        self._bearer = addresses["bearer"]
        self._session = session

    def bearer(self) -> str:
        return self._bearer

    async def set(self, *, per_second: int | None, latency: str | None) -> None:
        """Set what it lets the bot do in any second, and how long it takes to answer."""
        await self._ask("POST", "traffic", {"per_second": per_second, "latency": latency})

    async def figures(self) -> dict[str, Any]:
        """Read what `localteams.tally.Tally.figures` says."""
        return await self._ask("GET", "figures")

    async def conversations(self) -> dict[str, Any]:
        """Read when the unasked sends to each conversation arrived."""
        return await self._ask("GET", "figures/conversations")

    async def letters(self) -> dict[str, Any]:
        """Read `answers` and `marked` (how many) and `first` (confirmed when) of conversations,
        and when messages were `replied` to.
        """
        return await self._ask("GET", "letters")

    async def letter(self, conversation: str) -> dict[str, Any]:
        """Read the last letter of a conversation."""
        return await self._ask("GET", f"letter?conversation={quote(conversation)}")

    async def forget(self) -> None:
        """Begin to count anew."""
        await self._ask("DELETE", "letters")

    async def _ask(self, method: str, what: str, body: object = None) -> dict[str, Any]:
        url = f"{self.address}/local/{what}"
        async with self._session.request(method, url, json=body) as answer:
            answer.raise_for_status()
            return dict(await answer.json())


@asynccontextmanager
async def apart(
    *,
    app_id: str,
    session: aiohttp.ClientSession,
    per_second: int | None = None,
    latency: str | None = None,
    keep: bool = False,
    marks: bool = False,
) -> AsyncIterator[StandIn]:
    """Run a BenchTeams on whatever core `bench.support.programs.running` does not use."""
    command = [
        *(sys.executable, "-m", "bench.support.standin", "--app-id", app_id),
        *(["--per-second", str(per_second)] if per_second else []),
        *(["--latency", latency] if latency else []),
        *(["--keep"] if keep else []),
        *(["--marks"] if marks else []),
    ]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe)
    try:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process was started without its pipes")
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(process.pid, cores - {max(cores)} or cores)
        addresses = json.loads(await process.stdout.readline())
        yield StandIn(app_id=app_id, addresses=addresses, session=session)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _app(teams: BenchTeams) -> web.Application:
    """Build what a bench asks the stand-in in another process."""
    app = teams.app()
    traffic = TrafficApi(limits=teams.limits, latency=teams.latency, tally=teams.tally)

    async def letters(_request: web.Request) -> web.Response:
        return web.json_response(
            {
                "answers": teams.answers,
                "marked": teams.marked,
                "first": teams.first,
                "replied": teams.replied,
            }
        )

    async def forget(_request: web.Request) -> web.Response:
        teams.forget()
        return web.json_response({"ok": True})

    app.add_routes(
        [
            *traffic.routes(),
            web.get("/local/letters", letters),
            web.delete("/local/letters", forget),
        ]
    )
    return app


async def _run(given: argparse.Namespace) -> None:
    """Listen until told to stop, or until whoever started us is gone."""
    teams = BenchTeams(
        app_id=given.app_id,
        limits=Limits(per_thread={}, per_second=given.per_second),
        latency=Latency(given.latency, seed=given.seed),
        keep=given.keep,
        marks=given.marks,
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_reader(sys.stdin, stop.set)
    async with teams.listening(_app(teams)):
        addresses = {name: getattr(teams, name) for name in ADDRESSES}
        sys.stdout.write(json.dumps({**addresses, "bearer": teams.bearer()}) + "\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--app-id", required=True)
    parser.add_argument("--per-second", type=int, help="a ceiling on all requests together")
    parser.add_argument("--latency", type=Span.read, metavar="0.15-0.25", help="seconds")
    parser.add_argument("--seed", type=int, default=1, help="of the latencies")
    parser.add_argument("--keep", action="store_true", help="keep each conversation's last letter")
    parser.add_argument("--marks", action="store_true", help="count letters that repeat")
    given = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(given))


if __name__ == "__main__":
    main()
