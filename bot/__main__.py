"""Start the bot, or do one of an operator's errands: `python -m bot [errand]`."""

import argparse
import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from pathlib import Path

import uvloop

from bot import logs
from bot.audit_errands import AuditRefused, accept_audit, trim_audit, verify_audit
from bot.check_microsoft import MicrosoftRefused, check_microsoft
from bot.clock import Clock
from bot.errands import opened
from bot.heartbeat import heartbeat
from bot.lifeline import grasp
from bot.register_errands import RegisterRefused, load_register, save_register
from bot.replicas import ReplicasRefused, keep
from bot.settings import Settings, SettingsProblem
from bot.web import serve
from bot.wiring import open_house
from domain.errors import RuleBroken
from storage.database import NotReady
from storage.migrate import upgrade
from storage.rotation import rotate
from storage.vault import KeyRefused

log = logging.getLogger("bot")

Errand = Callable[[Settings, argparse.Namespace], Coroutine[None, None, None]]


async def _run(settings: Settings, asked: argparse.Namespace) -> None:
    if asked.replicas > 1:
        await keep(asked.replicas, settings=settings)
    else:
        await _serve(settings, asked)


async def _serve(settings: Settings, asked: argparse.Namespace) -> None:
    stopping = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    clock = Clock()
    lifeline = None
    if asked.lifeline is not None:
        lifeline = await grasp(asked.lifeline, clock=clock, cut=stopping.set)
    async with (
        open_house(settings, clock=clock, replica=asked.replica) as house,
        serve(
            house.app, host=settings.host, port=settings.port, reuse_port=asked.replica > 0
        ) as port,
        heartbeat(settings) if asked.lifeline is None else nullcontext(),
    ):
        _sweep_less()
        log.info("ready", extra={"port": port})
        if lifeline is not None:
            lifeline.ready()
        await stopping.wait()
    log.info("stopped")


def _sweep_less() -> None:
    """Let the collector leave alone what is loaded now, and look less often at what a turn makes.

    A turn makes few cycles: at Python's own pace a tenth of its CPU went into looking for them.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def _migrate(settings: Settings, _: argparse.Namespace) -> None:
    await upgrade(settings.database_url)


async def _rotate(settings: Settings, _: argparse.Namespace) -> None:
    async with opened(settings) as database:
        report = await rotate(database)
    log.info("keys rotated", extra={"report": str(report)})


_REFUSALS = (
    SettingsProblem,
    KeyRefused,
    NotReady,
    ReplicasRefused,
    RuleBroken,
    AuditRefused,
    RegisterRefused,
    MicrosoftRefused,
    ValueError,
)
ERRANDS: dict[str, Errand] = {
    "run": _run,
    "migrate": _migrate,
    "load": load_register,
    "save": save_register,
    "rotate-keys": _rotate,
    "verify-audit": verify_audit,
    "accept-audit": accept_audit,
    "trim-audit": trim_audit,
    "check-microsoft": check_microsoft,
}


def _number(said: str) -> int:
    value = int(said)
    if value < 1:
        raise ValueError
    return value


def main() -> int:
    """Do what the command line asks for; whatever is in the way is said in plain words."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("errand", nargs="?", default="run", choices=ERRANDS)
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="for load and save: the register, a YAML file or a folder of CSV files; "
        "for verify-audit: anchors",
    )
    parser.add_argument(
        "--accept-unserved-areas",
        action="store_true",
        help="for load: areas without a group go to the Secretariat's triage (AREA-3)",
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help="for load: change the register as the difference says; "
        "for check-microsoft: send a mail from the mailbox to itself",
    )
    parser.add_argument(
        "--replicas",
        type=_number,
        default=1,
        metavar="N",
        help="for run: so many processes on one port, begun again when they die (PostgreSQL)",
    )
    parser.add_argument(
        "--replica",
        type=_number,
        default=0,
        metavar="K",
        help="for run: be number K of several that somebody else starts",
    )
    parser.add_argument("--lifeline", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    logs.set_up(replica=asked.replica)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(ERRANDS[asked.errand](Settings.from_environment(), asked))
    except _REFUSALS as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
