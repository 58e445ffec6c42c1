"""Reads the two tables of domain.md §14.2 and §14.3 as they were written down for the tests."""

import re
from dataclasses import dataclass
from pathlib import Path

from domain.data_classes import DataClass
from domain.roles import Role

WRITTEN = Path(__file__).parents[1] / "unit" / "need_to_know.md"


def _tables() -> list[list[list[str]]]:
    """Read each table as rows of cells, without its heading."""
    tables: list[list[list[str]]] = [[]]
    for line in WRITTEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            tables[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif tables[-1]:
            tables.append([])
    return [table for table in tables if table]


def data_by_role() -> dict[DataClass, dict[Role, str]]:
    """Read §14.2: what each class is to each role, in the specification's words."""
    heading, _, *rows = _tables()[0]
    columns = [Role(name.split("/")[0]) for name in heading[1:]]
    return {DataClass(row[0].split()[0]): dict(zip(columns, row[1:], strict=True)) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of §14.3."""

    action: str
    who: frozenset[Role]
    guards: frozenset[str]

    @classmethod
    def all(cls) -> "list[Line]":
        _, _, *rows = _tables()[1]
        codes = "|".join(sorted((role.value for role in Role), key=len, reverse=True))
        return [
            cls(
                action=action,
                who=frozenset(map(Role, re.findall(rf"\b({codes})\b", who))),
                guards=frozenset(
                    filter(None, (each.strip(" –") for each in re.split(r"[,;+]", guards)))
                ),
            )
            for action, who, guards in rows
        ]
