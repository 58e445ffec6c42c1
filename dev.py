"""The newcomer's two commands and their friends: `run`, `test`, `bench` and more."""

import sys

if sys.version_info < (3, 11):
    sys.exit("This needs Python 3.11 or newer; `python3 --version` tells which one you have.")

import argparse

from devtools.benching import bench
from devtools.criteria import criteria
from devtools.environment import Problem, call, install, make_locks, python
from devtools.running import restart_bot, run
from devtools.testing import test


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)

    running = commands.add_parser("run", help="start the bot and the stand-in for Teams")
    running.add_argument("--port", type=int, default=3979, help="where the page is")
    running.add_argument("--replicas", type=int, default=1, help="so many bots, on PostgreSQL")
    running.add_argument(
        "--graph", action="store_true", help="with a stand-in for Microsoft 365, one port up"
    )
    running.set_defaults(act=run)

    restarting = commands.add_parser("restart-bot", help="restart the bot of a running `run`")
    restarting.set_defaults(act=restart_bot)

    testing = commands.add_parser("test", help="check everything that CI checks")
    testing.add_argument("names", nargs="*", help="only these stages")
    testing.add_argument("--fast", action="store_true", help="only what takes seconds")
    testing.add_argument("--skip", action="append", default=[], metavar="NAME")
    testing.set_defaults(act=test)

    benching = commands.add_parser("bench", help="measure, and compare with the goals")
    benching.add_argument("name", help="a file in bench/")
    benching.add_argument("--quick", action="store_true", help="fewer rounds")
    benching.set_defaults(act=bench)

    formatting = commands.add_parser("fmt", help="format the code and mend what can be mended")
    formatting.set_defaults(act=_format)

    locking = commands.add_parser("lock", help="lock the newest packages that pyproject allows")
    locking.set_defaults(act=make_locks)

    listing = commands.add_parser("criteria", help="list which tests prove which criterion")
    listing.set_defaults(act=criteria)

    asked = vars(parser.parse_args())
    act = asked.pop("act")
    try:
        return int(act(**asked) or 0)
    except Problem as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        return 130


def _format() -> None:
    install("check")
    call(python(), "-m", "ruff", "format", ".")
    call(python(), "-m", "ruff", "check", "--fix", ".")


if __name__ == "__main__":
    sys.exit(main())
