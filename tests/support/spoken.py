"""What the code asks the catalogue for, read out of its source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.support.repository import python_files, shown

ROOMS = ("bot", "cards", "dialogs", "domain", "graph", "scheduler", "storage", "usecases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One call such as `say("form.place", here=1, all=9)`.

    `key` is None where the source does not tell; what is filled into an f-string stands
    as `{}`. `blanks` is None where `**facts` hides which blanks are filled in.
    """

    where: str
    key: str | None
    blanks: frozenset[str] | None

    @property
    def is_pattern(self) -> bool:
        return self.key is not None and "{}" in self.key


@cache
def _trees() -> dict[str, ast.Module]:
    files = {shown(file): text for file, text in python_files().items()}
    return {name: ast.parse(text) for name, text in files.items() if name.split("/")[0] in ROOMS}


@cache
def asked(name: str, *, argument: int = 0) -> tuple[Asked, ...]:
    """Find the calls of a function by its name alone, and the keys given as one argument."""
    return tuple(
        Asked(where=f"{file}:{node.lineno}", key=key, blanks=_blanks(node))
        for file, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and name == getattr(node.func, "attr", getattr(node.func, "id", None))
        and len(node.args) > argument
        for key in _keys(node.args[argument])
    )


def _blanks(call: ast.Call) -> frozenset[str] | None:
    names = [each.arg for each in call.keywords]
    return None if None in names else frozenset(filter(None, names))


def _keys(node: ast.expr) -> Iterator[str | None]:
    match node:
        case ast.Constant(value=str(key)):
            yield key
        case ast.JoinedStr(values=values):
            yield "".join(
                str(each.value) if isinstance(each, ast.Constant) else "{}" for each in values
            )
        case ast.IfExp(body=this, orelse=that):
            yield from (*_keys(this), *_keys(that))
        case _:
            yield None


@cache
def constants(*rooms: str) -> frozenset[str]:
    """List every string that stands in the source of these rooms."""
    return frozenset(
        node.value
        for file, tree in _trees().items()
        if file.split("/")[0] in rooms
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
