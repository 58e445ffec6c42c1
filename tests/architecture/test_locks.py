"""What is installed is exactly what was locked."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from devtools.environment import OFFICIAL, PAGE
from tests.support.repository import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_python_package_is_pinned_and_has_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text())
    packages = [entry for entry in entries if not entry.startswith("#")]

    assert packages
    loose = [
        entry.split("\n")[0]
        for entry in packages
        if "==" not in entry.split("\n")[0] or "--hash=sha256:" not in entry
    ]
    assert not loose


@pytest.mark.parametrize(
    ("lock", "group"), [("run", None), ("check", None), ("check", "check"), ("node", "node")]
)
def test_every_package_we_ask_for_is_locked(lock: str, group: str | None) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    locked = {_name(line) for line in text.splitlines() if "==" in line}

    assert {_name(package) for package in asked} <= locked


def _name(requirement: str) -> str:
    found = NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def test_what_the_checks_install_is_what_the_bot_runs_with() -> None:
    run, check = (_pins(ROOT / "requirements" / f"{lock}.txt") for lock in ("run", "check"))

    assert run.items() <= check.items()


def _pins(lock: Path) -> dict[str, str]:
    lines = [line.split(" ")[0] for line in lock.read_text().splitlines() if "==" in line]
    return {name: version for name, _, version in (line.partition("==") for line in lines)}


@pytest.mark.parametrize("folder", [PAGE, OFFICIAL], ids=lambda folder: folder.name)
def test_every_npm_package_has_a_hash_and_no_address(folder: Path) -> None:
    lock = json.loads((folder / "package-lock.json").read_text())
    packages: dict[str, Any] = {name: it for name, it in lock["packages"].items() if name}

    assert packages
    assert not [name for name, package in packages.items() if not package.get("integrity")]
    assert not [name for name, package in packages.items() if "resolved" in package]
