"""`python -m localgraph`: the stand-in on its own, until somebody says stop."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from localgraph.hands import Hands
from localgraph.hours import Hours
from localgraph.seeds import plant
from localgraph.server import LocalGraph, running


def main() -> None:
    parser = argparse.ArgumentParser(prog="localgraph", description=__doc__)
    parser.add_argument("--port", type=int, default=3980, help="0 is any free one")
    parser.add_argument("--people", type=Path, required=True, help="a JSON file")
    parser.add_argument(
        "--mailbox",
        action="append",
        default=[],
        help="one that the app may act for, and may be said again; every one unless told",
    )
    parser.add_argument("--clock", default="", help="an address that says `offset_seconds`")
    given = parser.parse_args()
    hours = Hours(given.clock)
    graph = LocalGraph(mailboxes=given.mailbox, now=hours.now, latency=hours.look)
    plant(graph, json.loads(given.people.read_text(encoding="utf-8")))
    asyncio.run(_run(graph, Hands(graph, look=hours.look), port=given.port))


async def _run(graph: LocalGraph, hands: Hands, *, port: int) -> None:
    stop = asyncio.Event()
    for wish in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    async with running(graph, port=port, strict=False, besides=hands.routes()):
        sys.stdout.write(f"{graph.base_url}\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    main()
