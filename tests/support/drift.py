"""The administrators' guide as the tests read it: its pages, and the blocks one copies from it."""

import asyncio
import re
import shutil
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.repository import ROOT

FOLDER = ROOT / "docs" / "drift"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PATIENCE = 120  # seconds


@dataclass(frozen=True, kw_only=True)
class Block:
    """Commands to copy. `name` is what its first line says of it."""

    page: str
    language: str
    text: str

    @property
    def name(self) -> str:
        return self.text.partition("\n")[0].lstrip("#- ")


def pages() -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.md"))}


def blocks(language: str) -> list[Block]:
    return [
        Block(page=page, language=said, text=text)
        for page, content in pages().items()
        for said, text in _FENCE.findall(content)
        if said == language
    ]


def block(beginning: str, *, language: str = "sh") -> Block:
    """Find the one block whose first line begins like this."""
    [found] = [each for each in blocks(language) if each.name.startswith(beginning)]
    return found


async def follow(
    commands: str, *, folder: Path, given: Mapping[str, str], first: tuple[str, ...] = ()
) -> str:
    """Do what a block says, as somebody does who copies it; give what was printed.

    `python` is the one that the tests run by.

    :param first: folders that programs are looked for in before others.
    :raises AssertionError: when a command fails.
    """
    path = ":".join([*first, str(Path(sys.executable).parent), "/usr/local/bin:/usr/bin:/bin"])
    process = await asyncio.create_subprocess_exec(
        *(shutil.which("bash") or "bash", "-euo", "pipefail", "-c", commands),
        cwd=folder,
        env={"PATH": path, "LC_ALL": "C.UTF-8", **given},
        stdout=PIPE,
        stderr=STDOUT,
    )
    async with asyncio.timeout(_PATIENCE):
        said, _ = await process.communicate()
    printed = said.decode()
    assert process.returncode == 0, printed
    return printed
