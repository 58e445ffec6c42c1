"""How often each kind of committee meets, and for how long (CAL-1)."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.people import CommitteeType
from domain.year_plan import Cadence

CADENCES: Mapping[CommitteeType, Cadence] = MappingProxyType(
    {
        CommitteeType.STEERING: Cadence.QUARTER,
        CommitteeType.MANAGERS: Cadence.TWO_MONTHS,
        CommitteeType.LEADER: Cadence.MONTH,
        CommitteeType.SSP_PLUS_LEADER: Cadence.QUARTER,
        CommitteeType.LOCAL: Cadence.MONTH,
        CommitteeType.COORDINATION: Cadence.FORTNIGHT,
        CommitteeType.SSP_PLUS_COORDINATION: Cadence.FORTNIGHT,
    }
)

MINUTES: Mapping[CommitteeType, int] = MappingProxyType(
    {
        CommitteeType.STEERING: 60,  # CAL-1: one hour
        CommitteeType.MANAGERS: 90,
        CommitteeType.LEADER: 90,
        CommitteeType.SSP_PLUS_LEADER: 90,
        CommitteeType.LOCAL: 90,
        CommitteeType.COORDINATION: 120,
        CommitteeType.SSP_PLUS_COORDINATION: 120,
    }
)
