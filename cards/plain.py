"""Words from people, made safe to show: plain text, and nothing that pretends to be ours."""

import re
import unicodedata

from domain.letters import composed

_MARKDOWN = re.compile(r"([\\`\*_\[\]#|~<>])")
_LIST_START = re.compile(r"(?m)^([ \t]{0,3}[0-9]{0,9})([.)\+-])(?=\s|$)")
_KEPT_CONTROLS = {"\n", "\t"}
_REMOVED = {"Cc", "Cf", "Cs", "Co"}  # control, direction and zero width, half and private letters
_NO_LETTERS = {
    *range(0xFDD0, 0xFDF0),
    *(plane + last for plane in range(0, 0x11_0000, 0x1_0000) for last in (0xFFFE, 0xFFFF)),
}

PATTERNS = (_MARKDOWN, _LIST_START)


def plain(text: str) -> str:
    """Take out control, direction-changing and zero-width characters (AC-OUT-02).

    So are the noncharacters of Unicode, which no XML and so no document can hold.
    """
    return "".join(
        char
        for char in composed(text.replace("\r\n", "\n").replace("\r", "\n"))
        if char in _KEPT_CONTROLS
        or (unicodedata.category(char) not in _REMOVED and ord(char) not in _NO_LETTERS)
    )


def unmarked(text: str) -> str:
    """Escape Markdown, so that a link or a heading is shown as it was typed (AC-OUT-01)."""
    return _LIST_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", plain(text)))
