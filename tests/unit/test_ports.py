"""Ports that processes side by side find (devtools/ports.py)."""

import subprocess
import sys

from devtools.ports import BLOCK, PORTS, free_port

FIND = "from devtools.ports import free_port; print(free_port(), flush=True); input()"


def test_two_processes_find_ports_of_different_blocks() -> None:
    ours = free_port()
    other = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", FIND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    theirs, _ = other.communicate("\n")
    assert block(ours) != block(int(theirs.splitlines()[0]))


def test_a_process_finds_another_port_each_time() -> None:
    found = [free_port() for _ in range(20)]
    assert len(set(found)) == len(found)


def block(port: int) -> int:
    return PORTS.index(port) // BLOCK
