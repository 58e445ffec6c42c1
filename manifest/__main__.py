"""`python -m manifest --app-id … ssp.zip`: make the app package, if Teams will take it."""

import argparse
import sys
import tomllib
from pathlib import Path

from manifest.check import check
from manifest.package import Installation, files_for, packed

_PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def main(arguments: list[str]) -> int:
    """Write the package, or say everything that is wrong with it and write nothing."""
    parser = argparse.ArgumentParser(prog="python -m manifest", description=__doc__)
    parser.add_argument("--app-id", required=True, help="the bot's application id in Entra")
    parser.add_argument("--domain", required=True, help="where the bot serves its tab")
    parser.add_argument("--website", required=True, help="https address about the app")
    parser.add_argument("--privacy", required=True, help="https address of the privacy notice")
    parser.add_argument("--terms", required=True, help="https address of the terms of use")
    parser.add_argument("--version", default=_version(), help="x.y.z; else the project's own")
    parser.add_argument("target", type=Path, help="the zip to write")
    asked = parser.parse_args(arguments)
    files = files_for(
        Installation(
            app_id=asked.app_id,
            version=asked.version,
            domain=asked.domain,
            website=asked.website,
            privacy=asked.privacy,
            terms=asked.terms,
        )
    )
    if problems := check(files):
        sys.stderr.write("\n".join([*problems, ""]))
        return 1
    asked.target.write_bytes(packed(files))
    return 0


def _version() -> str:
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))
    return str(project["project"]["version"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
