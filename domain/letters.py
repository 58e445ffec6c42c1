"""Letters as people type them: base and mark apart, or in one."""

import re
import unicodedata

_MARKED = re.compile("[A-Za-z][\u0300-\u036f]{1,3}")

PATTERNS = (_MARKED,)


def composed(text: str) -> str:
    """Compose letters as NFC does, a few marks at a time.

    Composing a whole text takes quadratic time when somebody piles up marks (AC-IN-04).
    """
    return _MARKED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
