"""The demo's answer to AREA-3: which groups serve which areas. Fictional: ask the customer.

No source says which of the 7 coordination groups and 5 leader groups serve which of the
15 areas. This mapping is complete and tidy (each group's areas lie under one leader group),
and that is all that can be said for it.
"""

from domain import areas
from domain.people import AreaCode

AREAS: dict[AreaCode, str] = {area.code: area.name for area in areas.AREAS}

COORDINATION_GROUPS: tuple[tuple[AreaCode, ...], ...] = (
    (AreaCode("BRO"), AreaCode("TIN")),
    (AreaCode("BIS"), AreaCode("YNB")),
    (AreaCode("OST"), AreaCode("INB"), AreaCode("IBC")),
    (AreaCode("VES"), AreaCode("SYD")),
    (AreaCode("VAL"), AreaCode("VAN")),
    (AreaCode("ANO"), AreaCode("ASO")),
    (AreaCode("ISB"), AreaCode("ORE")),
)

LEADER_GROUPS: tuple[tuple[AreaCode, ...], ...] = (
    (*COORDINATION_GROUPS[0], *COORDINATION_GROUPS[1]),
    COORDINATION_GROUPS[2],
    (*COORDINATION_GROUPS[3], *COORDINATION_GROUPS[4]),
    COORDINATION_GROUPS[5],
    COORDINATION_GROUPS[6],
)
