"""Whether Teams takes a package: Microsoft's schema, and the rules the schema leaves out.

Everything that is wrong is said in one plain sentence for the one who builds the package.
"""

from collections.abc import Iterator

from manifest.commands import commands
from manifest.languages import languages, listed
from manifest.package import MANIFEST, Files, Json, NoPackage, read
from manifest.pictures import Unreadable, pixels, size
from manifest.rules import bots, domains, identity, names, rights, tabs
from manifest.shape import MANIFEST_SCHEMA, misshapen

_SIDES = {"color": 192, "outline": 32, "color32x32": 32}
_WHITE = (255, 255, 255)


def check(files: Files) -> list[str]:
    """List everything that is wrong with a package."""
    try:
        manifest = read(files, MANIFEST)
        return [*misshapen(manifest, schema=MANIFEST_SCHEMA)] or [
            *identity(manifest),
            *names(manifest),
            *bots(manifest),
            *commands(manifest),
            *domains(manifest),
            *tabs(manifest),
            *rights(manifest),
            *languages(manifest, files),
            *_icons(manifest, files),
            *_contents(manifest, files),
        ]
    except NoPackage as problem:
        return [str(problem)]


def _icons(manifest: Json, files: Files) -> Iterator[str]:
    for kind, name in manifest["icons"].items():
        if name not in files:
            yield f"icons.{kind} names {name}, which is not in the package."
            continue
        side = _SIDES[kind]
        try:
            width, height = size(files[name])
            if (width, height) != (side, side):
                yield f"{name} is {width}×{height}, and icons.{kind} must be {side}×{side}."
            elif kind == "outline" and not _is_white_on_nothing(files[name]):
                yield f"{name} must be white on a transparent ground, with no other colour."
        except Unreadable as problem:
            yield f"{name} {problem}, and icons.{kind} must be one."


def _is_white_on_nothing(png: bytes) -> bool:
    """Tell whether there is something to see, all of it white, and something to see through."""
    seen = pixels(png)
    alphas = {alpha for *_, alpha in seen}
    return {tuple(colour) for *colour, alpha in seen if alpha} == {_WHITE} and 0 in alphas


def _contents(manifest: Json, files: Files) -> Iterator[str]:
    named = {MANIFEST, *manifest["icons"].values(), *(file for _, file in listed(manifest))}
    for name in sorted(files.keys() - named):
        yield f"{name} is in the package, but the manifest does not name it."
