"""What is confided, as bytes to be sealed: JSON values only."""

import json
from collections.abc import Mapping


def packed(content: Mapping[str, object]) -> bytes:
    """Return the bytes to be sealed.

    :raises TypeError: for anything that JSON has no word for.
    """
    return json.dumps(content, separators=(",", ":"), allow_nan=False).encode("ascii")


def unpacked(content: bytes) -> dict[str, object]:
    """Return what was packed; a tuple comes back as a list."""
    unpacked: dict[str, object] = json.loads(content)
    return unpacked
