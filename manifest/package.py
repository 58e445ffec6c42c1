"""The package Teams wants: manifest, icons and language files in a zip, and nothing else."""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, TypeAlias

from manifest.icons import ACCENT, color_icon, outline_icon

APP = Path(__file__).parent / "app"
MANIFEST = "manifest.json"
_ALWAYS_THE_SAME_TIME = (2026, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16

_LARGEST = 20_000_000  # bytes of all its files

Json: TypeAlias = dict[str, Any]
Files: TypeAlias = Mapping[str, bytes]


class NoPackage(Exception):
    """What was given cannot be read as a package; the message is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What differs between one installation and the next.

    :param host: where the bot is reached and serves its tab, such as `ssp.example`.
    :param website: the https address of a page about the app; empty is the bot's own page, and
        so with `privacy` and `terms`.
    """

    app_id: str
    version: str
    host: str
    website: str = ""
    privacy: str = ""
    terms: str = ""


def files_for(installation: Installation) -> dict[str, bytes]:
    """Make every file of the package, by the name it has in it."""
    about = f"https://{installation.host}/tab/om.html"
    told = {
        "app_id": installation.app_id,
        "version": installation.version,
        "host": installation.host,
        "website": installation.website or about,
        "privacy": installation.privacy or f"{about}#privatliv",
        "terms": installation.terms or f"{about}#vilkaar",
        "accent": f"#{ACCENT.red:02X}{ACCENT.green:02X}{ACCENT.blue:02X}",
    }
    # Each value is put in as JSON text, so that no quote in it can break out of its place.
    spelt = {name: json.dumps(value)[1:-1] for name, value in told.items()}
    template = (APP / MANIFEST).read_text(encoding="utf-8").replace('"$schema"', '"$$schema"')
    languages = {file.name: file.read_bytes() for file in APP.glob("??.json")}
    return {
        MANIFEST: Template(template).substitute(spelt).encode(),
        "color.png": color_icon(),
        "outline.png": outline_icon(),
        **languages,
    }


def packed(files: Files) -> bytes:
    """Zip the files; the same files always give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _ALWAYS_THE_SAME_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE
            package.writestr(entry, content)
    return target.getvalue()


def unpacked(place: Path) -> dict[str, bytes]:
    """Read the files of a package: a zip, or a folder of what would be in it.

    :raises NoPackage: when it is neither, or a zip that can be read in two ways.
    """
    if place.is_dir():
        files = (file for file in place.rglob("*") if file.is_file())
        return {file.relative_to(place).as_posix(): file.read_bytes() for file in files}
    try:
        with zipfile.ZipFile(place) as package:
            names = [entry.filename for entry in package.infolist() if not entry.is_dir()]
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise NoPackage(f"The zip has {', '.join(twice)} twice.")
            if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
                raise NoPackage("The zip holds far more than an app's manifest and its icons.")
            return {name: package.read(name) for name in names}
    except FileNotFoundError:
        raise NoPackage(f"There is no {place}.") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        raise NoPackage(f"{place} is not a zip that can be read.") from None


def read(files: Files, name: str) -> Json:
    """Read one of the package's JSON files.

    :raises NoPackage: when it is not there, not JSON in UTF-8, or says something twice.
    """
    if name not in files:
        raise NoPackage(f"There is no {name} at the root of the package.")
    try:
        content = json.loads(files[name].decode("utf-8"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise NoPackage(f"{name} is not written in UTF-8.") from None
    except json.JSONDecodeError as problem:
        raise NoPackage(f"{name} is not JSON, from line {problem.lineno} on.") from None
    except RecursionError:
        raise NoPackage(f"{name} is nested deeper than anything Teams reads.") from None
    except _SaidTwice as problem:
        raise NoPackage(f"{name} says {problem} twice in the same place.") from None
    if not isinstance(content, dict):
        raise NoPackage(f"{name} must be a group of fields, in braces.")
    return content


class _SaidTwice(Exception):
    pass


def _once(pairs: list[tuple[str, object]]) -> Json:
    named = [name for name, _ in pairs]
    for name in named:
        if named.count(name) > 1:
            raise _SaidTwice(name)
    return dict(pairs)
