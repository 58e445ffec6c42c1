"""The package Teams wants: manifest, icons and language files in a zip, and nothing else."""

import io
import json
import zipfile
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

Json: TypeAlias = dict[str, Any]
Files: TypeAlias = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What differs between one installation and the next. The addresses are https.

    :param domain: where the bot serves its tab, such as `ssp.example`.
    """

    app_id: str
    version: str
    domain: str
    website: str
    privacy: str
    terms: str


def files_for(installation: Installation) -> dict[str, bytes]:
    """Make every file of the package, by the name it has in it."""
    told = {
        "app_id": installation.app_id,
        "version": installation.version,
        "domain": installation.domain,
        "website": installation.website,
        "privacy": installation.privacy,
        "terms": installation.terms,
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


def read(files: Files, name: str) -> Json:
    """Read one of the package's JSON files."""
    content: Json = json.loads(files[name])
    return content
