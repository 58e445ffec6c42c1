"""Organisations that never were, the same for the same seed: 400 people in 31 committees."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import count, cycle, product

from bench.support.organisation_kinds import CITY, NATION, NATIONAL, Kind, Size
from bench.support.school_holidays import school_holidays
from domain.cadences import CADENCES, MINUTES
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Institution,
    PersonId,
)
from domain.representation import LEISURE_CENTRE, SCHOOL, required_slots
from domain.year_plan import (
    Attendee,
    Body,
    HalfDay,
    Problem,
    SeatNeed,
)
from scheduler.yearplan.days import closed_days

_AT_MOST = 8  # committees of one person
_BEYOND_THE_LEAST, _FROM_AFAR, _AWAY_A_WEEK = 0.01, 0.02, 0.05
_OWN_PLACE = 0.15  # how much less often staff of one place sit elsewhere, too
_HALF_DAYS = tuple(
    HalfDay(weekday=weekday, afternoon=afternoon)
    for weekday, afternoon in product(range(1, 6), (False, True))
)
_LEVELS = {  # people of one level sit in several committees of that level
    CommitteeType.STEERING: 4,
    CommitteeType.MANAGERS: 3,
    CommitteeType.LEADER: 2,
    CommitteeType.SSP_PLUS_LEADER: 2,
}
_LOCAL_PROFILES = {"LU.3", "LU.4", "KG.4"}  # staff of one school or centre
_HEAD = PersonId("head")


def organisation(kind: Kind, *, seed: int, year: int = 2027, size: Size = CITY) -> Problem:
    """Make a city like Copenhagen up; each seed gives another."""
    return _Making(kind, seed=seed, year=year, size=size).problem()


def national(*, seed: int = 1, year: int = 2027) -> Problem:
    """Make an organisation of 4,000 people in 310 committees up, led by one steering group."""
    return _Making(NATIONAL, seed=seed, year=year, size=NATION).problem()


class _Making:
    """One organisation in the making."""

    def __init__(self, kind: Kind, *, seed: int, year: int, size: Size) -> None:
        self._kind = kind
        self._seed = seed
        self._year = year
        self._size = size
        self._regions = len(size.areas)
        self._chance = random.Random(f"{kind.name} {seed}")  # noqa: S311 - the same every time
        self._numbers = count(1)
        self._institutions: list[Institution] = []
        self._places: dict[tuple[Authority | None, int, int], list[PersonId]] = defaultdict(list)
        self._committees_of: dict[PersonId, set[CommitteeCode]] = defaultdict(set)
        self._seated: Counter[tuple[Authority | None, int]] = Counter()

    def problem(self) -> Problem:
        committees = list(self._committees())
        self._institutions = self._make_institutions(committees)
        members = {each.code: self._members(each, region) for each, region in committees}
        deputies = self._deputies(committees, members)
        leaders = self._leaders([each for each, _ in committees])
        bodies = tuple(
            self._body(each, members[each.code], deputies[each.code], leaders[each.code])
            for each, _ in committees
        )
        people = [
            _HEAD,
            *(PersonId(f"f{number:03}") for number in range(self._kind.facilitators)),
            *(PersonId(f"p{number:04}") for number in range(1, next(self._numbers))),
        ]
        return Problem(
            year=self._year,
            bodies=bodies,
            attendees=tuple(self._attendee(who) for who in people),
            closed=closed_days(self._year),
            school_holidays=school_holidays(self._year),
            seed=self._seed,
        )

    def _committees(self) -> Iterable[tuple[Committee, int]]:
        """Name the committees of each region, and the two that lead all of them."""
        numbers: Counter[CommitteeType] = Counter()

        def made(type: CommitteeType, areas: Sequence[AreaCode] = ()) -> Committee:
            numbers[type] += 1
            code = CommitteeCode(f"{type}-{numbers[type]:02}")
            return Committee(code=code, type=type, name=code, areas=tuple(areas))

        yield made(CommitteeType.STEERING), 0
        yield made(CommitteeType.MANAGERS), 0
        for region, some in enumerate(self._size.areas):
            areas = [AreaCode(f"{region}-{number:02}") for number in range(some)]
            for number in range(self._size.leader_groups):
                yield made(CommitteeType.LEADER, areas[number :: self._size.leader_groups]), region
            yield made(CommitteeType.SSP_PLUS_LEADER), region
            for area in areas:
                yield made(CommitteeType.LOCAL, [area]), region
            groups = self._size.coordination_groups
            for number in range(groups):
                yield made(CommitteeType.COORDINATION, areas[number::groups]), region
            yield made(CommitteeType.SSP_PLUS_COORDINATION), region

    def _make_institutions(self, committees: Sequence[tuple[Committee, int]]) -> list[Institution]:
        areas = [each.areas[0] for each, _ in committees if each.type is CommitteeType.LOCAL]
        return [
            Institution(area=area, name=f"{kind} {area} {number}", kind=kind)
            for area in areas
            for kind, some in ((SCHOOL, (5, 5, 6)), (LEISURE_CENTRE, (4, 4)))
            for number in range(self._chance.choice(some))
        ]

    def _members(self, committee: Committee, region: int) -> list[SeatNeed]:
        """Fill the slots that domain.md §3 asks for; somebody sits in more than the least."""
        seats = []
        for required in required_slots(committee, self._institutions):
            more = self._chance.random() < _BEYOND_THE_LEAST
            people = tuple(
                self._seat(committee, required.slot.code, required.slot.authority, region)
                for _ in range(required.least + more)
            )
            seats.append(SeatNeed(slot=required.slot.code, least=required.least, members=people))
        return seats

    def _seat(
        self, committee: Committee, slot: str, authority: Authority | None, region: int
    ) -> PersonId:
        if authority is None:
            return _HEAD
        level = _LEVELS.get(committee.type, 1)
        near = (
            region if self._chance.random() > _FROM_AFAR else self._chance.randrange(self._regions)
        )
        known = [
            who
            for who in self._places[authority, level, near]
            if committee.code not in self._committees_of[who]
            and len(self._committees_of[who]) < _AT_MOST
        ]
        again = self._kind.again * (_OWN_PLACE if slot in _LOCAL_PROFILES else 1)
        if known and self._chance.random() < again:
            who = self._chance.choice(known)
        else:
            who = PersonId(f"p{next(self._numbers):04}")
            self._places[authority, level, region].append(who)
        self._committees_of[who].add(committee.code)
        self._seated[authority, region] += 1
        return who

    def _deputies(
        self,
        committees: Sequence[tuple[Committee, int]],
        members: Mapping[CommitteeCode, Sequence[SeatNeed]],
    ) -> dict[CommitteeCode, dict[str, tuple[PersonId, ...]]]:
        """Let everybody else of the 400 stand in for somebody of their own authority."""
        left = self._size.people - sum(map(len, self._places.values()))
        left -= self._kind.facilitators + 1
        weights = self._seated
        places = list(weights)
        pools: dict[tuple[Authority | None, int], list[PersonId]] = {key: [] for key in places}
        for _ in range(left):
            [place] = self._chance.choices(places, [weights[key] for key in places])
            pools[place].append(PersonId(f"p{next(self._numbers):04}"))
        found: dict[CommitteeCode, dict[str, tuple[PersonId, ...]]] = {}
        for committee, region in committees:
            taken: set[PersonId] = set()
            found[committee.code] = {}
            slots = {each.slot.code: each.slot for each in required_slots(committee, ())}
            for seat in members[committee.code]:
                pool = pools.get((slots[seat.slot].authority, region), [])
                free = [who for who in pool if who not in taken]
                some = min(len(free), len(seat.members), self._chance.choice((1, 1, 2)))
                found[committee.code][seat.slot] = tuple(self._chance.sample(free, some))
                taken.update(found[committee.code][seat.slot])
        return found

    def _leaders(self, committees: Sequence[Committee]) -> dict[CommitteeCode, PersonId]:
        """Share the committees out one by one; the head leads the two at the top."""
        officers = cycle(PersonId(f"f{number:03}") for number in range(self._kind.facilitators))
        at_the_top = {CommitteeType.STEERING, CommitteeType.MANAGERS}
        return {
            each.code: _HEAD if each.type in at_the_top else next(officers) for each in committees
        }

    def _body(
        self,
        committee: Committee,
        seats: Sequence[SeatNeed],
        deputies: Mapping[str, tuple[PersonId, ...]],
        leader: PersonId,
    ) -> Body:
        barred = set(self._chance.sample(_HALF_DAYS, self._chance.choice((0, 0, 0, 1))))
        wished = set(self._chance.sample(_HALF_DAYS, self._chance.choice((0, 0, 4, 6))))
        return Body(
            code=committee.code,
            type=committee.type,
            cadence=CADENCES[committee.type],
            policy=self._kind.policy,
            minutes=MINUTES[committee.type],
            seats=tuple(
                SeatNeed(
                    slot=seat.slot,
                    least=seat.least,
                    members=seat.members,
                    substitutes=deputies[seat.slot],
                )
                for seat in seats
            ),
            facilitators=(leader, self._stand_in(leader)),
            preferred=frozenset(wished - barred),
            barred=frozenset(barred),
            not_on=frozenset(self._days(self._chance.choice((0, 0, 0, 3)))),
        )

    def _stand_in(self, leader: PersonId) -> PersonId:
        some = self._kind.facilitators
        number = self._chance.randrange(some)
        if PersonId(f"f{number:03}") == leader:
            number = (number + 1) % some
        return PersonId(f"f{number:03}")

    def _attendee(self, who: PersonId) -> Attendee:
        share = self._kind.busy / len(_HALF_DAYS)
        busy = frozenset(half for half in _HALF_DAYS if self._chance.random() < share)
        weeks = self._days(self._chance.random() < _AWAY_A_WEEK)
        away = {day + timedelta(days=number) for day in weeks for number in range(7)}
        return Attendee(id=who, busy=busy, away=frozenset(away))

    def _days(self, some: int) -> list[date]:
        first = date(self._year, 1, 1)
        return [first + timedelta(days=self._chance.randrange(350)) for _ in range(some)]
