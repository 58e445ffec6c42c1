"""Runs a bench and judges its figures: JSON lines for programs, a table on stderr for people."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from devtools.environment import ROOT, Problem, install, python, say

BENCH = ROOT / "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number. `beside` is what was measured in the same run to compare it with."""

    name: str
    value: float
    unit: str
    goal: str | float | None = None
    ok: bool = True
    beside: Mapping[str, float] | None = None

    def line(self) -> str:
        """Say the figure in one line."""
        beside = ", ".join(f"{name} {value:g}" for name, value in (self.beside or {}).items())
        goal = "" if self.goal is None else f"goal {self.goal}"
        parts = (f"{self.value:12.6g} {self.unit:10}", goal, f"({beside})" if beside else "")
        return (
            f"{'ok' if self.ok else 'MISSED':6}  {self.name:40} {'  '.join(filter(None, parts))}"
        )


def bench(*, name: str, quick: bool) -> int:
    """Run `bench/<name>.py`; 0 only when it measured something and every goal was met.

    :raises Problem: when there is no such bench, or it says something that is no figure.
    """
    file = BENCH / f"{name}.py"
    if not file.exists():
        known = ", ".join(sorted(found.stem for found in BENCH.glob("[a-z]*.py")))
        raise Problem(f"no bench is called {name}; there are {known}")
    install("check")
    process = subprocess.Popen(
        [python(), "-m", f"bench.{name}", *(["--quick"] if quick else [])],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures: list[Figure] = []
    for line in process.stdout or ():
        figures.append(_read(line))
        say(line.strip())
    code = process.wait()
    missed = sum(not figure.ok for figure in figures)
    table = [figure.line() for figure in figures]
    print("", *table, f"{len(figures)} figures, {missed} missed", sep="\n", file=sys.stderr)
    return 1 if code or missed or not figures else 0


def _read(line: str) -> Figure:
    try:
        return Figure(**json.loads(line))
    except (ValueError, TypeError) as problem:
        raise Problem(f"a bench prints figures as JSON lines, not: {line.strip()}") from problem
