"""Free ports for the processes that people, tests and benches start."""

import atexit
import socket
from collections.abc import Iterator
from functools import cache
from itertools import cycle

from devtools.environment import Problem

PORTS = range(12_000, 32_000)
"""Below those that systems give to who only calls out."""
BLOCK = 2_000


def free_port() -> int:
    """Find a port nobody listens on, and that no other process of ours is about to listen on.

    Raises `Problem` when every block of ports is taken.
    """
    _, ports = _own_block()
    return next(port for port in ports if _bound(port))


@cache
def _own_block() -> tuple[socket.socket, Iterator[int]]:
    """Take a block of ports: it belongs to the process that keeps its first port bound."""
    for first in PORTS[::BLOCK]:
        guard = socket.socket()
        try:
            guard.bind(("127.0.0.1", first))
        except OSError:
            guard.close()
        else:
            atexit.register(guard.close)
            return guard, cycle(range(first + 1, first + BLOCK))
    raise Problem("no free ports: too many of our processes run on this machine")


def _bound(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
