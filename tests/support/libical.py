"""libical's own check of calendar files (RFC 5545 and 5546), where the machine has libical."""

import ctypes
import re
from ctypes.util import find_library
from functools import cache

_ERROR = re.compile(r"^X-LIC-ERROR[^:]*:((?:.|\r?\n )*)$", re.MULTILINE)


def is_here() -> bool:
    """Say whether this machine has libical; `dev.py test` installs Debian's where it may."""
    return find_library("ical") is not None


def faults(file: bytes) -> list[str]:
    """Say what libical finds wrong with a calendar file; nothing where it is well."""
    library = _library()
    component = library.icalparser_parse_string(file)
    if not component:
        return ["not a calendar file"]
    try:
        allowed = library.icalrestriction_check(component)
        written = ctypes.string_at(library.icalcomponent_as_ical_string(component)).decode()
    finally:
        library.icalcomponent_free(component)
    said = [" ".join(found.split()) for found in _ERROR.findall(written)]
    return said or ([] if allowed else ["against the restrictions of its method"])


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(find_library("ical"))
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    library.icalrestriction_check.argtypes = [ctypes.c_void_p]
    library.icalcomponent_as_ical_string.restype = ctypes.c_void_p
    library.icalcomponent_as_ical_string.argtypes = [ctypes.c_void_p]
    library.icalcomponent_free.argtypes = [ctypes.c_void_p]
    return library
