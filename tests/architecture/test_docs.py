"""The documentation says what is so."""

import re
from pathlib import Path

import pytest
import yaml

from tests.support.repository import ROOT, shown, text_files, tracked_files

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(pictures/([^)]+)\)")
PICTURES = ROOT / "docs" / "guide" / "pictures"
LARGEST_PICTURE = 120_000  # bytes
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
SECTIONS = ("Context", "Decision", "Consequences", "Alternatives", "Check")
PUBLIC_CODE_KEYS = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{shown(file)} → {target}"
        for file, text in text_files().items()
        if file.suffix == ".md"
        for target in _targets(text)
        if not _exists(file, target)
    ]

    assert not broken


def test_every_picture_is_shown_described_and_small() -> None:
    shown_in = "".join(t for f, t in text_files().items() if f.parent.name == "guide")
    described = {name: said for said, name in PICTURE.findall(shown_in)}
    kept = {file for file in tracked_files() if file.parent == PICTURES}

    assert kept
    assert described.keys() == {file.name for file in kept}
    assert all(len(said) > 20 for said in described.values())
    assert not [shown(file) for file in kept if file.stat().st_size >= LARGEST_PICTURE]


def _targets(text: str) -> list[str]:
    return [link or picture for link, picture in LINK.findall(text)]


def _exists(file: Path, target: str) -> bool:
    """Tell whether a link's file, and the heading in it, are there. The web is not asked."""
    if re.match(r"[a-z]+:", target):
        return True
    name, _, anchor = target.partition("#")
    aim = (file.parent / name) if name else file
    if not aim.exists() or not anchor:
        return aim.exists()
    headings = re.findall(r"^#+ (.+)$", aim.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return anchor in {_anchor(heading) for heading in headings}


def _anchor(heading: str) -> str:
    """Make the anchor that Markdown viewers make of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.stem)
def test_a_decision_says_what_was_weighed_and_what_keeps_it(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")

    assert text.startswith(f"# {int(decision.stem[:4])}. ")
    assert tuple(re.findall(r"^## (.+)$", text, flags=re.MULTILINE)) == SECTIONS


def test_decisions_are_numbered_without_gaps() -> None:
    assert DECISIONS
    assert [int(decision.stem[:4]) for decision in DECISIONS] == [*range(1, len(DECISIONS) + 1)]


def test_publiccode_has_what_the_standard_requires() -> None:
    said = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

    assert said.keys() >= PUBLIC_CODE_KEYS
    assert said["legal"]["license"] == "MPL-2.0"
    for description in said["description"].values():
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert len(description["shortDescription"]) <= 150
        assert description["features"]
