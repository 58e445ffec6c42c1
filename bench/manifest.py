"""Mistakes in the Teams app's package: how many are refused, by whom, and how long it takes."""

import argparse
import asyncio
import sys
import time
from collections.abc import Callable
from statistics import median

from bench.support.figures import end, note, tell
from devtools.environment import install_official
from manifest.check import check
from manifest.package import files_for, packed
from tests.support.manifest_changes import INSTALLATION
from tests.support.manifest_mistakes import LEGAL, MISTAKES
from tests.support.official import microsofts, the_schemas

ASKED_FOR = 28 / 31  # of the mistakes, by the issue
VALIDATED_IN_MS = 500.0
QUICK, WHOLE = 5, 25  # rounds


async def main(rounds: int) -> int:
    install_official()
    files = files_for(INSTALLATION)
    broken = [mistake.make(files) for mistake in MISTAKES]
    good = [files, LEGAL.make(files)]
    ours = [bool(check(each)) for each in broken]
    schemas = [bool(the_schemas(each)) for each in broken]
    begun = time.perf_counter()
    official = [bool(said) for said in await microsofts([*good, *broken])]
    took = time.perf_counter() - begun

    missed = [each.name for each, seen in zip(MISTAKES, ours, strict=True) if not seen]
    note(f"{len(MISTAKES)} mistakes; we let through: {', '.join(missed) or 'none'}")
    tell(
        "manifest.refused",
        sum(ours),
        "mistakes",
        at_least=ASKED_FOR * len(MISTAKES),
        beside={
            "of": len(MISTAKES),
            "jsonschema_alone": sum(schemas),
            "microsofts_validator": sum(official[len(good) :]),
        },
    )
    tell(
        "manifest.good_ones_refused",
        sum(bool(check(each)) for each in good),
        "packages",
        at_most=0,
        beside={
            "of": len(good),
            "jsonschema_alone": sum(bool(the_schemas(each)) for each in good),
            "microsofts_validator": sum(official[: len(good)]),
        },
    )
    tell(
        "manifest.validate",
        _milliseconds(lambda: check(files), rounds),
        "ms",
        at_most=VALIDATED_IN_MS,
        beside={
            "jsonschema_alone": _milliseconds(lambda: the_schemas(files), rounds),
            "microsofts_validator": took * 1000 / (len(good) + len(broken)),
        },
    )
    tell("manifest.draw_and_pack", _milliseconds(_pack, max(rounds // 5, 1)), "ms")
    return end()


def _pack() -> None:
    packed(files_for(INSTALLATION))


def _milliseconds(act: Callable[[], object], rounds: int) -> float:
    took = list[float]()
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        took.append(time.perf_counter() - begun)
    return median(took) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    sys.exit(asyncio.run(main(QUICK if parser.parse_args().quick else WHOLE)))
