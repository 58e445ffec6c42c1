"""When what Entra says is done at once, and when a data steward looks first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.directory import CORRECTING, ENDING, Difference, GroupSight
from domain.people import Office, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Few:
    """How many differences of a kind are few: at most so many, and so large a part of everybody.

    One is few however small the register, unless nothing is.
    """

    most: int = 5
    part: float = 0.10

    def are(self, count: int, *, of: int) -> bool:
        return count <= self.most and (count <= 1 or count <= self.part * of)


FEW = Few()


def at_once(
    found: Sequence[Difference],
    *,
    people: Collection[Person],
    groups: Collection[GroupSight] = (),
    few: Few = FEW,
) -> list[Difference]:
    """Choose what is carried out without asking, of what is found for the first time.

    Endings and corrections are counted by themselves, so that a new mail domain for all does not
    let somebody in who has left. Never at once is what empties a committee's group, or takes the
    last data steward.
    """
    active = [each for each in people if each.active]
    emptied = {each.committee for each in groups if each.emptied}
    stewards = {each.id for each in active if Office.STEW in each.offices}
    chosen: list[Difference] = []
    for kinds in (ENDING, CORRECTING):
        own = [each for each in found if each.kind in kinds]
        if few.are(len({each.aad_id for each in own}), of=len(active)):
            chosen += own
    leave = {each.person for each in chosen if each.kind in ENDING}
    kept = stewards if stewards <= leave else set()
    return [
        each
        for each in chosen
        if each.kind in CORRECTING
        or (each.person not in kept and emptied.isdisjoint(each.committees))
    ]
