"""The file of anchors: lines are added to it, and nothing else; outside the database."""

import os
from collections.abc import Sequence
from pathlib import Path


def add_line(file: Path, line: str) -> None:
    """Add a line, and see it on the disk. It is written at one go, so that replicas may share.

    :raises OSError: when it cannot be written.
    """
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lines_of(file: Path) -> Sequence[str]:
    """Return its lines; none when there is no file yet.

    :raises OSError: when it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
