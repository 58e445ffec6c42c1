"""`python -m localteams`: the stand-in on its own, for people and for their bot."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from localteams.latency import Latency, Span
from localteams.limits import PER_SECOND, Limits
from localteams.server import LocalTeams, running
from localteams.state import Directory


def main() -> None:
    given = _arguments()
    directory = Directory.read(json.loads(given.people.read_text(encoding="utf-8")))
    teams = LocalTeams(
        directory=directory,
        app_id=given.app_id,
        tenant_id=given.tenant,
        bot_url=given.bot,
        state_file=given.state,
        limits=Limits(per_second=given.per_second or None),
        latency=Latency(given.latency),
    )
    asyncio.run(_run(teams, port=given.port, install_all=given.installed == "all"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="localteams", description=__doc__)
    parser.add_argument("--port", type=int, default=3979)
    parser.add_argument("--bot", required=True, help="the bot's address for activities")
    parser.add_argument("--app-id", required=True)
    parser.add_argument("--tenant", required=True)
    parser.add_argument("--people", type=Path, required=True, help="a JSON file")
    parser.add_argument("--state", type=Path, help="a file that keeps the chats")
    parser.add_argument("--installed", choices=["all", "opened"], default="opened")
    parser.add_argument(
        "--latency", type=Span.read, metavar="0.15-0.25", help="seconds until Teams answers"
    )
    parser.add_argument(
        "--per-second",
        type=int,
        default=PER_SECOND,
        help="requests the app may make in any second; 0 is no ceiling",
    )
    return parser.parse_args()


async def _run(teams: LocalTeams, *, port: int, install_all: bool) -> None:
    """Listen until somebody says stop."""
    stop = asyncio.Event()
    for wish in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    async with running(teams, port=port):
        sys.stdout.write(f"{teams.base_url}\n")
        sys.stdout.flush()
        installing = asyncio.create_task(teams.acts.install_everywhere()) if install_all else None
        await stop.wait()
        if installing is not None:
            installing.cancel()


if __name__ == "__main__":
    main()
