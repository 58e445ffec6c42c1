"""The years of meetings that are planned, and the ids by which they are pressed and asked for."""

from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from domain.errors import RuleBroken

FIRST: Final = 2020
LAST: Final = 2060


def year_id(year: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"meeting year/{year}")


YEARS: Final = {year_id(year): year for year in range(FIRST, LAST + 1)}


def year_of(id: UUID) -> int:
    """Say which year this is.

    :raises RuleBroken: `meeting_year.not_found`
    """
    if id not in YEARS:
        raise RuleBroken("meeting_year.not_found", about=str(id))
    return YEARS[id]
