"""A promise about a regular expression that needs no clock to check."""

import re

_WITHOUT_END = re.compile(r"(?<!\\)[*+]|,\}")


def is_bounded(pattern: re.Pattern[str]) -> bool:
    """Say whether no part of the pattern may repeat without end.

    Then what is tried from one place in a text has a limit that does not depend on
    the text, and the whole text takes time in proportion to its length (AC-IN-04).
    """
    return _WITHOUT_END.search(pattern.pattern) is None
