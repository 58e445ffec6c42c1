"""What people read is in the catalogue, and nowhere in the code (BER-81)."""

import ast
import re

from tests.support.repository import python_files, shown

ROOMS = {"cards", "dialogs", "scheduler"}
SENTENCE = re.compile(r"^[A-ZÆØÅ»].* .*(?:[.!?]$|[æøåÆØÅ])")
NAMES = {"SSP-København lokalområde"}  # of a list of codes, as CAP wants it


def _sentences(code: str) -> set[str]:
    tree = ast.parse(code)
    notes = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    said = (
        each.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Constant)
        if id(each) not in notes
    )
    return {each for each in said if isinstance(each, str) and SENTENCE.search(each)}


def test_no_sentence_is_written_in_the_code() -> None:
    """BER-81: all that is said is in one catalogue, Danish first."""
    found = {
        (shown(file), said)
        for file, code in python_files().items()
        if shown(file).split("/")[0] in ROOMS
        for said in _sentences(code) - NAMES
    }

    assert not found
    assert _sentences('"""Om den."""\nask("Vælg et område.")') == {"Vælg et område."}
