"""What holds for every file in the repository."""

import ast
import re
from pathlib import Path

from devtools.stages import STAGES
from tests.support.repository import ROOT, python_files, shown, text_files, tracked_files

LONGEST_FILE = 300
FROZEN = ROOT / "storage" / "migrations" / "versions"  # a released migration is never edited
MACHINE_PATH = re.compile(r"(?<![\w.:*})-])/(?:work|root|home|tmp|farm|Users)/\w")
REGISTRY_HOSTS = tuple(
    ".".join(labels)
    for labels in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
    )
)
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME)\b")


def test_no_python_file_needs_a_table_of_contents() -> None:
    long = {
        shown(file): len(text.splitlines())
        for file, text in python_files().items()
        if len(text.splitlines()) > LONGEST_FILE and not file.is_relative_to(FROZEN)
    }

    assert not long


def test_every_module_says_in_one_line_what_it_is_for() -> None:
    silent = [shown(file) for file, text in python_files().items() if text and not _purpose(text)]

    assert not silent


def _purpose(text: str) -> str:
    """Take the first line of a module's docstring when it is a sentence of its own."""
    docstring = ast.get_docstring(ast.parse(text)) or ""
    first, *others = docstring.splitlines() or [""]
    return "" if others and others[0] else first


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert not _lines_with(MACHINE_PATH)


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert not _lines_with(re.compile("|".join(map(re.escape, REGISTRY_HOSTS))))


def test_nothing_is_left_for_later_in_the_code() -> None:
    assert not [place for place in _lines_with(UNFINISHED) if ".py:" in place]


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{shown(file)}:{number}"
        for file, text in text_files().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_every_test_file_belongs_to_a_stage() -> None:
    folders = [ROOT / folder for stage in STAGES for folder in stage.tests]
    forgotten = [
        shown(file)
        for file in tracked_files()
        if file.name.startswith("test_") and not _is_below(file, folders)
    ]

    assert not forgotten


def test_every_folder_of_a_stage_has_tests() -> None:
    empty = [
        folder
        for stage in STAGES
        for folder in stage.tests
        if not any(_is_below(file, [ROOT / folder]) and _is_test(file) for file in tracked_files())
    ]

    assert not empty


def _is_test(file: Path) -> bool:
    return file.name.startswith("test_") and file.suffix == ".py"


def _is_below(file: Path, folders: list[Path]) -> bool:
    return any(file.is_relative_to(folder) for folder in folders)
