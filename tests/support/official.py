"""Second opinions of a Teams app's package: Microsoft's own validator, and its schemas alone."""

import asyncio
import json
from collections.abc import Sequence

from devtools.environment import OFFICIAL, ROOT, node
from manifest.package import MANIFEST, Files, NoPackage, read
from manifest.shape import LANGUAGE_SCHEMA, MANIFEST_SCHEMA, misshapen

PATIENCE = 120  # seconds


async def microsofts(packages: Sequence[Files]) -> list[list[str]]:
    """List what npm's @microsoft/app-manifest says of each manifest, in one run of Node.

    :raises ValueError: when it does not answer each of them.
    """
    texts = (files.get(MANIFEST, b"").decode("utf-8", errors="replace") for files in packages)
    process = await asyncio.create_subprocess_exec(
        *map(str, (*node(), OFFICIAL / "validate.cjs")),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    asked = "\n".join(map(json.dumps, texts)).encode()
    async with asyncio.timeout(PATIENCE):
        answers, _ = await process.communicate(asked)
    said = [json.loads(line) for line in answers.splitlines()]
    if len(said) != len(packages):
        raise ValueError(f"{len(said)} answers about {len(packages)} manifests")
    return said


def the_schemas(files: Files) -> list[str]:
    """List what Microsoft's schemas say by themselves, read by the Python package jsonschema."""
    named = [MANIFEST, *sorted(name for name in files.keys() - {MANIFEST} if "json" in name)]
    try:
        return [
            problem
            for name in named
            for problem in misshapen(
                read(files, name),
                schema=MANIFEST_SCHEMA if name == MANIFEST else LANGUAGE_SCHEMA,
            )
        ]
    except NoPackage as problem:
        return [str(problem)]
