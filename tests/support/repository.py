"""The repository as the architecture tests see it: the files that are kept in it."""

import subprocess
from functools import cache
from pathlib import Path

from devtools.environment import ROOT

__all__ = ["ROOT", "python_files", "shown", "text_files", "tracked_files"]


@cache
def tracked_files() -> tuple[Path, ...]:
    """List every file that git keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(file for file in files if file.is_file())


@cache
def text_files() -> dict[Path, str]:
    """Read every kept file that is text."""
    texts = {}
    for file in tracked_files():
        content = file.read_bytes()
        if b"\0" not in content:
            texts[file] = content.decode("utf-8")
    return texts


def python_files() -> dict[Path, str]:
    """Read every kept Python file."""
    return {file: text for file, text in text_files().items() if file.suffix == ".py"}


def shown(file: Path) -> str:
    """Name a file as it is named in the repository."""
    return file.relative_to(ROOT).as_posix()
