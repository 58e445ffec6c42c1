"""What made-up organisations are like: five kinds of city, and three sizes (meetings.md §3)."""

from dataclasses import dataclass

from domain.year_plan import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What an organisation is like.

    :param again: how likely a seat is taken by somebody who sits elsewhere already.
    :param busy: half-days of ten that somebody is busy each week, on average.
    """

    name: str
    policy: Policy
    again: float
    facilitators: int
    busy: float


KINDS = (
    Kind(name="pause-normal", policy=Policy.PAUSE, again=0.70, facilitators=10, busy=0.35),
    Kind(name="pause-double", policy=Policy.PAUSE, again=0.77, facilitators=6, busy=1.0),
    Kind(name="pause-triple", policy=Policy.PAUSE, again=0.84, facilitators=6, busy=2.5),
    Kind(name="hold-normal", policy=Policy.HOLD, again=0.70, facilitators=10, busy=0.35),
    Kind(name="hold-double", policy=Policy.HOLD, again=0.77, facilitators=6, busy=2.5),
)
NATIONAL = Kind(name="national", policy=Policy.PAUSE, again=0.70, facilitators=100, busy=0.35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large an organisation is: regions with so many areas each, led by one SG and one CG."""

    people: int
    areas: tuple[int, ...]
    leader_groups: int
    coordination_groups: int


TOWN = Size(people=130, areas=(4,), leader_groups=1, coordination_groups=2)  # for quick tests
CITY = Size(people=400, areas=(15,), leader_groups=5, coordination_groups=7)
NATION = Size(people=4000, areas=(15, *[17] * 9), leader_groups=5, coordination_groups=7)
