"""Runs the stages, prints each one's time and result, and sums them up in one last line."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from devtools.environment import (
    CACHE,
    ROOT,
    Problem,
    install,
    install_chromium,
    install_libical,
    install_official,
    install_page,
    look_for_systemd,
    python,
    say,
)
from devtools.stages import STAGES, Stage

AT_ONCE = 4  # on two cores: a story now and then waits for its database
PATIENCE_SECONDS = 1200
REPORTS = CACHE / "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one stage ended. A stage that counts no tests counts as one itself."""

    stage: str
    passed: int
    failed: int
    skipped: tuple[str, ...]
    seconds: float
    output: str

    def line(self) -> str:
        """Say the result in one line."""
        mark = "FAILED" if self.failed else "ok"
        counts = f"{self.passed} passed, {self.failed} failed, {len(self.skipped)} skipped"
        return f"{mark:6}  {self.stage:14} {self.seconds:6.1f} s   {counts}"


def test(*, names: Sequence[str], fast: bool, skip: Collection[str]) -> int:
    """Run the stages that were asked for; 0 only when everything in them ran and passed.

    :raises Problem: when a stage is asked for that does not exist.
    """
    _know(names)
    wanted = [stage for stage in STAGES if not names or stage.name in names]
    chosen = [
        stage for stage in wanted if stage.name not in skip and (stage.fast or names or not fast)
    ]
    left_out = {stage.name for stage in STAGES if stage not in chosen and not names}
    _prepare(chosen)
    results = [*_run(chosen)]

    for result in results:
        if result.failed:
            say(f"\n──── {result.stage} ────\n{result.output}")
    lines, passed = verdict(results, skip=skip, left_out=left_out)
    say("\n".join(lines))
    return 0 if passed else 1


def verdict(
    results: Sequence[Result], *, skip: Collection[str], left_out: Collection[str]
) -> tuple[list[str], bool]:
    """Say what was left out and sum up; whether all is well comes second.

    All is well when something ran, nothing failed, nothing was skipped that nobody asked to
    skip, and everything that was asked to be skipped was there.
    """
    skipped = [name for result in results for name in result.skipped]
    unasked = [name for name in skipped if name not in skip]
    unknown = sorted(set(skip) - {*left_out, *skipped})
    failed = sum(result.failed for result in results)
    passed = sum(result.passed for result in results)
    counts = f"{passed} passed, {failed} failed" + (f", {len(skipped)} skipped" if skipped else "")
    lines = [
        "",
        *(f"left out, as asked: {name}" for name in sorted(left_out)),
        *(f"skipped, and nobody asked for that: {name}" for name in unasked),
        *(f"asked to skip {name}, but nothing of that name was there" for name in unknown),
        "",
        counts,
    ]
    return lines, bool(passed) and not failed and not unasked and not unknown


def _know(names: Collection[str]) -> None:
    known = [stage.name for stage in STAGES]
    if unknown := sorted(set(names) - set(known)):
        raise Problem(f"no stage is called {', '.join(unknown)}; there are {', '.join(known)}")


def _prepare(stages: Sequence[Stage]) -> None:
    """Install what the stages need, and empty the folder of their reports."""
    install("check")
    install_page()
    install_official()
    look_for_systemd()
    if any(stage.browser for stage in stages):
        install_chromium()
    if any(stage.libical for stage in stages):
        install_libical()
    REPORTS.mkdir(parents=True, exist_ok=True)


def _run(stages: Sequence[Stage]) -> Iterator[Result]:
    """Run the stages four at a time; those with a browser two at a time, after the others."""
    for together, at_once in ((False, AT_ONCE), (True, 2)):
        with ThreadPoolExecutor(max_workers=at_once) as pool:
            yield from pool.map(_announced(_run_one), [s for s in stages if s.browser is together])


def _announced(run: Callable[[Stage], Result]) -> Callable[[Stage], Result]:
    def announce(stage: Stage) -> Result:
        result = run(stage)
        say(result.line())
        return result

    return announce


def _run_one(stage: Stage) -> Result:
    """Run one stage in a process of its own."""
    report = REPORTS / f"{stage.name}.xml"
    report.unlink(missing_ok=True)
    left_out = [f"--ignore={each}" for each in stage.without]
    command = stage.command or (
        *("-m", "pytest", "-q", f"--junit-xml={report}"),
        *(*stage.tests, *left_out),
    )
    started = time.monotonic()
    process = subprocess.Popen(
        [python(), *command],
        cwd=ROOT,
        env={**os.environ, **stage.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    output = _wait(process)
    seconds = time.monotonic() - started
    passed, failed, skipped = counted(report)
    if process.returncode != 0 and not failed:
        failed = 1
    if stage.command:
        passed = 1 - failed
    return Result(
        stage=stage.name,
        passed=passed,
        failed=failed,
        skipped=skipped,
        seconds=seconds,
        output=output,
    )


def _wait(process: subprocess.Popen[str]) -> str:
    """Wait for a stage, and interrupt one that hangs so that it can still clean up."""
    try:
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate()
        output += f"\nstopped after {PATIENCE_SECONDS} seconds"
    return output


def counted(report: Path) -> tuple[int, int, tuple[str, ...]]:
    """Count what pytest reports: passed, failed, and the names of what was skipped."""
    if not report.exists():
        return 0, 0, ()
    cases = list(ET.parse(report).getroot().iter("testcase"))
    failed = sum(
        case.find("failure") is not None or case.find("error") is not None for case in cases
    )
    skipped = tuple(
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("skipped") is not None
    )
    return len(cases) - failed - len(skipped), failed, skipped
