"""`dev.py run`: starts the house, prints one address, and minds the processes until Ctrl-C."""

import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from devtools.environment import ROOT, Problem, install, install_page, say
from devtools.house import House
from devtools.postgresql import postgresql

LOCAL = ROOT / ".local"
PID_FILE = LOCAL / "run.pid"
LOOK_EVERY_SECONDS = 0.5
RESTART = "r"
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(*, port: int, replicas: int, graph: bool) -> int:
    """Start everything on this machine and mind it until Ctrl-C.

    Several replicas of the bot share a PostgreSQL of their own, and a folder of their own:
    what was said to the one on SQLite stays there. So does what was said without Microsoft 365,
    whose stand-in listens at the next port.

    :raises Problem: when something does not start, or ends by itself.
    """
    began = time.monotonic()
    for number in STOPPING:
        signal.signal(number, signal.default_int_handler)
    # Only the latter has a PostgreSQL, and what the stand-in for Graph checks its calls with.
    install("check" if graph or replicas > 1 else "run")
    install_page()
    wishes = _wishes()
    with _house(port=port, replicas=replicas, graph=graph) as house:
        _run(house, wishes, began=began)
    return 0


@contextmanager
def _house(*, port: int, replicas: int, graph: bool) -> Iterator[House]:
    home = LOCAL / "microsoft365" if graph else LOCAL
    graph_port = port + 1 if graph else None
    if replicas == 1:
        yield House(home, teams_port=port, graph_port=graph_port)
        return
    folder = home / "replicas"
    with postgresql(folder / "postgresql") as url:
        yield House(
            folder, teams_port=port, graph_port=graph_port, database_url=url, replicas=replicas
        )


def _run(house: House, wishes: queue.SimpleQueue[str], *, began: float) -> None:
    try:
        house.start()
        say(f"\n  {house.address}\n")
        if house.graph_address:
            say(f"  {house.graph_address}  Outlook and Entra, by hand\n")
        say(f"Ready after {time.monotonic() - began:.1f} s.")
        say("Ctrl-C stops everything; r and Enter restarts only the bot.")
        say(f"Logs: {', '.join(_shown(house.log_file(each)) for each in house.programs)}")
        with _findable():
            _mind(house, wishes)
    except KeyboardInterrupt:
        say("Stopping …")
    finally:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        house.stop()


def restart_bot() -> None:
    """Ask the running `dev.py run` to restart its bot.

    :raises Problem: when none runs.
    """
    try:
        os.kill(int(PID_FILE.read_text()), signal.SIGUSR1)
    except (FileNotFoundError, ProcessLookupError):
        raise Problem("`dev.py run` is not running in this folder.") from None


@contextmanager
def _findable() -> Iterator[None]:
    """Let `dev.py restart-bot` find us."""
    PID_FILE.write_text(str(os.getpid()))
    try:
        yield
    finally:
        PID_FILE.unlink(missing_ok=True)


def _mind(house: House, wishes: queue.SimpleQueue[str]) -> None:
    """Carry out what is wished for, until something ends by itself."""
    while True:
        with suppress(queue.Empty):
            if wishes.get(timeout=LOOK_EVERY_SECONDS) == RESTART:
                house.restart_bot()
                say("The bot was restarted.")
        if crash := house.crashed():
            raise Problem(crash)


def _wishes() -> queue.SimpleQueue[str]:
    """Listen for what is typed, and for `dev.py restart-bot` in another window."""
    wishes: queue.SimpleQueue[str] = queue.SimpleQueue()
    signal.signal(signal.SIGUSR1, lambda *_: wishes.put(RESTART))

    def listen() -> None:
        for line in sys.stdin:
            wishes.put(line.strip())

    threading.Thread(target=listen, daemon=True).start()
    return wishes


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
