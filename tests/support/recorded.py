"""Every action that the code can put on record, read from the code itself."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache

from domain.access import ALLOWED
from domain.assessments import Milestone
from domain.cases import Kif
from domain.countersigns import CountersignKind
from domain.matters import CONFIDED, MatterKind
from tests.support.repository import ROOT

ROOMS = ("bot", "dialogs", "scheduler", "storage", "usecases")
RECORDERS = {"record", "_record", "_on_record"}
# Whoever asks what is kept of them is never in the papers of a meeting or an effort.
OF_MATTERS = {f"{kind}.{each}" for each, rule in ALLOWED.items() for kind in rule.kinds & CONFIDED}

# What can stand in the blanks of an action that is put together. A new one needs its line here.
PUT_TOGETHER: Mapping[str, set[str]] = {
    "{}.{}": OF_MATTERS | {f"{kind}.export" for kind in MatterKind},
    "assessment.{}": {f"assessment.{each}" for each in (*Milestone, "put_off")},
    "case.{}": {"case.complete_action", "case.drop_action"},
    "case.kif_{}": {f"case.kif_{each}" for each in Kif},
    "countersign.{}": {f"countersign.{each}" for each in CountersignKind},
    "directory.{}": {"directory.take_difference", "directory.leave_difference"},
    "meeting.{}": {"meeting.begin", "meeting.end"},
    "member.{}": {"member.open", "member.clear"},
    "register.{}": {"register.link_group", "register.unlink_group"},
    "role.{}": {"role.give", "role.take"},
}


@cache
def put_together() -> frozenset[str]:
    """Find the actions that are put together, as they are written."""
    found = (_pattern(each) for each in _written() if isinstance(each, ast.JoinedStr))
    return frozenset(found)


@cache
def recorded() -> frozenset[str]:
    """Give every action that can stand in the log."""
    literal = {
        each.value
        for each in _written()
        if isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_]+", each.value)
    }
    return frozenset(literal.union(*PUT_TOGETHER.values()))


def _written() -> Iterator[ast.expr]:
    """Go through what is given to whatever puts something on record."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in RECORDERS:
                    named = [each.value for each in node.keywords if each.arg == "action"]
                    yield from (*node.args, *named)


def _pattern(written: ast.JoinedStr) -> str:
    return "".join(
        str(each.value) if isinstance(each, ast.Constant) else "{}" for each in written.values
    )


def _name(called: ast.expr) -> str:
    match called:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""
