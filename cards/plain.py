"""Words from people, made safe to show: plain text, and nothing that pretends to be ours."""

import re
import unicodedata

from domain.letters import composed

_MARKDOWN = re.compile(r"([\\`\*_\[\]#|~<>])")
_LIST_START = re.compile(r"(?m)^([ \t]{0,3}[0-9]{0,9})([.)\+-])(?=\s|$)")
_KEPT_CONTROLS = {"\n", "\t"}
_REMOVED = {"Cc", "Cf", "Cs", "Co"}  # control, direction and zero width, half and private letters

PATTERNS = (_MARKDOWN, _LIST_START)


def plain(text: str) -> str:
    """Take out control, direction-changing and zero-width characters (AC-OUT-02)."""
    return "".join(
        char
        for char in composed(text.replace("\r\n", "\n").replace("\r", "\n"))
        if char in _KEPT_CONTROLS or unicodedata.category(char) not in _REMOVED
    )


def unmarked(text: str) -> str:
    """Escape Markdown, so that a link or a heading is shown as it was typed (AC-OUT-01)."""
    return _LIST_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", plain(text)))
