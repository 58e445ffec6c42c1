"""`dev.py criteria`: what proves which numbered criterion, as `docs/criteria.md`."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from devtools.environment import ROOT, say

PAGE = ROOT / "docs" / "criteria.md"
FAMILIES: Mapping[str, str] = {
    "AC-AUTH": "Authentication of calls",
    "AC-IN": "Input",
    "AC-CARD": "Cards and presses",
    "AC-AZ": "Who may do what",
    "AC-OUT": "What is shown",
    "AC-LOG": "Logs",
    "AC-CRYPT": "Sealing and keys",
    "AC-AUD": "The record",
    "AC-DATA": "Keeping and forgetting",
    "AC-BAK": "Running it",
    "CON": "Concerns",
    "S115": "§115",
    "INH": "Recusal",
    "AGE": "Ages",
    "AREA": "Areas",
    "LVL": "Levels",
    "BER": "Readiness and delivery",
    "MTG": "Meetings and jobs",
    "CAL": "How often committees meet",
    "SGF": "The steering group",
    "CGF": "The managers' group",
    "REP": "Composition",
    "APP": "Appointments",
    "EFF": "Efforts and the pool",
}
_TWO_DIGITS = "AC-"  # AC-IN-01, but CON-1
_NUMBERED = re.compile(
    rf"(?<![\w-])(?P<family>{'|'.join(FAMILIES)})[- ]"
    r"(?P<numbers>\d+(?:, \d\d\b)*)"
)
_INTRODUCTION = """\
# Criteria and what proves them

The numbers are those of the specification. A test or a bench that proves one carries it in its
name or docstring, or its class or file does. `python3 dev.py criteria` makes this page from them;
the architecture tests fail when it is stale, or when a criterion that must be proven has no test.
"""


def criteria() -> None:
    """Write the page anew."""
    PAGE.write_text(page(proofs(code_of_tests() | code_of_benches())), encoding="utf-8")
    say(f"Wrote {PAGE.relative_to(ROOT)}.")


def proofs(code: Mapping[str, str]) -> dict[str, set[str]]:
    """Find the files that name each criterion.

    :param code: what each file says, by its name in the repository.
    """
    found: dict[str, set[str]] = {}
    for file, said in code.items():
        for criterion in _named(said):
            found.setdefault(criterion, set()).add(file)
    return found


def page(found: Mapping[str, set[str]]) -> str:
    """Lay the criteria out, family by family."""
    return "\n".join([_INTRODUCTION, *(_section(family, found) for family in FAMILIES)])


def _section(family: str, found: Mapping[str, set[str]]) -> str:
    numbers = sorted(
        int(criterion.removeprefix(f"{family}-"))
        for criterion in found
        if criterion.rpartition("-")[0] == family
    )
    rows = [f"## {FAMILIES[family]}", "", "| criterion | proven in |", "| --- | --- |"]
    for number in numbers:
        criterion = spelled(family, number)
        files = "<br>".join(f"[{file}](../{file})" for file in sorted(found[criterion]))
        rows.append(f"| {criterion} | {files} |")
    return "\n".join([*rows, ""]) if numbers else ""


def _named(code: str) -> Iterator[str]:
    """List the criteria in names and docstrings; `AC-IN 01, 02` names two."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            said = f"{_name(node)} {ast.get_docstring(node) or ''}"
            for named in _NUMBERED.finditer(said):
                for number in named["numbers"].split(", "):
                    yield spelled(named["family"], int(number))


def _name(node: ast.AST) -> str:
    """Read `test_ac_in_04_reading` as AC-IN-04-READING."""
    return str(getattr(node, "name", "")).removeprefix("test_").upper().replace("_", "-")


def spelled(family: str, number: int) -> str:
    """Write a number as its family does: AC-IN-04, but CON-7."""
    return f"{family}-{number:02}" if family.startswith(_TWO_DIGITS) else f"{family}-{number}"


def code_of_tests() -> dict[str, str]:
    """Read every test file, by its name in the repository."""
    return _read(ROOT.glob("tests/**/test_*.py"))


def code_of_benches() -> dict[str, str]:
    """Read every bench, by its name in the repository."""
    return _read(ROOT.glob("bench/*.py"))


def _read(files: Iterable[Path]) -> dict[str, str]:
    return {
        file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(files)
    }
