"""What is stored is values: nothing runs by being read, and no job lies in a pickle (MTG-23)."""

import ast
from collections.abc import Iterator

from sqlalchemy import PickleType

from storage.rows import metadata
from tests.support.repository import python_files, shown
from tests.support.rooms import ROOMS, modules

RUNS_WHAT_IT_READS = {"cloudpickle", "dill", "jsonpickle", "marshal", "pickle", "shelve"}


def test_no_room_imports_what_runs_what_it_reads() -> None:
    found = [
        f"{shown(file)} imports {name}"
        for file, code in python_files().items()
        if shown(file).startswith(tuple(f"{room}/" for room in ROOMS))
        for name in _imported(code)
        if name.partition(".")[0] in RUNS_WHAT_IT_READS or name.startswith("apscheduler.jobstores")
    ]

    assert not found


def test_no_column_holds_a_pickle() -> None:
    list(modules())  # so that every table is known
    kinds = {
        f"{table}.{column.name}": column.type
        for table in metadata.tables.values()
        for column in table.c
    }

    assert kinds
    assert not [name for name, kind in kinds.items() if isinstance(kind, PickleType)]


def _imported(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
