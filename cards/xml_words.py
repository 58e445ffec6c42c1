"""Words that may stand in XML, whatever somebody wrote."""

from cards.plain import plain

_FIRST_BEYOND, _LAST = "\ue000", "\U0010ffff"


def for_xml(text: str) -> str:
    """Leave out the characters that XML 1.0 does not know; what is left is still to be escaped."""
    return "".join(filter(_is_known, plain(text)))


def _is_known(char: str) -> bool:
    """Tell whether a character is one of XML 1.0 §2.2; `plain` took the other controls away."""
    return char < "\ud800" or (_FIRST_BEYOND <= char <= _LAST and char not in "\ufffe\uffff")
