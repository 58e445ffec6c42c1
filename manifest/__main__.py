"""`python -m manifest pack … ssp.zip`: make the app package; `check`: judge one that is there."""

import argparse
import sys
import tomllib
from pathlib import Path

from manifest.check import check
from manifest.package import Installation, NoPackage, files_for, packed, unpacked

_PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def main(arguments: list[str]) -> int:
    """Do what is asked, or say everything that is wrong, change nothing and give 1."""
    parser = argparse.ArgumentParser(prog="python -m manifest", description=__doc__)
    acts = parser.add_subparsers(required=True)

    packing = acts.add_parser("pack", help="check the app and write its package")
    packing.add_argument("--host", required=True, help="where the bot is reached: ssp.example")
    packing.add_argument("--app-id", required=True, help="the bot's application id in Entra")
    packing.add_argument(
        "--website", default="", help="https address about the app; else the bot's own"
    )
    packing.add_argument(
        "--privacy", default="", help="https address of the privacy notice; likewise"
    )
    packing.add_argument("--terms", default="", help="https address of the terms of use; likewise")
    packing.add_argument("--version", default=_version(), help="x.y.z; else the project's own")
    packing.add_argument("target", type=Path, help="the zip to write")
    packing.set_defaults(act=_pack)

    checking = acts.add_parser("check", help="say what is wrong with a package")
    checking.add_argument("place", type=Path, help="a zip, or a folder of what would be in it")
    checking.set_defaults(act=_check)

    asked = parser.parse_args(arguments)
    problems: list[str] = asked.act(asked)
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


def _pack(asked: argparse.Namespace) -> list[str]:
    installation = Installation(
        app_id=asked.app_id,
        version=asked.version,
        host=asked.host,
        website=asked.website,
        privacy=asked.privacy,
        terms=asked.terms,
    )
    files = files_for(installation)
    problems = check(files)
    if not problems:
        asked.target.write_bytes(packed(files))
    return problems


def _check(asked: argparse.Namespace) -> list[str]:
    try:
        return check(unpacked(asked.place))
    except NoPackage as problem:
        return [str(problem)]


def _version() -> str:
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))
    return str(project["project"]["version"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
