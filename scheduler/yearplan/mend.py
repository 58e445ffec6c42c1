"""A plan changed without OR-tools: those move that must, and the greedy finds them a place."""

from collections.abc import Mapping

from domain.people import CommitteeCode
from domain.year_plan import Rhythm
from scheduler.yearplan.again import Again, Key
from scheduler.yearplan.board import Option
from scheduler.yearplan.greedy import greedy_meetings
from scheduler.yearplan.moves import Fewest, NotFound


def mended(again: Again, *, rhythms: Mapping[CommitteeCode, Rhythm]) -> Fewest | NotFound:
    """Move what must move, and of those that clash with each other so many that none does.

    It is proven where every move was forced: by itself, or by a clash that shares no meeting
    with another one. A place that the greedy does not find may be there all the same.
    """
    moving, least = _moving(again)
    meetings = greedy_meetings(again.freed(moving), rhythms=rhythms)
    if isinstance(meetings, frozenset):
        return NotFound.TIME
    there = set(meetings)
    places: dict[Key, Option] = {
        each.key: next(option for option in each.options if each.at(option) in there)
        for each in again.board.sittings
    }
    worse = sum(again.worse.get(each, 0) for each in places.items())
    moved = len(again.moved(places))
    return Fewest(
        places=places,
        worse=worse,
        moved=moved,
        proven=(worse, moved) == (again.least_worse_of_all(), least),
    )


def _moving(again: Again) -> tuple[frozenset[Key], int]:
    """Choose who moves, and say how many at the least have to."""
    must = again.must_move()
    moving, clashing, least = set(must), set[Key](), len(must)
    for clash in again.clashes(must):
        keys = [(each.committee, each.number) for each in clash.meetings]
        left = [key for key in keys if key not in moving]
        too_many = clash.too_many - (len(keys) - len(left))
        moving.update(left[len(left) - max(0, too_many) :])
        if clashing.isdisjoint(keys):
            least += clash.too_many
        clashing.update(keys)
    return frozenset(moving), least
