"""Each invariant of domain.md §15 has a test or a check that carries its number."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from devtools.environment import ROOT

_NAMED = re.compile(r"domain\.md §15\.(\d+)\b")
MACHINE = "tests/support/invariants.py"  # looked at after each step of test_invariants.py
YEARS = "tests/integration/test_invariants.py"
PROVEN_IN: Mapping[int, tuple[str, ...]] = {
    1: (MACHINE,),
    2: (MACHINE, YEARS),
    3: (MACHINE, "tests/integration/usecases/test_merge_people.py"),
    4: (MACHINE, YEARS),
    5: (MACHINE, "tests/integration/storage/test_journal.py"),
    6: (MACHINE,),
    7: (MACHINE,),
    8: (MACHINE,),
    9: ("tests/unit/test_overview.py",),
    10: (MACHINE,),
    11: (MACHINE,),
    12: (MACHINE, YEARS, "tests/support/years_to_the_end.py"),
    13: (MACHINE,),
    14: (MACHINE,),
}


def named(code: str) -> set[int]:
    """List the invariants that functions and classes say they prove."""
    said = [
        ast.get_docstring(node) or ""
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return {int(number) for each in said for number in _NAMED.findall(each)}


def test_there_are_fourteen() -> None:
    assert list(PROVEN_IN) == list(range(1, 15))


@pytest.mark.parametrize(("number", "files"), PROVEN_IN.items())
def test_each_is_named_where_it_is_proven(number: int, files: tuple[str, ...]) -> None:
    assert files
    for file in files:
        assert number in named(Path(ROOT, file).read_text(encoding="utf-8")), file


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ('def f():\n    """domain.md §15.2 and domain.md §15.13: so."""', {2, 13}),
        ('"""domain.md §15.2: of the whole file."""', set()),
        ("def f(): ...  # domain.md §15.2", set()),
    ],
)
def test_only_what_a_function_or_class_says_counts(code: str, numbers: set[int]) -> None:
    assert named(code) == numbers
