"""Names as in life: a few are borne by many, and many begin alike."""

from functools import cache
from itertools import accumulate

from domain.given_names import GIVEN_NAMES

OFTEN = "mar"  # how the names of a fifth of all begin


@cache
def given() -> tuple[str, ...]:
    """List the given names, those that are borne by most first."""
    return tuple(sorted(GIVEN_NAMES, key=lambda name: (not name.startswith(OFTEN), name)))


@cache
def surnames() -> tuple[str, ...]:
    """Make up some two thousand surnames."""
    return tuple(first + middle + last for middle in _MIDDLE for last in _LAST for first in _FIRST)


_FIRST, _MIDDLE, _LAST = (
    tuple(said.split("-"))
    for said in (
        "bak-dal-eng-fjeld-gran-hede-kilde-lund-mose-nord-præst-ravn-skov-tinge-vang",
        "ke-la-mi-ne-ri-so-ta-ve-bø-då",
        "gård-holm-sen-skov-strup-toft-borg-lev-by-rup-mark-bæk-høj",
    )
)


@cache
def how_often(count: int) -> tuple[float, ...]:
    """Say how often each of so many names is borne, added up: a few by many, as in life."""
    return tuple(accumulate(1 / (rank + 8) for rank in range(count)))
