"""Words from people, made safe to show: plain text, and nothing that pretends to be ours."""

import re
import unicodedata

_MARKDOWN = re.compile(r"([\\`*_\[\]#|~>])")
_LIST_START = re.compile(r"(?m)^(\s*\d*)([.)+-])(?=\s)")
_KEPT_CONTROLS = {"\n", "\t"}
_ZERO_WIDTH = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}


def plain(text: str) -> str:
    """Take out control, direction-changing and zero-width characters (AC-OUT-02)."""
    return "".join(
        char
        for char in unicodedata.normalize("NFC", text)
        if char in _KEPT_CONTROLS
        or not (char in _ZERO_WIDTH or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"})
    )


def unmarked(text: str) -> str:
    """Escape Markdown, so that a link or a heading is shown as it was typed (AC-OUT-01)."""
    escaped = _MARKDOWN.sub(r"\\\1", plain(text))
    return _LIST_START.sub(r"\1\\\2", escaped).replace("<", "\\<")
